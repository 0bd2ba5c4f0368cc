import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type restify from 'restify';
import type { Server } from 'restify';

/** Images that are too large for a message, kept in a folder and read by whoever has the address: 32 random bytes nobody can guess. */
export interface Pictures {
  /** Keeps an image; returns its address. */
  keep(type: string, bytes: Uint8Array): Promise<string>;
}

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpeg: 'image/jpeg', jpg: 'image/jpeg', gif: 'image/gif' };
const PATH = '/pictures';

export function createPictures(folder: string, publicUrl: string): Pictures {
  return {
    keep: async (type, bytes) => {
      await mkdir(folder, { recursive: true });
      const name = `${randomBytes(32).toString('hex')}.${type.split('/')[1] ?? 'png'}`;
      await writeFile(join(folder, name), bytes, { flag: 'wx' });
      return `${publicUrl.replace(/\/$/, '')}${PATH}/${name}`;
    },
  };
}

/** Serves them: images and nothing else, whatever a file is called. */
export function addPictures(server: Server, folder: string): void {
  server.get(`${PATH}/:name`, async (req: restify.Request, res: restify.Response) => {
    const { name = '' } = req.params as { name?: string };
    const [, type = ''] = /^[0-9a-f]{64}\.(png|jpe?g|gif)$/.exec(name) ?? [];
    const file = join(folder, name);
    const found = type === '' ? undefined : await stat(file).catch(() => undefined);
    if (!found) {
      res.send(404, { error: 'there is no such picture' });
      return;
    }
    res.writeHead(200, { 'content-type': TYPES[type] ?? 'image/png', 'content-length': found.size, 'cache-control': 'private, max-age=86400', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" });
    await new Promise<void>((resolve) => createReadStream(file).on('error', () => resolve(res.destroy() as unknown as undefined)).on('close', () => resolve()).pipe(res));
  });
}
