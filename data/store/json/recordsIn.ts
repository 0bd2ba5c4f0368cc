import { existsSync } from 'node:fs';
import { readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import type { z } from 'zod';
import { whereWrong } from '../examine.ts';
import type { KindName, Versioned } from '../kinds.ts';
import { DurableFile, syncFolder } from './durableFile.ts';
import { fitForLog, isFormerFile, recordFile, TWICE } from './recordFile.ts';

/** Thrown when a file is there but cannot be read, which says nothing about its content. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

/** Tells about a file whose content is none; `setAside` is where it is kept now. */
export type OnDamage = (damage: { file: string; setAside: string; reason: string }) => void;

/** A folder with one file per record. */
export interface Folder<T extends Versioned> {
  folder: string;
  kind: KindName;
  schema: z.ZodType<T, z.ZodTypeDef, unknown>;
  /** See `fileKey`. */
  keyOf: (record: T) => string;
}

/**
 * The records in a folder that nobody else has open. A damaged file is set aside under another name, reported, and the others
 * go on; one of an earlier version gets its name of today. Throws `UnreadableFile`.
 */
export async function* recordsIn<T extends Versioned>(of: Folder<T>, onDamage: OnDamage): AsyncGenerator<T> {
  for (const file of await readdir(of.folder)) {
    // What a killed write left behind: never renamed, and still in the journal.
    if (/\.json\.\d+$/.test(file)) await unlink(join(of.folder, file));
    if (!file.endsWith('.json')) continue;
    const record = await load(of, file, onDamage);
    if (record) yield record;
  }
}

async function load<T extends Versioned>(of: Folder<T>, found: string, onDamage: OnDamage): Promise<T | undefined> {
  const { folder, kind, schema, keyOf } = of;
  const name = fitForLog(kind, found);
  if (!(await move(folder, found, name))) return setAside(of, found, TWICE, onDamage);
  const path = join(folder, name);
  const file = new Low<T | null>(new DurableFile<T | null>(path), null);
  try {
    await file.read();
  } catch (error) {
    // A file that cannot be read (no right, a failing disk) is not damaged: setting it aside would lose it.
    if (!isNamed(error, 'SyntaxError')) throw new UnreadableFile(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Nothing was changed; give the bot the right to read it, or repair the disk.`, { cause: error });
    return setAside(of, name, 'it is not JSON', onDamage);
  }
  try {
    const record = schema.parse(file.data);
    const own = recordFile(kind, keyOf(record));
    if (own !== name && !isFormerFile(kind, record as never, name)) throw new Error('its content belongs under another file name');
    if (!(await move(folder, name, own))) throw new Error(TWICE);
    return record;
  } catch (error) {
    return setAside(of, name, reasonOf(error), onDamage);
  }
}

/** Gives a file of an earlier version its name of today; false: another one has that. */
async function move(folder: string, from: string, to: string): Promise<boolean> {
  if (from === to) return true;
  if (existsSync(join(folder, to))) return false;
  await rename(join(folder, from), join(folder, to));
  return true;
}

async function setAside({ folder, kind }: Pick<Folder<Versioned>, 'folder' | 'kind'>, name: string, reason: string, onDamage: OnDamage): Promise<undefined> {
  const path = join(folder, fitForLog(kind, name));
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
  await rename(join(folder, name), aside);
  await syncFolder(folder);
  onDamage({ file: path, setAside: aside, reason });
}

/** Says where it is wrong, never what stands there: the file holds personal data, and this goes to a log. */
function reasonOf(error: unknown): string {
  if (isNamed(error, 'ZodError')) return whereWrong(error as z.ZodError);
  return error instanceof Error ? error.message : 'unreadable';
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
