import type { Database } from './database.ts';

const NOTE = 'insert into tenants (tenant_id) values ($1) on conflict do nothing';
const ALL = 'select tenant_id from tenants order by tenant_id';

/** Which tenants there are, so that what is about all of them goes from one to the next. */
export class Tenants {
  private readonly db: Database;
  /** Noted by this process, which need not say so again. */
  private readonly noted = new Set<string>();

  constructor(db: Database) {
    this.db = db;
  }

  /** Before the first row of a tenant is written. */
  async note(tenantId: string): Promise<void> {
    if (this.noted.has(tenantId)) return;
    await this.db.change(NOTE, [tenantId]);
    this.noted.add(tenantId);
  }

  async all(): Promise<string[]> {
    return (await this.db.rows<{ tenant_id: string }>(ALL, [])).map(({ tenant_id }) => tenant_id);
  }

  /** What `of` finds for each tenant, one after the other. */
  async flatMap<T>(of: (tenantId: string) => Promise<T[]>): Promise<T[]> {
    const found: T[] = [];
    for (const tenantId of await this.all()) for (const one of await of(tenantId)) found.push(one);
    return found;
  }
}
