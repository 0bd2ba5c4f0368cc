import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SchemaRefused } from './faults.ts';

/** One step of the schema, as it stands in a file `0001-….sql`. */
export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** A step that a database has taken. */
export interface Applied {
  name: string;
  checksum: string;
  applied_at: Date;
}

/** The steps in a folder, in their order. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(names.map(async (name) => {
    // A checkout on Windows has other ends of lines, and means the same.
    const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  }));
}

/** The steps that a database has still to take. Throws `SchemaRefused` when it took others, or took them when they said something else. */
export function pendingOf(known: Migration[], applied: readonly Applied[]): Migration[] {
  const newer = applied.filter(({ name }) => !known.some((one) => one.name === name));
  if (newer.length > 0) throw new SchemaRefused(`The database's schema is newer than this version of the bot: it has ${newer.map(({ name }) => name).join(', ')}. Run the version that made it, or a later one.`);
  for (const { name, checksum } of applied) {
    if (known.some((one) => one.name === name && one.checksum === checksum)) continue;
    throw new SchemaRefused(`${name} was changed after the database took it. Put it back as it was; what is to change goes into a new file.`);
  }
  const pending = known.filter(({ name }) => !applied.some((one) => one.name === name));
  const last = applied.at(-1)?.name ?? '';
  const late = pending.find(({ name }) => name < last);
  if (late) throw new SchemaRefused(`${late.name} comes before ${last}, which the database has taken already. Give it a higher number.`);
  return pending;
}
