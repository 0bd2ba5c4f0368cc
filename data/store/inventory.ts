import { digestOf, digestOfBytes } from './digest.ts';
import type { Entry } from './entries.ts';
import { placeOf } from './entries.ts';

/** What a store holds, by name: the digest of each thing, and the last hash of each history. */
export interface Inventory {
  /** By the name of the thing, for example `contracts 12345678 of tenant …`. */
  digests: Map<string, string>;
  heads: Map<string, string>;
  /** How many, by `<kind> of tenant <tenant>`. */
  counts: Map<string, number>;
}

/** Goes through a store's things and notes what it holds. */
export async function takeInventory(entries: AsyncIterable<Entry>): Promise<Inventory> {
  const inventory: Inventory = { digests: new Map(), heads: new Map(), counts: new Map() };
  for await (const entry of entries) {
    const name = nameOf(entry);
    const count = `${entry.kind} of tenant ${placeOf(entry).tenantId}`;
    inventory.digests.set(name, entryDigest(entry));
    inventory.counts.set(count, (inventory.counts.get(count) ?? 0) + 1);
    if (entry.kind === 'contracts') inventory.heads.set(name, entry.record.events.at(-1)?.hash ?? '');
  }
  return inventory;
}

/** What a thing is called in sentences and among all things. */
export function nameOf(entry: Entry): string {
  const { tenantId, key } = placeOf(entry);
  return `${entry.kind} ${key} of tenant ${tenantId}`;
}

export function entryDigest(entry: Entry): string {
  return entry.kind === 'pictures' ? digestOfBytes(entry.bytes) : digestOf(entry.record);
}

/** How many things of a kind there are, in all tenants. */
export function countOf({ counts }: Inventory, kind: Entry['kind']): number {
  return [...counts].reduce((sum, [name, count]) => (name.startsWith(`${kind} `) ? sum + count : sum), 0);
}

/** The names of what stands in only one of two inventories, or in both otherwise. */
export function differences(a: Inventory, b: Inventory): string[] {
  const parts = (['digests', 'heads', 'counts'] as const).flatMap((part) => [...new Set([...a[part].keys(), ...b[part].keys()])].filter((name) => a[part].get(name) !== b[part].get(name)));
  return [...new Set(parts)];
}
