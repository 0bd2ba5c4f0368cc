import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KindName } from '../../data/store/kinds.ts';
import { STATEMENTS } from '../../data/store/postgres/statements.ts';
import { ask, freshDatabase } from './database.ts';

type Json = Record<string, unknown>;

/** Where a bot of a test keeps its records: with `STORE=postgres` on the server that was started for the run. */
export interface StoreOfTests {
  /** What the bot is to be set to. */
  environment: Record<string, string>;
  dataDir: string;
  /** Everything that is kept of what people are and said, as text. */
  stored(): Promise<string>;
  /** Changes each record of a kind as somebody would by hand, while the bot is stopped. */
  rewrite(kind: KindName, change: (record: Json) => Json): Promise<void>;
  /** As if the process had died before it noted that its last turns were done. */
  forgetTurns(): Promise<void>;
  /** Lets minutes pass on the clock by which done turns are remembered, where that is not the bot's own. */
  ageTurns(minutes: number): Promise<void>;
  remove(): Promise<void>;
}

/** Set for the run by `postgresSetup.ts`. */
export const SERVER_VARIABLE = 'TEST_POSTGRES';

export async function storeOfTests(): Promise<StoreOfTests> {
  const folder = await inFolder();
  if (process.env['STORE'] !== 'postgres') return folder;
  const server = process.env[SERVER_VARIABLE];
  if (server === undefined) throw new Error('STORE=postgres is for `npm test`, which starts the server for it.');
  return inDatabase(server, folder);
}

async function inFolder(): Promise<StoreOfTests> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vl-test-'));
  return {
    environment: { DATA_DIR: dataDir },
    dataDir,
    stored: () => textIn(dataDir),
    rewrite: async (kind, change) => {
      for (const name of await readdir(join(dataDir, kind))) {
        const path = join(dataDir, kind, name);
        await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')) as Json)));
      }
    },
    forgetTurns: async () => undefined,
    ageTurns: async () => undefined,
    remove: () => rm(dataDir, { recursive: true }),
  };
}

async function textIn(folder: string): Promise<string> {
  const parts = await Promise.all((await readdir(folder, { withFileTypes: true })).map((one) => (one.isDirectory() ? textIn(join(folder, one.name)) : readFile(join(folder, one.name), 'utf8'))));
  return parts.join('\n');
}

/** `folder`: what is no record stays there. */
async function inDatabase(server: string, folder: StoreOfTests): Promise<StoreOfTests> {
  const { url, drop } = await freshDatabase(server);
  return {
    environment: { ...folder.environment, DATABASE_URL: url, DATABASE_POOL: '5' },
    dataDir: folder.dataDir,
    stored: async () => {
      const tables = [...Object.values(STATEMENTS).map(({ table }) => table), 'pictures'];
      const rows = await Promise.all(tables.map((table) => ask<{ row: string }>(url, `select t::text as row from ${table} t order by tenant_id, key`)));
      return [await folder.stored(), ...rows.flat().map(({ row }) => row)].join('\n');
    },
    rewrite: async (kind, change) => {
      const { table } = STATEMENTS[kind];
      const rows = await ask<{ tenant_id: string; key: string; record: Json }>(url, `select tenant_id, key, record from ${table}`);
      for (const { tenant_id, key, record } of rows) await ask(url, `update ${table} set record = $3 where tenant_id = $1 and key = $2`, [tenant_id, key, JSON.stringify(change(record))]);
    },
    forgetTurns: async () => void (await ask(url, 'delete from turns')),
    ageTurns: async (minutes) => void (await ask(url, "update turns set done_at = done_at - $1 * interval '1 minute'", [minutes])),
    remove: async () => {
      await drop();
      await folder.remove();
    },
  };
}
