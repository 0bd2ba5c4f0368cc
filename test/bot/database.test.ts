import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../data/store/digest.ts';
import { CONTRACTS, TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer, WITH_PASSWORD } from '../support/postgres.ts';

// The commands and the server with DATABASE_URL, as processes of their own.

const SECRET = 'hunter2';

let server: PostgresServer;
let dir: string;
let url: string;
beforeAll(async () => {
  server = await postgresServer();
  dir = await mkdtemp(join(tmpdir(), 'vl-database-'));
  const fresh = await server.freshDatabase();
  await server.sql(fresh, `create role ${WITH_PASSWORD} login superuser password '${SECRET}'`);
  url = fresh.replace('bot@', `${WITH_PASSWORD}:${SECRET}@`);
  await writeFile(join(dir, 'good.csv'), CONTRACTS);
  await writeFile(join(dir, 'list.csv'), 'Contract ID,Sign-in email,Roles\n87654321,zoe@example.com,Benefits reader\n');
});
afterAll(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

const environment = (more: Record<string, string> = {}) => ({ PATH: process.env['PATH'] ?? '', DATABASE_URL: url, DATA_DIR: join(dir, 'data'), ...more });
const run = (file: string, args: string[], more: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', `dist/bot/${file}.js`, ...args], { encoding: 'utf8', env: environment(more), timeout: 60_000 });
  expect(stdout + stderr).not.toContain(SECRET);
  return { status, out: stdout, err: stderr };
};

test('db: pending, taken, and what is there', () => {
  expect(run('db', ['status'])).toEqual({ status: 0, out: 'pending\t0001-records.sql\npending\t0002-turns-and-work.sql\npending\t0003-digests.sql\npending\t0004-every-row-its-digest.sql\n', err: '' });
  expect(run('db', ['migrate'])).toEqual({ status: 0, out: 'took 0001-records.sql\ntook 0002-turns-and-work.sql\ntook 0003-digests.sql\ntook 0004-every-row-its-digest.sql\nThe schema is up to date.\n', err: '' });
  expect(run('db', ['migrate'])).toEqual({ status: 0, out: 'Nothing to do: the schema is up to date.\n', err: '' });
  expect(run('contracts', ['import', join(dir, 'good.csv')])).toMatchObject({ status: 0, err: '' });
  const { out } = run('db', ['status']);
  expect(out).toMatch(/^taken\t0001-records\.sql\t20\d\d-.*Z\ntaken\t0002-turns-and-work\.sql\t/);
  expect(out).toMatch(/rows\tpeople\t4\nrows\tcontracts\t5\nrows\ttickets\t0\n/);
  expect(out).toMatch(/PostgreSQL \d+\.\d+.*, 2 tenants\.\n$/);
  for (const args of [[], ['drop'], ['status', 'now']]) expect(run('db', args)).toMatchObject({ status: 2, err: expect.stringContaining('Usage:') });
  expect(run('db', ['status'], { DATABASE_URL: '' })).toMatchObject({ status: 1, err: 'DATABASE_URL is missing: set it to the database, for example postgres://name:password@host/database.\n' });
  expect(run('db', ['status'], { DATABASE_URL: `mysql://bot:${SECRET}@127.0.0.1/bot` })).toMatchObject({ status: 1, err: expect.stringMatching(/^DATABASE_URL must be like postgres:\/\/name:password@host\/database/) });
}, 60_000);

test('contracts and knowledge, beside a bot that runs: the same words as with the embedded store', async () => {
  const bot = spawn(process.execPath, ['dist/bot/main.js'], { env: environment({ PORT: '0' }) });
  let said = '';
  bot.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await new Promise<void>((resolve) => bot.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes('listening')) resolve();
  }));
  const place = new URL(url).host + new URL(url).pathname;
  expect(run('contracts', ['import', join(dir, 'good.csv')])).toEqual({ status: 0, out: `0 created, 0 changed, 5 unchanged in ${place}.\n`, err: '' });
  expect(run('contracts', ['list']).out).toMatch(/12345678\tContoso Open Value\tOpen Value\tpublic\t2028-03-31\t.*\t2 administrators\t0 pending[\s\S]*5 contracts\.\n$/);
  expect(run('contracts', ['verify'])).toEqual({ status: 0, out: '5 contracts, 10 events: every history holds.\n', err: '' });
  expect(run('contracts', ['reconcile', join(dir, 'list.csv')])).toMatchObject({ status: 0, err: '', out: expect.stringContaining('87654321: 2 differences.') });
  expect(run('contracts', ['audit']).out).toContain('eve@example.com');
  await server.sql(url, "update contracts set record = replace(record::text, '\"assigned\"', '\"removed\"')::json where key = '87654321'");
  const broken = run('contracts', ['verify']);
  expect(broken).toMatchObject({ status: 1, out: '5 contracts, 11 events: 1 broken.\n' });
  expect(broken.err).toContain(`contract 87654321 of tenant ${TENANT}: event 2 of 3`);
  const gap = { version: 1, tenantId: TENANT, language: 'en', question: 'purple elephants', near: [], times: 3, at: '2026-11-23T06:00:00.000Z' };
  await server.sql(url, 'insert into gaps (tenant_id, key, version, record, digest) values ($1, $2, 1, $3, $4)', [TENANT, 'en/purple elephants', JSON.stringify(gap), digestOf(gap)]);
  expect(run('knowledge', ['gaps']).out).toContain('purple elephants (en, 3x, last 2026-11-23)');
  const gone = new Promise((resolve) => bot.once('exit', resolve));
  bot.kill('SIGTERM');
  expect(await gone).toBe(0);
  expect(said).toContain(`"store":"${place}"`);
  expect(said).not.toContain(SECRET);
  // Nothing of the records lies beside the database.
  expect(await readdir(join(dir, 'data')).catch(() => [])).toEqual([]);
}, 120_000);

test('contracts: a damaged row is named without what stands in it, stops an import, and stays as it is', async () => {
  await server.sql(url, "update contracts set record = '{\"contract\":{\"name\":\"very private\"}}' where key = '55500001'");
  const stopped = run('contracts', ['import', join(dir, 'good.csv')]);
  expect(stopped).toMatchObject({ status: 1, out: '' });
  expect(stopped.err).toMatch(/^a row of contracts \(tenant aaaaaaaa-\S+, key 55500001\) was damaged \(.*Required|invalid_type.*\) and left out\nNothing was imported: repair or remove those rows first\.\n$/);
  expect(stopped.err).not.toContain('very private');
  expect(run('contracts', ['verify']).err).toContain('a row of contracts (tenant');
  expect(run('contracts', ['list'])).toMatchObject({ status: 0, out: expect.stringMatching(/4 contracts\.\n$/) });
  await server.sql(url, "delete from contracts where key = '55500001'");
  expect(run('contracts', ['import', join(dir, 'good.csv')]).out).toContain('1 created, 0 changed, 4 unchanged');
}, 60_000);

test('the server and the commands: a database that cannot be used is one sentence', () => {
  for (const [file, args] of [['main', []], ['contracts', ['list']], ['contracts', ['verify']], ['knowledge', ['gaps']], ['db', ['status']]] as const) {
    expect(run(file, [...args], { DATABASE_URL: `postgres://bot:${SECRET}@127.0.0.1:1/bot`, PORT: '0' })).toEqual({ status: 1, out: '', err: 'The database 127.0.0.1:1/bot cannot be used (ECONNREFUSED). Check that PostgreSQL runs there, and DATABASE_URL.\n' });
  }
  expect(run('main', [], { DATABASE_POOL: '0' })).toMatchObject({ status: 1, err: 'DATABASE_POOL must be at least 1.\n' });
}, 60_000);

test('the schema of a newer bot: this one does not start', async () => {
  await server.sql(url, "insert into migrations (name, checksum) values ('9999-later.sql', 'x')");
  expect(run('main', [], { PORT: '0' })).toMatchObject({ status: 1, out: '', err: "The database's schema is newer than this version of the bot: it has 9999-later.sql. Run the version that made it, or a later one.\n" });
}, 60_000);
