import { open, readFile } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import writeFileAtomic from 'write-file-atomic';
import { digestOf } from '../digest.ts';

/**
 * A lowdb adapter whose write is atomic: temporary file, fsync, rename (write-file-atomic). The rename itself can be lost
 * until `syncFolder`. lowdb's own JSONFile does neither fsync. The record's digest stands behind it in the file.
 */
export class DurableFile<T extends object | null> implements Adapter<T> {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async read(): Promise<T | null> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8')) as T;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async write(data: T): Promise<void> {
    await writeFileAtomic(this.path, `${JSON.stringify(data && { ...data, digest: digestOf(data) }, null, 1)}\n`);
  }
}

/** Windows cannot open a folder, and needs no fsync of it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
