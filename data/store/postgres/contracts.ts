import type { ContractRecord } from '../../model/record.ts';
import type { ContractStore, Saved } from '../../ports.ts';
import type { Values } from './database.ts';
import { keyText } from './keyText.ts';
import type { Opened, Stamped } from './table.ts';
import { Table } from './table.ts';

// Each with the administrators of its parent contract, as they are now.
const GET = `select c.tenant_id, c.key, c.xmin::text || '/' || c.version as stamp, p.administrators as inherited
  from contracts c left join contracts p on p.tenant_id = c.tenant_id and p.key = c.parent_key
  where c.tenant_id = $1 and c.key = $2`;
const OF_TENANT = `select c.tenant_id, c.key, c.xmin::text || '/' || c.version as stamp, p.administrators as inherited
  from contracts c left join contracts p on p.tenant_id = c.tenant_id and p.key = c.parent_key
  where c.tenant_id = $1 order by c.key`;
const BY_REQUEST = `select c.tenant_id, c.key, c.xmin::text || '/' || c.version as stamp, p.administrators as inherited
  from contracts c left join contracts p on p.tenant_id = c.tenant_id and p.key = c.parent_key
  where c.tenant_id = $1 and c.request_ids @> array[$2]::text[]`;

/** Contracts with all that belongs to them. */
export class PostgresContracts implements ContractStore {
  private readonly table: Table<'contracts'>;
  private readonly opened: Opened;

  constructor(opened: Opened) {
    this.table = new Table('contracts', opened);
    this.opened = opened;
  }

  async get(tenantId: string, contractId: string): Promise<ContractRecord | undefined> {
    return (await this.select(GET, [tenantId, keyText(contractId)]))[0];
  }

  ofTenant(tenantId: string): Promise<ContractRecord[]> {
    return this.select(OF_TENANT, [tenantId]);
  }

  async findByRequest(tenantId: string, requestId: string): Promise<ContractRecord | undefined> {
    return (await this.select(BY_REQUEST, [tenantId, keyText(requestId)]))[0];
  }

  all(): Promise<ContractRecord[]> {
    return this.opened.tenants.flatMap((tenantId) => this.ofTenant(tenantId));
  }

  save(record: ContractRecord): Promise<Saved> {
    return this.table.save({ ...record, inherited: [] });
  }

  private async select(sql: string, values: Values): Promise<ContractRecord[]> {
    const rows = await this.opened.db.rows<Stamped & { inherited: string[] | null }>(sql, values);
    const records = await this.table.recordsOf(rows);
    return records.flatMap((record, n) => (record ? [{ ...record, inherited: rows[n]?.inherited ?? [] }] : []));
  }
}
