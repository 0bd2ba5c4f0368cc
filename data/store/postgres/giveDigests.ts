import type { Client } from 'pg';
import { digestOf } from '../digest.ts';
import type { KindName } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import { everyTenant } from './everyTenant.ts';
import { STATEMENTS } from './statements.ts';

/** Gives every record that was saved before there were digests its own: it hashes JSON with sorted keys, which is beyond SQL. */
export async function giveDigests(client: Client): Promise<void> {
  const { all } = await everyTenant(async (sql) => (await client.query<{ tenant_id: string }>(sql)).rows);
  for (const kind of Object.keys(KINDS) as KindName[]) for (const tenantId of all) await giveThose(client, kind, tenantId);
}

async function giveThose(client: Client, kind: KindName, tenantId: string): Promise<void> {
  const { withoutDigest, giveDigest } = STATEMENTS[kind];
  for (;;) {
    const { rows } = await client.query<{ key: string; record: unknown }>(withoutDigest, [tenantId]);
    if (rows.length === 0) return;
    for (const { key, record } of rows) await client.query(giveDigest, [tenantId, key, digestOf(Object(record))]);
  }
}
