import { entriesOf } from '../../data/store/entries.ts';
import { nameOf } from '../../data/store/inventory.ts';
import type { OpenStore } from './wholeStoreContract.ts';

/** All that a store holds, by its names; pictures without what is on them. */
export async function everythingIn(opened: OpenStore): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  const reading = await opened.read();
  for await (const entry of entriesOf(reading, () => false)) all.set(nameOf(entry), entry.kind === 'pictures' ? '' : JSON.stringify(entry.record));
  await reading.close();
  return all;
}
