import type { PictureStore } from '../../ports.ts';
import { keyText } from './keyText.ts';
import type { Opened } from './table.ts';

const KEEP = 'insert into pictures (tenant_id, key, bytes) values ($1, $2, $3) on conflict (tenant_id, key) do update set bytes = $3, kept_at = now()';
const GET = 'select bytes from pictures where tenant_id = $1 and key = $2';
const REMOVE = 'delete from pictures where tenant_id = $1 and key = $2';
const REMOVE_BEFORE = 'delete from pictures where tenant_id = $1 and kept_at < $2';

/** Images that are too large for a message; the database's clock tells when one was kept. */
export class PostgresPictures implements PictureStore {
  private readonly opened: Opened;

  constructor(opened: Opened) {
    this.opened = opened;
  }

  async keep(tenantId: string, name: string, bytes: Uint8Array): Promise<void> {
    await this.opened.tenants.note(tenantId);
    await this.opened.db.change(KEEP, [tenantId, keyText(name), Buffer.from(bytes)]);
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
}
