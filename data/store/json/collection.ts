import { mkdir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Low } from 'lowdb';
import type { z } from 'zod';
import type { Saved } from '../../ports.ts';
import { freeze } from '../freeze.ts';
import type { KindName, Versioned } from '../kinds.ts';
import { Queues } from '../queues.ts';
import type { Flushed } from './checkpoints.ts';
import { DurableFile, syncFolder } from './durableFile.ts';
import { isMissing } from './errors.ts';
import type { Journal } from './journal.ts';
import type { Entry } from './journalLine.ts';
import { formerKey, recordFile } from './recordFile.ts';
import type { OnDamage } from './recordsIn.ts';
import { recordsIn } from './recordsIn.ts';

/** So many files are written at once. */
const AT_ONCE = 8;

/**
 * A folder with one file per record. All records are held in memory (one process owns the folder, see lock.ts), frozen.
 * What is saved is in the journal before memory changes, and in its own file after the next checkpoint.
 */
export class Collection<T extends Versioned> implements Flushed {
  private readonly records = new Map<string, T>();
  private readonly dirty = new Set<string>();
  private readonly queues = new Queues();
  private readonly folder: string;
  private readonly kind: KindName;
  private readonly schema: z.ZodType<T, z.ZodTypeDef, unknown>;
  private readonly keyOf: (record: T) => string;
  private readonly journal: Journal;

  private constructor(folder: string, schema: z.ZodType<T, z.ZodTypeDef, unknown>, keyOf: (record: T) => string, journal: Journal) {
    this.folder = folder;
    this.kind = basename(folder) as KindName;
    this.schema = schema;
    this.keyOf = keyOf;
    this.journal = journal;
  }

  /**
   * Reads a folder, and what the journal has of it that is not in its files yet; a damaged file is set aside under another
   * name, reported, and the others go on. `journal`: where saves go.
   */
  static async open<T extends Versioned>(
    folder: string,
    schema: z.ZodType<T, z.ZodTypeDef, unknown>,
    keyOf: (record: T) => string,
    onDamage: OnDamage,
    { entries, journal }: { entries: readonly Entry[]; journal: Journal },
  ): Promise<Collection<T>> {
    const collection = new Collection<T>(folder, schema, keyOf, journal);
    await mkdir(folder, { recursive: true });
    for await (const record of recordsIn({ folder, kind: collection.kind, schema, keyOf }, onDamage)) collection.records.set(keyOf(record), freeze(record));
    for (const entry of entries) if (entry.kind === collection.kind) collection.replay(entry);
    return collection;
  }

  get isDirty(): boolean {
    return this.dirty.size > 0;
  }

  get(key: string): T | undefined {
    return this.records.get(key);
  }

  all(): T[] {
    return [...this.records.values()];
  }

  /** See `Saved`. One save of a key at a time. */
  save(record: T): Promise<Saved> {
    const key = this.keyOf(record);
    return this.queues.run(key, async () => {
      if ((this.get(key)?.version ?? 0) !== record.version) return 'stale';
      await this.write(key, { ...record, version: record.version + 1 });
      return 'saved';
    });
  }

  /** Puts a record in the place of whatever is there, with the version it has. */
  put(record: T): Promise<void> {
    const key = this.keyOf(record);
    return this.queues.run(key, () => this.write(key, record));
  }

  /** Takes a record off the disk; one that is not there is none to take. */
  remove(key: string): Promise<void> {
    return this.queues.run(key, async () => {
      if (this.records.has(key)) await this.journal.append({ kind: this.kind, key }, 'null', () => this.apply(key, undefined));
    });
  }

  /** Brings what was saved into its own files. What fails is tried again with the next. */
  async flush(): Promise<void> {
    const keys = [...this.dirty];
    if (keys.length === 0) return;
    for (let from = 0; from < keys.length; from += AT_ONCE) await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => this.flushOne(key)));
    await syncFolder(this.folder);
  }

  /** Runs `work` after everything else asked for under this key. */
  inTurn<R>(key: string, work: () => Promise<R>): Promise<R> {
    return this.queues.run(key, work);
  }

  private async write(key: string, record: T): Promise<void> {
    // What could not be read back must not be written: the next start would take it for damage.
    const json = JSON.stringify(this.schema.parse(record));
    const next = freeze(JSON.parse(json) as T, record);
    await this.journal.append({ kind: this.kind, key }, json, () => this.apply(key, next));
  }

  private apply(key: string, record: T | undefined): void {
    if (record) this.records.set(key, record);
    else this.records.delete(key);
    this.dirty.add(key);
  }

  /** The journal's own checksums vouch for an entry. */
  private replay({ key, record }: Entry): void {
    if (record === null) return this.apply(this.records.has(key) ? key : this.keyOfBefore(key), undefined);
    const read = this.schema.safeParse(record);
    if (read.success) this.apply(this.keyOf(read.data), freeze(read.data));
  }

  /** An earlier version may have removed a record under its former key. */
  private keyOfBefore(key: string): string {
    return [...this.records].find(([, record]) => formerKey(this.kind, record as never) === key)?.[0] ?? key;
  }

  private async flushOne(key: string): Promise<void> {
    this.dirty.delete(key);
    const path = join(this.folder, recordFile(this.kind, key));
    const record = this.records.get(key);
    try {
      if (record) await new Low<T | null>(new DurableFile<T | null>(path), record).write();
      else await unlink(path).catch(orMissing);
    } catch (error) {
      this.dirty.add(key);
      throw error;
    }
  }
}

/** The journal's folder, beside those of the records. */
export const JOURNAL = 'journal';

function orMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
