import type { KindName, RecordOf } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type { StoreReading } from './reading.ts';

/** A picture as it is copied; `keptAt`: when it was kept first (ISO 8601, UTC). */
export interface PictureEntry {
  kind: 'pictures';
  tenantId: string;
  name: string;
  keptAt: string;
  bytes: Uint8Array;
}

/** One thing that a store holds. */
export type Entry = { [K in KindName]: { kind: K; record: RecordOf<K> } }[KindName] | PictureEntry;

/** What there is of things, in words of the store. */
export const ENTRY_KINDS: readonly Entry['kind'][] = [...(Object.keys(KINDS) as KindName[]), 'pictures'];

/** Is told what is wrong with something that is stored; answers whether it goes along all the same. What cannot be read never does. */
export type OnProblem = (problem: { at: string; reason: string; isReadable: boolean }) => boolean;

/** People after everything that names them: whoever is made meanwhile, and named, is found there. */
export const READ_ORDER: readonly KindName[] = [...(Object.keys(KINDS) as KindName[]).filter((kind) => kind !== 'people'), 'people'];

/**
 * Everything that a store holds. What this gives while the bot writes is consistent: a record is the unit in which the bot saves, so
 * each one is whole and was true; nothing else ties two records together but that one names the people of another, and
 * people are made before they are named, never removed, and read last; a ticket's pictures are kept before it names
 * them, and read after it.
 */
export async function* entriesOf(reading: StoreReading, onProblem: OnProblem): AsyncGenerator<Entry> {
  for (const kind of READ_ORDER) {
    for await (const { at, record, problems } of reading.of(kind)) {
      const goes = problems.map((reason) => onProblem({ at, reason, isReadable: record !== undefined }));
      if (record !== undefined && !goes.includes(false)) yield { kind, record } as Entry;
    }
  }
  for await (const { at, tenantId, name, keptAt, bytes, isWhole, problems } of reading.pictures()) {
    const goes = problems.map((reason) => onProblem({ at, reason, isReadable: isWhole }));
    if (isWhole && !goes.includes(false)) yield { kind: 'pictures', tenantId, name, keptAt, bytes };
  }
  for await (const { at, reason, isLoss } of reading.strays()) if (isLoss) onProblem({ at, reason, isReadable: false });
}

/** Whose an entry is, and its key among the tenant's of that kind. */
export function placeOf(entry: Entry): { tenantId: string; key: string } {
  if (entry.kind === 'pictures') return { tenantId: entry.tenantId, key: entry.name };
  const kind = KINDS[entry.kind];
  return { tenantId: kind.tenantOf(entry.record as never), key: kind.keyOf(entry.record as never) };
}
