import type { KindName, RecordOf } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import type { Records } from '../store.ts';
import type { Collection } from './collection.ts';
import { fileKey } from './fileKey.ts';

/** The collections of a folder, by kind. */
export type Collections = { [K in KindName]: Collection<RecordOf<K>> };

/** Every record of the embedded store. */
export class JsonRecords implements Records {
  private readonly collections: Collections;

  constructor(collections: Collections) {
    this.collections = collections;
  }

  async tenants(): Promise<string[]> {
    const found = new Set<string>();
    for (const kind of Object.keys(KINDS) as KindName[]) for (const record of this.collection(kind).all()) found.add(tenantOf(kind, record));
    return [...found].toSorted();
  }

  async *of<K extends KindName>(kind: K, tenantId: string): AsyncIterable<RecordOf<K>> {
    const records = this.collection(kind).all().filter((record) => tenantOf(kind, record) === tenantId);
    yield* records.toSorted((a, b) => (fileKey(kind, a as never) < fileKey(kind, b as never) ? -1 : 1));
  }

  put<K extends KindName>(kind: K, record: RecordOf<K>): Promise<void> {
    return this.collection(kind).put(record);
  }

  remove<K extends KindName>(kind: K, record: RecordOf<K>): Promise<void> {
    return this.collection(kind).remove(fileKey(kind, record as never));
  }

  private collection<K extends KindName>(kind: K): Collection<RecordOf<K>> {
    return this.collections[kind];
  }
}

function tenantOf<K extends KindName>(kind: K, record: RecordOf<K>): string {
  return KINDS[kind].tenantOf(record);
}
