import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './durableFile.ts';
import { isMissing } from './errors.ts';
import type { Entry } from './journalLine.ts';
import { lineOf, readLine } from './journalLine.ts';

interface Waiting {
  line: string;
  apply: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * What was saved lately, in the order in which it was, in a file that only grows: all that is saved at the same time costs one
 * write and one fsync (a write-ahead log with group commit). Records reach their own files later, see `checkpoints.ts`.
 */
export class Journal {
  private readonly folder: string;
  private file: FileHandle;
  private number: number;
  private size = 0;
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;

  private constructor(folder: string, file: FileHandle, number: number) {
    this.folder = folder;
    this.file = file;
    this.number = number;
  }

  /** Begins a new file behind those that are there. */
  static async begin(folder: string): Promise<Journal> {
    await mkdir(folder, { recursive: true });
    const number = ((await journalFiles(folder)).at(-1)?.number ?? 0) + 1;
    return new Journal(folder, await create(folder, number), number);
  }

  /** Bytes since the last file was begun. */
  get bytes(): number {
    return this.size;
  }

  /** `record`: as JSON. On disk when it resolves; `apply` is called before that, in the order of the file. When the disk fails it rejects, and nothing was kept. */
  append({ kind, key }: Omit<Entry, 'record'>, record: string, apply: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ line: lineOf(kind, key, record), apply, resolve, reject });
      this.writing ??= this.write();
    });
  }

  /** Whether what is saved now will be found again: throws when not. */
  async probe(): Promise<void> {
    await this.append({ kind: 'probe', key: '' }, 'null', () => undefined);
    const { file, number } = this;
    // A file whose folder was removed or moved takes everything, for nobody.
    const isThere = await Promise.all([file.stat(), stat(pathOf(this.folder, number))]).then(([written, found]) => found.ino === written.ino, () => false);
    // Another one that was begun meanwhile is there.
    if (!isThere && this.file === file) throw new Error('the journal is not in its folder any more');
  }

  /** Goes on in a new file, once everything before is applied; returns what removes the older ones. */
  async rotate(): Promise<() => Promise<void>> {
    while (this.writing) await this.writing;
    const begun = this.next();
    const goOn = (): void => {
      this.writing = this.waiting.length > 0 ? this.write() : undefined;
    };
    this.writing = begun.then(goOn, goOn);
    return begun;
  }

  async close(): Promise<void> {
    while (this.writing) await this.writing;
    await this.file.close();
  }

  private async next(): Promise<() => Promise<void>> {
    const before = this.file;
    const last = this.number;
    this.file = await create(this.folder, last + 1);
    this.number = last + 1;
    this.size = 0;
    await before.close();
    return async () => {
      for (const { path, number } of await journalFiles(this.folder)) if (number <= last) await unlink(path);
      await syncFolder(this.folder);
    };
  }

  private async write(): Promise<void> {
    // Whoever asks in the same moment is written with it.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      const bytes = Buffer.from(batch.map(({ line }) => line).join(''));
      try {
        for (let done = 0; done < bytes.length; ) done += (await this.file.write(bytes, done, bytes.length - done, this.size + done)).bytesWritten;
        await this.file.datasync();
        this.size += bytes.length;
        for (const { apply } of batch) apply();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        // What was written of it must not be read back.
        await this.file.truncate(this.size).catch(() => undefined);
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = undefined;
  }
}

/**
 * What is wrong with a file of a journal: `line`, one of it is damaged; `end`, it ends within a line, as a kill leaves it.
 * What a kill has cut off was never confirmed to anybody.
 */
export type JournalFault = 'line' | 'end';

/** What the files of a journal hold, in order; what is damaged or cut is passed over. */
export async function readJournal(folder: string, onFault: (file: string, fault: JournalFault) => void): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const { path } of await journalFiles(folder)) {
    const lines = (await readFile(path, 'utf8').catch(orEmpty)).split('\n');
    const tail = lines.pop() ?? '';
    const [read, last] = [lines.map(readLine), readLine(tail)];
    // More behind a whole entry is its end, damaged: it was confirmed.
    if (read.some(({ isWhole }) => !isWhole) || (last.entries.length > 0 && !last.isWhole)) onFault(path, 'line');
    else if (tail !== '') onFault(path, 'end');
    for (const line of [...read, last]) entries.push(...line.entries);
  }
  return entries;
}

async function journalFiles(folder: string): Promise<{ path: string; number: number }[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .flatMap((name) => {
      const [, number] = /^(\d+)\.log$/.exec(name) ?? [];
      return number === undefined ? [] : [{ path: join(folder, name), number: Number(number) }];
    })
    .toSorted((a, b) => a.number - b.number);
}

function pathOf(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(8, '0')}.log`);
}

async function create(folder: string, number: number): Promise<FileHandle> {
  const file = await open(pathOf(folder, number), 'wx');
  await syncFolder(folder);
  return file;
}

/** Gone since it was listed: its records are in their own files. */
function orEmpty(error: unknown): string {
  if (isMissing(error)) return '';
  throw error;
}
