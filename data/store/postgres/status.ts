import type { KindName } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import { Database } from './database.ts';
import { STATEMENTS } from './statements.ts';
import { Tenants } from './tenants.ts';

const VERSION = "select current_setting('server_version') as version";
const OTHERS = {
  pictures: 'select count(*)::int as rows from pictures where tenant_id = $1',
  turns: 'select count(*)::int as rows from turns where tenant_id = $1',
  work: 'select count(*)::int as rows from work where tenant_id = $1',
};

/** What a database holds. */
export interface DatabaseStatus {
  serverVersion: string;
  tenants: number;
  /** Rows of each table. */
  rows: Record<string, number>;
}

/** Looks at a database whose schema is there. Throws `DatabaseUnreachable`, `StatementRefused`. */
export async function statusOf(url: string): Promise<DatabaseStatus> {
  const db = new Database(url, { poolSize: 1, onFault: () => undefined });
  try {
    const [server] = await db.rows<{ version: string }>(VERSION, []);
    const tenants = await new Tenants(db).all();
    const counts = new Map<string, string>([...(Object.keys(KINDS) as KindName[]).map((kind): [string, string] => [STATEMENTS[kind].table, STATEMENTS[kind].count]), ...Object.entries(OTHERS)]);
    const rows: Record<string, number> = {};
    for (const [table, sql] of counts) {
      rows[table] = 0;
      for (const tenantId of tenants) rows[table] += (await db.rows<{ rows: number }>(sql, [tenantId]))[0]?.rows ?? 0;
    }
    return { serverVersion: server?.version ?? '', tenants: tenants.length, rows };
  } finally {
    await db.close();
  }
}
