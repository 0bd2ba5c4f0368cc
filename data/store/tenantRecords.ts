import { cleanerFor } from '../privacy/clean.ts';
import { mailOf, pseudonymOf } from '../privacy/pseudonym.ts';
import type { TenantRecords } from '../privacy/traces.ts';
import type { KindName, RecordOf } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type { StoreReading } from './reading.ts';

/** The records of one tenant, read; what cannot be read is left out. */
export function recordsOfTenant(reading: StoreReading, tenantId: string): TenantRecords {
  return {
    tenantId,
    of: async function* <K extends KindName>(kind: K): AsyncGenerator<RecordOf<K>> {
      for await (const { record } of reading.of(kind)) if (record && KINDS[kind].tenantOf(record) === tenantId) yield record;
    },
  };
}

/** The tenants in whose records a mail stands anywhere; `unreadable` hears of each record in which nobody can tell. */
export async function tenantsNaming(reading: StoreReading, mail: string, unreadable: (at: string) => void): Promise<string[]> {
  const pseudonym = pseudonymOf(undefined);
  const cleaner = cleanerFor({ tenantId: '', person: undefined, mails: [mail], names: [], ids: [], conversations: [], tickets: [], pseudonym, pseudonymMail: mailOf(pseudonym) });
  const found = new Set<string>();
  for (const kind of Object.keys(KINDS) as KindName[]) {
    for await (const { at, record } of reading.of(kind)) {
      if (!record) unreadable(at);
      else if (cleaner.record(record) !== record) found.add(KINDS[kind].tenantOf(record as never));
    }
  }
  return [...found].toSorted();
}
