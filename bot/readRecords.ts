import type { KindName, RecordOf } from '../data/store/kinds.ts';
import type { StoreSettings } from './openStore.ts';
import { storeOf } from './stores.ts';

/** Records as they stand, of every tenant. */
export interface RecordReader {
  of<K extends KindName>(kind: K): Promise<RecordOf<K>[]>;
}

/** Reads while the bot may run, and changes nothing. `damaged` hears what cannot be read and is left out. Throws as `StoreAccess.read` does. */
export async function readRecords<T>(settings: StoreSettings, damaged: (what: string) => void, work: (reader: RecordReader) => Promise<T>): Promise<T> {
  const reading = await storeOf(settings).read();
  try {
    return await work({
      of: async <K extends KindName>(kind: K) => {
        const found: RecordOf<K>[] = [];
        for await (const { at, record } of reading.of(kind)) {
          if (record) found.push(record);
          else damaged(at);
        }
        return found;
      },
    });
  } finally {
    await reading.close();
  }
}
