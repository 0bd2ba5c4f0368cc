import { Client } from 'pg';
import { connectionOf, whereOf } from './connection.ts';
import { faultOf, SchemaRefused, StatementRefused } from './faults.ts';
import { giveDigests } from './giveDigests.ts';
import type { Applied, Migration } from './migrations.ts';
import { pendingOf, readMigrations } from './migrations.ts';

// The one table that is about the whole database, and so has no tenant.
const IS_THERE = "select to_regclass('migrations') is not null as is_there";
const CREATE = 'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())';
const APPLIED = 'select name, checksum, applied_at from migrations order by name';
const NOTE = 'insert into migrations (name, checksum) values ($1, $2)';

/** Any number, the same in every process; those of conversations are hashes. */
const LOCK = 'select pg_advisory_lock(7603912480)';

const NO_RIGHT = '42501';
const MAY_NOT = 'The name in DATABASE_URL may not make the tables. Make it the owner of the database, or run `npm run db -- migrate` once with a name that may.';

/** What a step needs to have been done first, in its transaction, and SQL cannot do. */
const DONE_BEFORE: Readonly<Record<string, (client: Client) => Promise<void>>> = { '0004-every-row-its-digest.sql': giveDigests };

/** A schema of many rows takes its time; whoever waits for somebody else's migration waits as long. */
const LONGEST_MS = 10 * 60_000;

/**
 * Brings the schema of a database to what this version of the bot needs; returns the names of the steps that were taken.
 * Each is taken once, alone: of several processes one takes it and the others wait. Throws `SchemaRefused`, `DatabaseUnreachable`.
 */
export function migrate(url: string, folder: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const known = await readMigrations(folder);
    if (pendingOf(known, await appliedIn(client)).length === 0) return [];
    await client.query(LOCK);
    await client.query(CREATE);
    // Somebody else may have taken some of them meanwhile.
    const pending = pendingOf(known, await appliedIn(client));
    for (const step of pending) await take(client, step);
    return pending.map(({ name }) => name);
  });
}

/** Which steps a database has taken, and which not yet; nothing is changed. Throws as `migrate` does. */
export function migrationsOf(url: string, folder: string): Promise<{ applied: Applied[]; pending: string[] }> {
  return withClient(url, async (client) => {
    const applied = await appliedIn(client);
    return { applied, pending: pendingOf(await readMigrations(folder), applied).map(({ name }) => name) };
  });
}

/** A connection of its own, whose end gives the lock back and undoes what was not finished. */
async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  let client: Client | undefined;
  try {
    client = new Client({ ...connectionOf(url), statement_timeout: LONGEST_MS, query_timeout: LONGEST_MS });
    // Whatever becomes of the connection is told by the statement under way.
    client.on('error', () => undefined);
    await client.connect();
    return await work(client);
  } catch (error) {
    const fault = faultOf(error, whereOf(url));
    throw fault instanceof StatementRefused && fault.code === NO_RIGHT ? new SchemaRefused(MAY_NOT) : fault;
  } finally {
    await client?.end().catch(() => undefined);
  }
}

async function appliedIn(client: Client): Promise<Applied[]> {
  const { rows } = await client.query<{ is_there: boolean }>(IS_THERE);
  return rows[0]?.is_there === true ? (await client.query<Applied>(APPLIED)).rows : [];
}

async function take(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await DONE_BEFORE[name]?.(client);
    await client.query(sql);
    await client.query(NOTE, [name, checksum]);
    await client.query('commit');
  } catch (error) {
    const fault = faultOf(error, '');
    if (!(fault instanceof StatementRefused) || fault.code === NO_RIGHT) throw error;
    throw new SchemaRefused(`${name} could not be taken (${fault.message}). Nothing of it stays; repair it, and start again.`, { cause: fault });
  }
}
