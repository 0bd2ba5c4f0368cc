import { mkdir, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import type { z } from 'zod';
import type { Saved } from '../../ports.ts';
import { whereWrong } from '../examine.ts';
import type { Versioned } from '../kinds.ts';
import { Queues } from '../queues.ts';
import { DurableFile, syncFolder } from './durableFile.ts';
import { fileName } from './fileName.ts';

/** Thrown when a file is there but cannot be read, which says nothing about its content. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

/** Tells about a file whose content is none; `setAside` is where it is kept now. */
export type OnDamage = (damage: { file: string; setAside: string; reason: string }) => void;

/**
 * A folder with one file per record. All records are held in memory (one process owns the folder, see lock.ts), frozen,
 * and written through: memory changes only after the disk has.
 */
export class Collection<T extends Versioned> {
  private readonly files = new Map<string, Low<T | null>>();
  private readonly queues = new Queues();
  private readonly folder: string;
  private readonly schema: z.ZodType<T, z.ZodTypeDef, unknown>;
  private readonly keyOf: (record: T) => string;

  private constructor(folder: string, schema: z.ZodType<T, z.ZodTypeDef, unknown>, keyOf: (record: T) => string) {
    this.folder = folder;
    this.schema = schema;
    this.keyOf = keyOf;
  }

  /** Reads a folder; a damaged file is set aside under another name, reported, and the others go on. */
  static async open<T extends Versioned>(
    folder: string,
    schema: z.ZodType<T, z.ZodTypeDef, unknown>,
    keyOf: (record: T) => string,
    onDamage: OnDamage,
  ): Promise<Collection<T>> {
    const collection = new Collection<T>(folder, schema, keyOf);
    await mkdir(folder, { recursive: true });
    for (const file of await readdir(folder)) {
      if (file.endsWith('.json')) await collection.load(file, onDamage);
      // What a killed write left behind: never renamed, so never confirmed to anybody.
      else if (/\.json\.\d+$/.test(file)) await unlink(join(folder, file));
    }
    return collection;
  }

  get(key: string): T | undefined {
    return this.files.get(key)?.data ?? undefined;
  }

  all(): T[] {
    return [...this.files.values()].map((file) => file.data).filter((data) => data !== null);
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
      if (!this.files.has(key)) return;
      await unlink(join(this.folder, fileName(key)));
      await syncFolder(this.folder);
      this.files.delete(key);
    });
  }

  /** Runs `work` after everything else asked for under this key. */
  inTurn<R>(key: string, work: () => Promise<R>): Promise<R> {
    return this.queues.run(key, work);
  }

  private async write(key: string, record: T): Promise<void> {
    // What could not be read back must not be written: the next start would take it for damage.
    const next = freeze(this.schema.parse(structuredClone(record)));
    const file = new Low<T | null>(new DurableFile<T | null>(join(this.folder, fileName(key))), next);
    await file.write();
    this.files.set(key, file);
  }

  private async load(name: string, onDamage: OnDamage): Promise<void> {
    const path = join(this.folder, name);
    const file = new Low<T | null>(new DurableFile<T | null>(path), null);
    try {
      await file.read();
    } catch (error) {
      // A file that cannot be read (no right, a failing disk) is not damaged: setting it aside would lose it.
      if (!isNamed(error, 'SyntaxError')) throw new UnreadableFile(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Nothing was changed; give the bot the right to read it, or repair the disk.`, { cause: error });
      return this.setAside(path, 'it is not JSON', onDamage);
    }
    try {
      const record = this.schema.parse(file.data);
      if (fileName(this.keyOf(record)) !== name) throw new Error('its content belongs under another file name');
      file.data = freeze(record);
      this.files.set(this.keyOf(record), file);
    } catch (error) {
      await this.setAside(path, reasonOf(error), onDamage);
    }
  }

  private async setAside(path: string, reason: string, onDamage: OnDamage): Promise<void> {
    const setAside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
    await rename(path, setAside);
    await syncFolder(this.folder);
    onDamage({ file: path, setAside, reason });
  }
}

/**
 * The records of a folder that another process may own: nothing is set aside and nothing cleared up. A folder that is not
 * there holds none; a file that cannot be read is reported and left out.
 */
export async function readFolder<T>(folder: string, schema: z.ZodType<T, z.ZodTypeDef, unknown>, onDamage: (file: string) => void): Promise<T[]> {
  const names = await readdir(folder).catch(() => []);
  const records: T[] = [];
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const path = join(folder, name);
    try {
      records.push(schema.parse(JSON.parse(await readFile(path, 'utf8'))));
    } catch (error) {
      // Removed since it was listed.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onDamage(path);
    }
  }
  return records;
}

/** Says where it is wrong, never what stands there: the file holds personal data, and this goes to a log. */
function reasonOf(error: unknown): string {
  if (isNamed(error, 'ZodError')) return whereWrong(error as z.ZodError);
  return error instanceof Error ? error.message : 'unreadable';
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
