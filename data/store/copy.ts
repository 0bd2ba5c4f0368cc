import type { Entry, OnProblem } from './entries.ts';
import { ENTRY_KINDS, entriesOf } from './entries.ts';
import type { Inventory } from './inventory.ts';
import { countOf, differences, entryDigest, nameOf, takeInventory } from './inventory.ts';
import type { StoreReading } from './reading.ts';
import type { Store } from './store.ts';

/** Thrown with the sentence why nothing was copied, or that the copy does not agree. */
export class CopyRefused extends Error {
  override name = 'CopyRefused';
}

/** Where things come from: a store, a backup. It must not change meanwhile. */
export interface CopySource {
  name: string;
  entries(): AsyncIterable<Entry>;
  /** What there is, from an earlier pass: whoever has it has read all of the source. */
  inventory: Inventory;
}

/** Where they go: owned, and read afresh each time. */
export interface CopyTarget {
  name: string;
  store: Pick<Store, 'records' | 'pictures'>;
  read: () => Promise<StoreReading>;
}

export interface CopyOptions {
  /** What the target holds otherwise is replaced, and what only the target holds is removed. */
  over: boolean;
  /** How many of a kind were gone through. */
  progress: (kind: Entry['kind'], done: number, of: number) => void;
}

/**
 * Makes the target hold what the source holds, record by record with its version. What is there already and equal is passed over, so
 * that a copy that was cut off goes on when it is begun again; the target needs no mark for it. Anything else in the target
 * is refused, before anything is written, unless `over` says otherwise. Returns how many were written. Throws `CopyRefused`.
 */
export async function copyStore(source: CopySource, target: CopyTarget, { over, progress }: CopyOptions): Promise<number> {
  const wanted = source.inventory;
  const there = await inventoryOf(target);
  const others = [...there.digests].filter(([name, digest]) => wanted.digests.get(name) !== digest).map(([name]) => name);
  if (others.length > 0 && !over) {
    throw new CopyRefused(`${target.name} holds ${others.length} that ${source.name} has otherwise or not at all, the first is ${others[0]}. Nothing was written. Take an empty store, or say --over to replace them.`);
  }
  if (over) await removeOthers(target, wanted);
  return write(source, target, there, progress);
}

/**
 * Proves a copy by reading the target, once it is closed: the count of each kind and tenant, the last hash of each history, the digest
 * of each thing, and that nothing damaged stands among them. Throws `CopyRefused`.
 */
export async function proveCopy(source: Pick<CopySource, 'name' | 'inventory'>, target: Pick<CopyTarget, 'name' | 'read'>): Promise<void> {
  const damaged: string[] = [];
  const wrong = differences(source.inventory, await inventoryOf(target, ({ at, reason }) => damaged.push(`${at}: ${reason}`) === 0));
  if (damaged.length > 0) throw new CopyRefused(`${target.name} holds ${damaged.length} damaged besides what was copied, the first is ${damaged[0]}. Remove or repair them, and begin again.`);
  if (wrong.length > 0) throw new CopyRefused(`${target.name} does not hold what ${source.name} holds: ${wrong.length} differ, the first is ${wrong[0]}. Begin again.`);
}

async function write(source: CopySource, { store }: CopyTarget, there: Inventory, progress: CopyOptions['progress']): Promise<number> {
  const done = new Map<Entry['kind'], number>();
  const of = new Map(ENTRY_KINDS.map((kind) => [kind, countOf(source.inventory, kind)]));
  let written = 0;
  for await (const entry of source.entries()) {
    if (there.digests.get(nameOf(entry)) !== entryDigest(entry)) {
      await put(store, entry);
      written += 1;
    }
    done.set(entry.kind, (done.get(entry.kind) ?? 0) + 1);
    progress(entry.kind, done.get(entry.kind) ?? 0, of.get(entry.kind) ?? 0);
  }
  return written;
}

function put({ records, pictures }: CopyTarget['store'], entry: Entry): Promise<void> {
  return entry.kind === 'pictures' ? pictures.keep(entry.tenantId, entry.name, entry.bytes, entry.keptAt) : records.put(entry.kind, entry.record);
}

/** What is replaced goes too: of two people who have each other's mail in the target, neither could be written while the other is there. */
async function removeOthers(target: CopyTarget, wanted: Inventory): Promise<void> {
  for await (const entry of targetEntries(target)) {
    if (wanted.digests.get(nameOf(entry)) === entryDigest(entry)) continue;
    if (entry.kind === 'pictures') await target.store.pictures.remove(entry.tenantId, entry.name);
    else await target.store.records.remove(entry.kind, entry.record);
  }
}

function inventoryOf(target: Pick<CopyTarget, 'read'>, onProblem?: OnProblem): Promise<Inventory> {
  return takeInventory(targetEntries(target, onProblem));
}

/** What is damaged there is written anew; what the store itself has set aside is in nobody's way. */
async function* targetEntries(target: Pick<CopyTarget, 'read'>, onProblem: OnProblem = () => false): AsyncGenerator<Entry> {
  const reading = await target.read();
  try {
    yield* entriesOf({ ...reading, strays: async function* () {} }, onProblem);
  } finally {
    await reading.close();
  }
}
