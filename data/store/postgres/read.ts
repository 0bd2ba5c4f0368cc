import { Client } from 'pg';
import { canonical } from '../../operations/canonical.ts';
import { digestOfBytes } from '../digest.ts';
import { examine } from '../examine.ts';
import type { KindName, RecordOf } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import type { Found, FoundPicture, StoreReading } from '../reading.ts';
import { connectionOf, whereOf } from './connection.ts';
import { namedKey } from './damage.ts';
import { DERIVED } from './derived.ts';
import { faultOf, SchemaRefused } from './faults.ts';
import { keyText } from './keyText.ts';
import { migrationsOf } from './migrate.ts';
import { STATEMENTS, TABLES } from './statements.ts';

const BEGIN = 'begin isolation level repeatable read read only';
const TENANTS = 'select tenant_id from tenants order by tenant_id';
const PICTURES = 'select tenant_id, key, bytes, digest, kept_at from pictures where tenant_id = $1 and key > $2 order by key limit $3';

const RECORDS_AT_ONCE = 500;
/** Of up to 5 MB each. */
const PICTURES_AT_ONCE = 4;
/** Whoever reads may write it elsewhere in between. */
const IDLE_MS = 10 * 60_000;

type Row = { tenant_id: string; key: string } & Record<string, unknown>;

/**
 * The database as it stands in this instant, for as long as it is read (one transaction of snapshot isolation); nothing is locked
 * and nothing changed. Throws `SchemaRefused` when the schema is not up to date, and `DatabaseUnreachable`.
 */
export async function readPostgresStore(url: string, migrations: string): Promise<StoreReading> {
  const { pending } = await migrationsOf(url, migrations);
  if (pending.length > 0) throw new SchemaRefused(`The schema lacks ${pending.join(', ')}. Start the bot of this version once, or run \`npm run db -- migrate\`.`);
  const client = new Client({ ...connectionOf(url), idle_in_transaction_session_timeout: IDLE_MS });
  const rows = async (sql: string, values: unknown[]): Promise<Row[]> => {
    try {
      return (await client.query<Row>(sql, values)).rows;
    } catch (error) {
      throw faultOf(error, whereOf(url));
    }
  };
  // Whatever becomes of the connection is told by the statement under way.
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw faultOf(error, whereOf(url));
  });
  await rows(BEGIN, []);
  const tenants = (await rows(TENANTS, [])).map(({ tenant_id }) => tenant_id);
  const pages = async function* (sql: string, atOnce: number): AsyncGenerator<Row> {
    for (const tenantId of tenants) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page: Row[] = await rows(sql, [tenantId, after, atOnce]);
        yield* page;
        after = page.length < atOnce ? undefined : page.at(-1)?.key;
      }
    }
  };
  return {
    of: async function* <K extends KindName>(kind: K) {
      for await (const row of pages(STATEMENTS[kind].readPage, RECORDS_AT_ONCE)) yield foundIn(kind, row);
    },
    pictures: async function* () {
      for await (const row of pages(PICTURES, PICTURES_AT_ONCE)) yield pictureIn(row);
    },
    // A table has no place for anything but its rows.
    strays: async function* () {},
    close: () => client.end(),
  };
}

function foundIn<K extends KindName>(kind: K, row: Row): Found<K> {
  const at = `a row of ${TABLES[kind].table} (tenant ${row.tenant_id}, key ${namedKey(kind, row.key)})`;
  const { record, problems } = examine(kind, Object(row['record']), row['digest'] ?? undefined);
  return { at, record, problems: record ? [...problems, ...againstColumns(kind, record, row)] : problems };
}

/** What a row is found by says the same as its record. */
function againstColumns<K extends KindName>(kind: K, record: RecordOf<K>, row: Row): string[] {
  const isInPlace = KINDS[kind].tenantOf(record) === row.tenant_id && keyText(KINDS[kind].keyOf(record)) === row.key;
  const derived = DERIVED[kind](record);
  const columns = ['version', ...TABLES[kind].derived];
  const wrong = columns.filter((column, n) => !isSame(row[column], n === 0 ? record.version : derived[n - 1]));
  return [...(isInPlace ? [] : ['its content belongs under another key']), ...wrong.map((column) => `its column ${column} is not that of its record`)];
}

/** An instant is a date in a row, and a text in a record. */
function isSame(column: unknown, value: unknown): boolean {
  return column instanceof Date ? column.getTime() === Date.parse(String(value)) : canonical(column) === canonical(value);
}

function pictureIn({ tenant_id: tenantId, key: name, bytes, digest, kept_at }: Row): FoundPicture {
  const picture = bytes as Buffer;
  const isWhole = digest === digestOfBytes(picture);
  const problem = digest === null ? 'it was kept before pictures had digests' : 'its digest is that of another picture';
  return { at: `a row of pictures (tenant ${tenantId}, key ${name})`, tenantId, name, keptAt: (kept_at as Date).toISOString(), bytes: picture, problems: isWhole ? [] : [problem] };
}
