import { migrate, migrationsOf } from '../data/store/postgres/migrate.ts';
import { statusOf } from '../data/store/postgres/status.ts';
import { readStoreSettings } from './config.ts';
import { exitWith } from './exit.ts';
import { migrationsFolder } from './openStore.ts';

// `npm run db -- …`: the schema of the PostgreSQL database. The bot brings it up to date at its start too; here it is done ahead of
// that, or by a name that may.

const USAGE = `Usage: npm run db -- migrate
       npm run db -- status`;
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const err = (line: string): void => void process.stderr.write(`${line}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main([command, ...rest]: string[]): Promise<number> {
  const act = rest.length > 0 ? undefined : command === 'migrate' ? bringUpToDate : command === 'status' ? status : undefined;
  if (!act) {
    err(USAGE);
    return 2;
  }
  try {
    // Only the database matters here, so that the command runs wherever the bot's secrets are not.
    const { database } = readStoreSettings(process.env);
    if (database) return await act(database.url);
    err('DATABASE_URL is missing: set it to the database, for example postgres://name:password@host/database.');
    return 1;
  } catch (error) {
    exitWith(error);
  }
}

async function bringUpToDate(url: string): Promise<number> {
  const taken = await migrate(url, migrationsFolder());
  for (const name of taken) out(`took ${name}`);
  out(taken.length === 0 ? 'Nothing to do: the schema is up to date.' : 'The schema is up to date.');
  return 0;
}

async function status(url: string): Promise<number> {
  const { applied, pending } = await migrationsOf(url, migrationsFolder());
  for (const { name, applied_at } of applied) out(`taken\t${name}\t${applied_at.toISOString()}`);
  for (const name of pending) out(`pending\t${name}`);
  if (applied.length === 0) return 0;
  const { serverVersion, tenants, rows } = await statusOf(url);
  for (const [table, count] of Object.entries(rows)) out(`rows\t${table}\t${count}`);
  out(`PostgreSQL ${serverVersion}, ${tenants} tenants.`);
  return 0;
}
