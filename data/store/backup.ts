import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Entry } from './entries.ts';
import { ENTRY_KINDS } from './entries.ts';
import { whereWrong } from './examine.ts';
import { KINDS } from './kinds.ts';

/** Thrown with the sentence why a file is no backup that can be restored. */
export class BackupUnusable extends Error {
  override name = 'BackupUnusable';
}

const FORMAT = 'VL Access backup';
const VERSION = 1;

const Header = z.object({ format: z.literal(FORMAT), version: z.number().int().positive(), at: z.string() });
const End = z.object({ end: z.object({ entries: z.number().int().nonnegative(), sha256: z.string() }) });
const Picture = z.object({ kind: z.literal('pictures'), tenantId: z.string(), name: z.string(), keptAt: z.string().datetime(), bytes: z.string().base64() });
const Stored = z.object({ kind: z.enum(Object.keys(KINDS) as [keyof typeof KINDS]), record: z.unknown() });

/**
 * Writes things to one file: JSON Lines, gzip. The first line says what it is and when it was begun, the last one how many things
 * stand between and the SHA-256 of all lines before it, so that a cut file is known. The file has its name only when
 * all of it is on disk; it is readable for its owner alone. Returns how many there are.
 */
export async function writeBackup(file: string, entries: AsyncIterable<Entry>, at: string): Promise<number> {
  const part = `${file}.part`;
  let count = 0;
  const lines = async function* (): AsyncGenerator<string> {
    const hash = createHash('sha256');
    const hashed = (line: object): string => {
      const text = `${JSON.stringify(line)}\n`;
      hash.update(text);
      return text;
    };
    yield hashed({ format: FORMAT, version: VERSION, at });
    for await (const entry of entries) {
      count += 1;
      yield hashed(entry.kind === 'pictures' ? { ...entry, bytes: Buffer.from(entry.bytes).toString('base64') } : entry);
    }
    yield `${JSON.stringify({ end: { entries: count, sha256: hash.digest('hex') } })}\n`;
  };
  await pipeline(lines, createGzip(), createWriteStream(part, { mode: 0o600, flush: true }));
  await rename(part, file);
  return count;
}

/**
 * The things in a backup, in the order in which they were written. Whoever goes through to the end knows that the file is whole.
 * Throws `BackupUnusable` for one that is cut, changed, of a newer version, or no backup.
 */
export async function* readBackup(file: string): AsyncGenerator<Entry> {
  const hash = createHash('sha256');
  let count = -1;
  let end: z.infer<typeof End>['end'] | undefined;
  for await (const line of linesOf(file)) {
    if (end) throw new BackupUnusable(`${file} goes on behind its end.`);
    const content = parsed(line);
    const closing = End.safeParse(content);
    if (closing.success) end = closing.data.end;
    else {
      hash.update(`${line}\n`);
      if (count < 0) checkHeader(file, content);
      else yield entryOf(file, content);
      count += 1;
    }
  }
  if (count < 0) throw foreign(file);
  if (end?.entries !== count || end.sha256 !== hash.digest('hex')) throw new BackupUnusable(`${file} is cut or was changed. Take another backup.`);
}

/** Lines without their ends; what comes behind the last one is a line too. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const unzipped = createGunzip();
  const read = pipeline(createReadStream(file), unzipped);
  read.catch(() => undefined);
  // Pieces of a line that has not ended yet: a picture's line is many chunks long.
  let begun: string[] = [];
  try {
    for await (const chunk of unzipped.setEncoding('utf8')) {
      const [first = '', ...others] = String(chunk).split('\n');
      begun.push(first);
      for (const next of others) {
        yield begun.join('');
        begun = [next];
      }
    }
    await read;
  } catch (error) {
    throw unzippingFailed(file, error as NodeJS.ErrnoException);
  }
  const rest = begun.join('');
  if (rest !== '') yield rest;
}

function unzippingFailed(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'Z_DATA_ERROR' && error.message.includes('header')) return foreign(file);
  if (error.code?.startsWith('Z_') === true) return new BackupUnusable(`${file} is cut or was changed. Take another backup.`);
  return error.code === undefined ? error : new BackupUnusable(`${file} cannot be read (${error.code}).`);
}

function checkHeader(file: string, content: unknown): void {
  const header = Header.safeParse(content);
  if (!header.success) throw foreign(file);
  if (header.data.version > VERSION) throw new BackupUnusable(`${file} was written by a newer version of the bot. Restore it with that one.`);
}

function entryOf(file: string, content: unknown): Entry {
  const picture = Picture.safeParse(content);
  if (picture.success) return { ...picture.data, bytes: Buffer.from(picture.data.bytes, 'base64') };
  const stored = Stored.safeParse(content);
  if (!stored.success) throw new BackupUnusable(`${file} holds something that is none of ${ENTRY_KINDS.join(', ')}. It was changed, or a newer version of the bot wrote it.`);
  const { kind, record } = stored.data;
  const read = KINDS[kind].schema.safeParse(record);
  if (!read.success) throw new BackupUnusable(`${file} holds one of ${kind} that cannot be read (${whereWrong(read.error)}). It was changed, or a newer version of the bot wrote it.`);
  return { kind, record: read.data } as Entry;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function foreign(file: string): BackupUnusable {
  return new BackupUnusable(`${file} is no backup of this bot.`);
}
