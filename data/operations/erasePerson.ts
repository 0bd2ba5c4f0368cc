import type { Saved } from '../ports.ts';
import { eraserOf } from '../privacy/erased.ts';
import type { Erase } from '../privacy/erased.ts';
import { picturesIn } from '../privacy/pictures.ts';
import type { TenantRecords, Traces } from '../privacy/traces.ts';
import { READ_ORDER } from '../store/entries.ts';
import type { KindName, RecordOf } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';

/** How many records an erasure changes and removes, by kind, and how many pictures it removes. */
export interface Erasure {
  changed: Partial<Record<KindName, number>>;
  removed: Partial<Record<KindName, number>>;
  pictures: number;
}

/** Chats first: they are found by what tickets and cards tell. The person last: while that record is there, what is left of the others is found by it. */
const ORDER: readonly KindName[] = ['chats', ...READ_ORDER.filter((kind) => kind !== 'chats')];
const PASSES = 20;

/** What an erasure would do; nothing is done. */
export async function planErasure(records: TenantRecords, traces: Traces, at: string): Promise<Erasure> {
  const plan: Erasure = { changed: {}, removed: {}, pictures: 0 };
  const erase = eraserOf(traces, at);
  for (const kind of ORDER) {
    for await (const record of records.of(kind)) {
      const next = erase(kind, record);
      if (next === record) continue;
      count(next === undefined ? plan.removed : plan.changed, kind);
      plan.pictures += ownPictures(kind, record, traces).length;
    }
  }
  return plan;
}

/**
 * Takes somebody out of everything that a tenant's records hold, or puts the pseudonym there. It can be cut
 * off anywhere and done again. Each record is saved with its version, so the bot may run where the store lets it: what
 * somebody else saved in between, and what is said meanwhile, is found by another pass. It ends when a pass finds nothing.
 */
export async function erasePerson(store: Store, traces: Traces, at: string): Promise<Erasure> {
  const done: Erasure = { changed: {}, removed: {}, pictures: 0 };
  const erase = eraserOf(traces, at);
  for (let pass = 0; pass < PASSES; pass += 1) {
    let found = 0;
    for (const kind of ORDER) found += await eraseKind(store, kind, traces, erase, done);
    if (found === 0) return done;
  }
  throw new Error(`what is erased came back ${PASSES} times`);
}

async function eraseKind(store: Store, kind: KindName, traces: Traces, erase: Erase, done: Erasure): Promise<number> {
  let found = 0;
  const records: RecordOf<KindName>[] = [];
  for await (const record of store.records.of(kind, traces.tenantId)) {
    // The person's own record after those of everybody else.
    if (isPerson(record, traces)) records.push(record);
    else found += await settle(store, kind, record, traces, erase, done);
  }
  for (const record of records) found += await settle(store, kind, record, traces, erase, done);
  return found;
}

function isPerson(record: RecordOf<KindName>, { person }: Traces): boolean {
  return 'id' in record && record.id === person?.id;
}

async function settle(store: Store, kind: KindName, record: RecordOf<KindName>, traces: Traces, erase: Erase, done: Erasure): Promise<number> {
  // Before the ticket that names them: after it nobody knows of them any more.
  for (const name of ownPictures(kind, record, traces)) {
    await store.pictures.remove(traces.tenantId, name);
    done.pictures += 1;
  }
  const outcome = await eraseOne(store, kind, record, erase);
  if (outcome === 'changed' || outcome === 'removed') count(done[outcome], kind);
  return outcome === 'same' ? 0 : 1;
}

async function eraseOne<K extends KindName>(store: Store, kind: K, record: RecordOf<K>, erase: Erase): Promise<'same' | 'changed' | 'removed' | 'stale'> {
  const next: RecordOf<K> | undefined = erase(kind, record);
  if (next === record) return 'same';
  if (next !== undefined) return (await SAVES[kind](store, next)) === 'saved' ? 'changed' : 'stale';
  await store.records.remove(kind, record);
  return 'removed';
}

const SAVES: { [K in KindName]: (store: Store, record: RecordOf<K>) => Promise<Saved> } = {
  people: ({ people }, record) => people.save(record),
  contracts: ({ contracts }, record) => contracts.save(record),
  tickets: ({ tickets }, record) => tickets.save(record),
  helpDesks: ({ helpDesks }, record) => helpDesks.save(record),
  chats: ({ chats }, record) => chats.save(record),
  ratings: ({ ratings }, record) => ratings.save(record),
  gaps: ({ gaps }, record) => gaps.save(record),
};

function ownPictures(kind: KindName, record: RecordOf<KindName>, { person }: Traces): string[] {
  if (kind !== 'tickets') return [];
  const ticket = record as RecordOf<'tickets'>;
  return ticket.personId === person?.id ? picturesIn(ticket) : [];
}

function count(counts: Partial<Record<KindName, number>>, kind: KindName): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}
