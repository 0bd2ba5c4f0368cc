import type { KindName, RecordOf } from './kinds.ts';

/** One record as it is stored. */
export interface Found<K extends KindName = KindName> {
  /** Its file, or its table and key. */
  at: string;
  /** Undefined: none can be read. */
  record: RecordOf<K> | undefined;
  /** What is wrong with it; never what stands there, which is personal data. */
  problems: string[];
}

/** One picture as it is stored. */
export interface FoundPicture {
  at: string;
  tenantId: string;
  name: string;
  /** When it was kept (ISO 8601, UTC). */
  keptAt: string;
  bytes: Uint8Array;
  /** They are the bytes that were kept, under this name. */
  isWhole: boolean;
  problems: string[];
}

/** Something in the place of a record or a picture that is none. */
export interface Stray {
  at: string;
  reason: string;
  /** It was one, or held some: the store is not whole. */
  isLoss: boolean;
}

/**
 * A store as it stands, read without owning it: the bot may run meanwhile, and nothing is changed. Each record and each picture
 * is whole, and is one that was saved. Whoever reads people after what names them, and pictures after everything, misses
 * nobody and nothing that was named; a store that can show one instant of itself does so for as long as it is read.
 */
export interface StoreReading {
  /** Each record of a kind once, damaged ones too; of all tenants, in no order. */
  of<K extends KindName>(kind: K): AsyncIterable<Found<K>>;
  pictures(): AsyncIterable<FoundPicture>;
  strays(): AsyncIterable<Stray>;
  close(): Promise<void>;
}
