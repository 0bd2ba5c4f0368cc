import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { PictureStore } from '../../ports.ts';
import { syncFolder } from './durableFile.ts';
import { isMissing } from './errors.ts';
import { fileName } from './fileName.ts';

/** Images in files; when a file was written is when its image was kept. */
export class PictureFiles implements PictureStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async keep(tenantId: string, name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFileAtomic(this.path(tenantId, name), Buffer.from(bytes));
    await syncFolder(this.folder);
  }

  async get(tenantId: string, name: string): Promise<Uint8Array | undefined> {
    return readFile(this.path(tenantId, name)).catch(orMissing);
  }

  async removeBefore(instant: string): Promise<number> {
    const old: string[] = [];
    for (const name of (await readdir(this.folder).catch(orMissing)) ?? []) {
      const path = join(this.folder, name);
      const { mtimeMs } = (await stat(path).catch(orMissing)) ?? { mtimeMs: Infinity };
      if (mtimeMs < Date.parse(instant)) old.push(path);
    }
    for (const path of old) await unlink(path).catch(orMissing);
    return old.length;
  }

  private path(tenantId: string, name: string): string {
    return join(this.folder, fileName(`${tenantId}/${name}`).replace(/\.json$/, ''));
  }
}

function orMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
