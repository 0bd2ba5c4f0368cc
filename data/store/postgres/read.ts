import { Client } from 'pg';
import type { KindName } from '../kinds.ts';
import type { StoreReading } from '../reading.ts';
import { connectionOf, whereOf } from './connection.ts';
import { everyTenant } from './everyTenant.ts';
import { faultOf, SchemaRefused } from './faults.ts';
import type { FullRow } from './found.ts';
import { foundIn, pictureIn } from './found.ts';
import { migrationsOf } from './migrate.ts';
import { STATEMENTS } from './statements.ts';

const BEGIN = 'begin isolation level repeatable read read only';
const PICTURES = `select tenant_id, key, bytes, digest, to_char(kept_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as kept_at from pictures where tenant_id = $1 and ($2::text is null or key > $2) order by key limit $3`;

const RECORDS_AT_ONCE = 500;
/** Of up to 5 MB each. */
const PICTURES_AT_ONCE = 4;
/** Whoever reads may write it elsewhere in between. */
const IDLE_MS = 10 * 60_000;

/**
 * The database as it stands in this instant, for as long as it is read (one transaction of snapshot isolation); nothing is locked
 * and nothing changed. Throws `SchemaRefused` when the schema is not up to date, and `DatabaseUnreachable`.
 */
export async function readPostgresStore(url: string, migrations: string): Promise<StoreReading> {
  const { pending } = await migrationsOf(url, migrations);
  if (pending.length > 0) throw new SchemaRefused(`The schema lacks ${pending.join(', ')}. Start the bot of this version once, or run \`npm run db -- migrate\`.`);
  const client = new Client({ ...connectionOf(url), idle_in_transaction_session_timeout: IDLE_MS });
  const rows = async (sql: string, values: unknown[] = []): Promise<FullRow[]> => {
    try {
      return (await client.query<FullRow>(sql, values)).rows;
    } catch (error) {
      throw faultOf(error, whereOf(url));
    }
  };
  // Whatever becomes of the connection is told by the statement under way.
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw faultOf(error, whereOf(url));
  });
  await rows(BEGIN);
  const tenants = await everyTenant(rows);
  const unlisted = ({ tenant_id }: FullRow): string[] => (tenants.listed.has(tenant_id) ? [] : ['its tenant is missing in the table tenants; put it there']);
  const pages = async function* (sql: string, atOnce: number): AsyncGenerator<FullRow> {
    for (const tenantId of tenants.all) {
      for (let after: string | null | undefined = null; after !== undefined; ) {
        const page: FullRow[] = await rows(sql, [tenantId, after, atOnce]);
        yield* page;
        after = page.length < atOnce ? undefined : page.at(-1)?.key;
      }
    }
  };
  return {
    of: async function* <K extends KindName>(kind: K) {
      for await (const row of pages(STATEMENTS[kind].readPage, RECORDS_AT_ONCE)) {
        const found = foundIn(kind, row);
        yield { ...found, problems: [...found.problems, ...unlisted(row)] };
      }
    },
    pictures: async function* () {
      for await (const row of pages(PICTURES, PICTURES_AT_ONCE)) {
        const found = pictureIn(row);
        yield { ...found, problems: [...found.problems, ...unlisted(row)] };
      }
    },
    // A table has no place for anything but its rows.
    strays: async function* () {},
    close: () => client.end(),
  };
}
