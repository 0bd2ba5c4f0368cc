import type { KindName, RecordOf } from '../kinds.ts';
import type { Records } from '../store.ts';
import type { Opened } from './table.ts';
import { Table } from './table.ts';

const HAS_RECORDS = `select
  exists (select from people where tenant_id = $1) or exists (select from contracts where tenant_id = $1) or exists (select from tickets where tenant_id = $1)
  or exists (select from help_desks where tenant_id = $1) or exists (select from chats where tenant_id = $1) or exists (select from ratings where tenant_id = $1)
  or exists (select from gaps where tenant_id = $1) as has_records`;

/** Every record of the database. */
export class PostgresRecords implements Records {
  private readonly opened: Opened;

  constructor(opened: Opened) {
    this.opened = opened;
  }

  tenants(): Promise<string[]> {
    const { db, tenants } = this.opened;
    return tenants.flatMap(async (tenantId) => ((await db.rows<{ has_records: boolean }>(HAS_RECORDS, [tenantId]))[0]?.has_records === true ? [tenantId] : []));
  }

  async *of<K extends KindName>(kind: K, tenantId: string): AsyncIterable<RecordOf<K>> {
    const table = new Table(kind, this.opened);
    let after: string | undefined = '';
    while (after !== undefined) {
      const { records, next }: { records: RecordOf<K>[]; next: string | undefined } = await table.page(tenantId, after);
      yield* records;
      after = next;
    }
  }

  put<K extends KindName>(kind: K, record: RecordOf<K>): Promise<void> {
    return new Table(kind, this.opened).put(record);
  }

  remove<K extends KindName>(kind: K, record: RecordOf<K>): Promise<void> {
    return new Table(kind, this.opened).remove(record);
  }
}
