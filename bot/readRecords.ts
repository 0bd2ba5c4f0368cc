import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '../data/store/json/collection.ts';
import type { KindName, RecordOf } from '../data/store/kinds.ts';
import { KINDS } from '../data/store/kinds.ts';
import type { StoreSettings } from './openStore.ts';
import { openStore } from './openStore.ts';

/** Thrown when a command is to read a store that was never made: a mistyped DATA_DIR, more often than not. */
export class NoSuchStore extends Error {
  override name = 'NoSuchStore';
}

/** Records as they stand, of every tenant. */
export interface RecordReader {
  of<K extends KindName>(kind: K): Promise<RecordOf<K>[]>;
}

/** Reads while the bot may run, and changes nothing. `damaged` hears what cannot be read and is left out. Throws `NoSuchStore`, and as `openStore` does. */
export async function readRecords<T>(settings: StoreSettings, damaged: (what: string) => void, work: (reader: RecordReader) => Promise<T>): Promise<T> {
  const { dataDir, database } = mustExist(settings);
  if (!database) return work({ of: (kind) => readFolder(join(dataDir, kind), KINDS[kind].schema, damaged) });
  const store = await openStore(settings, { onDamage: ({ what }) => damaged(what), onFault: () => undefined });
  try {
    return await work({
      of: async <K extends KindName>(kind: K) => {
        const found: RecordOf<K>[] = [];
        for (const tenantId of await store.records.tenants()) for await (const record of store.records.of(kind, tenantId)) found.push(record);
        return found;
      },
    });
  } finally {
    await store.close();
  }
}

/** The settings of a store that is there. Throws `NoSuchStore`; of a database its opening says so. */
export function mustExist(settings: StoreSettings): StoreSettings {
  if (!settings.database && !existsSync(settings.dataDir)) throw new NoSuchStore(`${settings.dataDir} does not exist. Set DATA_DIR to the bot's folder.`);
  return settings;
}
