import type { PictureStore } from '../../ports.ts';
import { keyText } from './keyText.ts';
import { digestOfPicture } from './pictureDigest.ts';
import type { Opened } from './table.ts';

const NOW = 'select now() as at';
const KEEP = 'insert into pictures (tenant_id, key, bytes, digest, kept_at) values ($1, $2, $3, $4, $5) on conflict (tenant_id, key) do update set bytes = $3, digest = $4, kept_at = $5';
const GET = 'select bytes from pictures where tenant_id = $1 and key = $2';
const REMOVE = 'delete from pictures where tenant_id = $1 and key = $2';
const REMOVE_BEFORE = 'delete from pictures where tenant_id = $1 and kept_at < $2';

/** Images that are too large for a message; the database's clock tells when one was kept. */
export class PostgresPictures implements PictureStore {
  private readonly opened: Opened;

  constructor(opened: Opened) {
    this.opened = opened;
  }

  async keep(tenantId: string, name: string, bytes: Uint8Array, at?: string): Promise<void> {
    const { db, tenants } = this.opened;
    await tenants.note(tenantId);
    const keptAt = at === undefined ? await this.now() : new Date(at).toISOString();
    const key = keyText(name);
    await db.change(KEEP, [tenantId, key, Buffer.from(bytes), digestOfPicture({ tenantId, name: key, keptAt, bytes }), keptAt]);
  }

  async get(tenantId: string, name: string): Promise<Uint8Array | undefined> {
    return (await this.opened.db.rows<{ bytes: Uint8Array }>(GET, [tenantId, keyText(name)]))[0]?.bytes;
  }

  async remove(tenantId: string, name: string): Promise<void> {
    await this.opened.db.change(REMOVE, [tenantId, keyText(name)]);
  }

  async removeBefore(instant: string): Promise<number> {
    let removed = 0;
    for (const tenantId of await this.opened.tenants.all()) removed += await this.opened.db.change(REMOVE_BEFORE, [tenantId, instant]);
    return removed;
  }

  private async now(): Promise<string> {
    const [row] = await this.opened.db.rows<{ at: Date }>(NOW, []);
    if (!row) throw new Error('the database does not say what time it is');
    return row.at.toISOString();
  }
}
