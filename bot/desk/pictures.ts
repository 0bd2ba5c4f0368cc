import { randomBytes } from 'node:crypto';
import type restify from 'restify';
import type { Server } from 'restify';
import type { PictureStore } from '../../data/ports.ts';

/** Images that are too large for a message, read by whoever has the address: 32 random bytes nobody can guess. */
export interface Pictures {
  /** Keeps an image; returns its address. */
  keep(tenantId: string, type: string, bytes: Uint8Array): Promise<string>;
  get(tenantId: string, name: string): Promise<Uint8Array | undefined>;
}

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpeg: 'image/jpeg', jpg: 'image/jpeg', gif: 'image/gif' };
const PATH = '/pictures';

export function createPictures(store: PictureStore, publicUrl: string): Pictures {
  return {
    keep: async (tenantId, type, bytes) => {
      const name = `${randomBytes(32).toString('hex')}.${type.split('/')[1] ?? 'png'}`;
      await store.keep(tenantId, name, bytes);
      return `${publicUrl.replace(/\/$/, '')}${PATH}/${tenantId}/${name}`;
    },
    get: (tenantId, name) => store.get(tenantId, name),
  };
}

/** Serves them: images and nothing else, whatever a file is called. */
export function addPictures(server: Server, pictures: Pictures): void {
  server.get(`${PATH}/:tenant/:name`, async (req: restify.Request, res: restify.Response) => {
    const { tenant = '', name = '' } = req.params as { tenant?: string; name?: string };
    const [, type = ''] = /^[0-9a-f]{64}\.(png|jpe?g|gif)$/.exec(name) ?? [];
    const found = type !== '' && /^[0-9a-f-]{8,64}$/.test(tenant) ? await pictures.get(tenant, name) : undefined;
    if (!found) {
      res.send(404, { error: 'there is no such picture' });
      return;
    }
    res.writeHead(200, { 'content-type': TYPES[type] ?? 'image/png', 'content-length': found.length, 'cache-control': 'private, max-age=86400', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" });
    res.end(Buffer.from(found));
  });
}
