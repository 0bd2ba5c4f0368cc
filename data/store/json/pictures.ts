import { mkdir, readFile, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { PictureStore } from '../../ports.ts';
import { syncFolder } from './durableFile.ts';
import { isMissing } from './errors.ts';
import { fileName } from './fileName.ts';
import { namesIn } from './names.ts';
import { packed, unpacked } from './pictureFile.ts';

/** Their folder, beside those of the records. */
export const PICTURES = 'pictures';

/** Images in files; when a file was written is when its image was kept. */
export class PictureFiles implements PictureStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async keep(tenantId: string, name: string, bytes: Uint8Array, at?: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const path = this.path(tenantId, name);
    await writeFileAtomic(path, packed(tenantId, name, bytes));
    if (at !== undefined) await utimes(path, new Date(at), new Date(at));
    await syncFolder(this.folder);
  }

  async get(tenantId: string, name: string): Promise<Uint8Array | undefined> {
    const file = await readFile(this.path(tenantId, name)).catch(orMissing);
    return file && unpacked(file).bytes;
  }

  async remove(tenantId: string, name: string): Promise<void> {
    await unlink(this.path(tenantId, name)).then(() => syncFolder(this.folder), orMissing);
  }

  async removeBefore(instant: string): Promise<number> {
    const old: string[] = [];
    for (const name of await namesIn(this.folder)) {
      const path = join(this.folder, name);
      const { mtimeMs } = (await stat(path).catch(orMissing)) ?? { mtimeMs: Infinity };
      if (mtimeMs < Date.parse(instant)) old.push(path);
    }
    for (const path of old) await unlink(path).catch(orMissing);
    return old.length;
  }

  private path(tenantId: string, name: string): string {
    return join(this.folder, pictureFileName(tenantId, name));
  }
}

/** The name of a picture's file. */
export function pictureFileName(tenantId: string, name: string): string {
  return fileName(`${tenantId}/${name}`).replace(/\.json$/, '');
}

function orMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
