import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonStore } from '../../data/store/json/open.ts';
import { occupy } from '../../data/store/postgres/occupancy.ts';
import { commandEnded, killCommand, runCommand } from '../support/command.ts';
import { fillStore } from '../support/filledStore.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import { sharedDatabase } from '../support/postgresStores.ts';
import { contract } from '../support/storeContract.ts';

const AGREES = 'Every count, every history and every digest agrees.\n';

let server: PostgresServer;
let dir: string;
let data: string;
let DATABASE_URL: string;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vl-copy-'));
  data = join(dir, 'data');
  DATABASE_URL = await server.freshDatabase();
  const store = await openJsonStore(data, () => undefined);
  await fillStore(store);
  for (let n = 0; n < 200; n += 1) await store.contracts.save(contract(String(20_000 + n)));
  await store.close();
});
afterEach(() => rm(dir, { recursive: true }));

const run = (args: string[], folder = data, command = 'store') => runCommand(command, args, { DATA_DIR: folder, DATABASE_URL });
const rows = async (): Promise<number> => {
  const [found] = await server.sql<{ there: boolean }>(DATABASE_URL, "select to_regclass('contracts') is not null as there");
  return found?.there === true ? ((await server.sql<{ n: number }>(DATABASE_URL, 'select count(*)::int as n from contracts'))[0]?.n ?? 0) : 0;
};

test('copied into the database, killed in the middle and run again, and copied back', async () => {
  const env = { DATA_DIR: data, DATABASE_URL };
  let inserted = 0;
  const watching = setInterval(() => void rows().then((n) => (inserted = n), () => undefined), 3);
  const signal = await killCommand('store', ['copy', '--from', 'json', '--to', 'postgres'], env, () => inserted >= 20);
  clearInterval(watching);
  expect(signal).toBe('SIGKILL');
  expect(await rows()).toBeLessThan(205);
  const copied = run(['copy', '--from', 'json', '--to', 'postgres']);
  expect(copied).toMatchObject({ status: 0, out: expect.stringContaining('205 contracts') });
  expect(Number(/(\d+) were there already/.exec(copied.out)?.[1])).toBeGreaterThanOrEqual(20);
  expect(copied.out).toContain(AGREES);
  expect(run(['verify'])).toMatchObject({ status: 0, out: expect.stringContaining('everything holds') });
  const back = join(dir, 'back');
  expect(run(['copy', '--from', 'postgres', '--to', 'json'], back)).toMatchObject({ status: 0, out: expect.stringContaining(`219 written, 0 were there already. ${AGREES}`) });
  expect(runCommand('store', ['verify'], { DATA_DIR: back })).toMatchObject({ status: 0 });
}, 60_000);

test('restore and copy are refused while a bot has the database open, a bot while one of them runs, and nothing is written', async () => {
  run(['copy', '--from', 'json', '--to', 'postgres']);
  const file = join(dir, 'b.gz');
  run(['backup', file]);
  const database = sharedDatabase(DATABASE_URL);
  const bot = await database.open();
  await bot.contracts.save(contract('99990000'));
  const { host, pathname } = new URL(DATABASE_URL);
  const inUse = { status: 1, out: '', err: `The database ${host}${pathname} is in use: a bot or a command has it open. Stop it first.\n` };
  expect(run(['restore', file, '--over'])).toEqual(inUse);
  expect(run(['copy', '--from', 'json', '--to', 'postgres', '--over'])).toEqual(inUse);
  expect(run(['copy', '--from', 'postgres', '--to', 'json'], join(dir, 'back'))).toEqual(inUse);
  expect((await bot.contracts.all()).length).toBe(206);
  await database.close();
  const leave = await occupy(DATABASE_URL, 'alone', () => undefined);
  const isRestored = { status: 1, out: '', err: `The database ${host}${pathname} is being restored or copied. Start again when that has ended.\n` };
  expect(runCommand('main', [], { DATA_DIR: data, DATABASE_URL, PORT: '0' })).toEqual(isRestored);
  expect(run(['erase', 'cleo@example.com', '--yes', '--even-so'], data, 'people')).toMatchObject({ status: 1, err: expect.stringContaining(isRestored.err) });
  await leave();
  expect(run(['restore', file, '--over'])).toMatchObject({ status: 0, out: expect.stringContaining(AGREES) });
}, 60_000);

test('a copy is proved before anybody else may write; one that does not have the database alone any more ends', async () => {
  const env = { DATA_DIR: data, DATABASE_URL };
  // Like a bot that waits to start, and writes at once.
  const intruder = setInterval(() => void server.sql(DATABASE_URL, 'delete from gaps where pg_try_advisory_lock_shared(7603912481)').catch(() => undefined), 3);
  const copied = await commandEnded('store', ['copy', '--from', 'json', '--to', 'postgres'], env);
  clearInterval(intruder);
  expect(copied).toMatchObject({ status: 0, out: expect.stringContaining(AGREES) });
  DATABASE_URL = await server.freshDatabase();
  const cutting = setInterval(() => void rows().then((n) => (n < 20 ? undefined : server.sql(DATABASE_URL, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'"))).catch(() => undefined), 3);
  const cut = await commandEnded('store', ['copy', '--from', 'json', '--to', 'postgres'], { DATA_DIR: data, DATABASE_URL });
  clearInterval(cutting);
  expect(cut).toEqual({ status: 1, out: '', err: expect.stringMatching(/^The connection that kept bots from the database \S+ was lost; this process stops, so that nothing is lost\. Begin again\.\n$/) });
  expect(await rows()).toBeLessThan(205);
}, 60_000);

test('the rest runs beside the bot: backup, restore elsewhere, export, erase', async () => {
  run(['copy', '--from', 'json', '--to', 'postgres']);
  const database = sharedDatabase(DATABASE_URL);
  const bot = await database.open();
  const file = join(dir, 'b.gz');
  expect(run(['backup', file])).toMatchObject({ status: 0, out: `219 records and pictures in ${file}.\n` });
  expect(run(['export', 'cleo@example.com'], data, 'people')).toMatchObject({ status: 0, out: expect.stringContaining('Where is my mail?') });
  expect(run(['erase', 'cleo@example.com', '--yes'], data, 'people')).toMatchObject({ status: 0, out: expect.stringContaining('Erased') });
  expect(await bot.people.byMail('aaaaaaaa-0000-4000-8000-000000000001', 'cleo@example.com')).toBeUndefined();
  expect(run(['export', 'cleo@example.com'], data, 'people')).toMatchObject({ status: 1 });
  expect(run(['verify'])).toMatchObject({ status: 0 });
  await database.close();
  const other = await server.freshDatabase();
  expect(runCommand('store', ['restore', file], { DATA_DIR: data, DATABASE_URL: other })).toMatchObject({ status: 0, out: expect.stringContaining(AGREES) });
  expect(runCommand('people', ['export', 'cleo@example.com'], { DATA_DIR: data, DATABASE_URL: other })).toMatchObject({ status: 0 });
}, 60_000);

test('a tenant that the list of tenants has lost is seen by every command', async () => {
  run(['copy', '--from', 'json', '--to', 'postgres']);
  await server.sql(DATABASE_URL, "update tenants set tenant_id = 'x' where tenant_id like 'aaaa%'");
  const MISSING = /tenant aaaaaaaa-.*its tenant is missing in the table tenants; put it there/;
  expect(run(['verify'])).toMatchObject({ status: 1, out: expect.stringMatching(/^218 records, \d+ events, 1 pictures: 217 findings\.\n$/), err: expect.stringMatching(MISSING) });
  const file = join(dir, 'b.gz');
  expect(run(['backup', file])).toMatchObject({ status: 1, out: `219 records and pictures in ${file}, 217 damaged.\n`, err: expect.stringMatching(MISSING) });
  expect(run(['copy', '--from', 'postgres', '--to', 'json'], join(dir, 'back'))).toMatchObject({ status: 1, err: expect.stringMatching(MISSING) });
}, 60_000);

test('what is missing is said', async () => {
  expect(runCommand('store', ['copy', '--from', 'json', '--to', 'postgres'], { DATA_DIR: data })).toMatchObject({ status: 1, err: expect.stringMatching(/^DATABASE_URL is missing/) });
  expect(run(['verify'])).toMatchObject({ status: 1, err: expect.stringMatching(/^The schema lacks 0001-records\.sql.*npm run db -- migrate/) });
}, 60_000);
