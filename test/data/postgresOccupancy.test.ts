import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseInUse } from '../../data/store/postgres/faults.ts';
import { migrationsOf } from '../../data/store/postgres/migrate.ts';
import { occupy } from '../../data/store/postgres/occupancy.ts';
import { readPostgresStore } from '../../data/store/postgres/read.ts';
import { sleep } from '../support/orderContract.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import type { SharedDatabase } from '../support/postgresStores.ts';
import { MIGRATIONS, sharedDatabase } from '../support/postgresStores.ts';

// Who may have a database open at once.

const BUILT = join(process.cwd(), 'dist/data/store/postgres/occupancy.js');
const IN_USE = /^The database 127\.0\.0\.1:\d+\/bot_\w+ is in use: a bot or a command has it open\. Stop it first\.$/;
const IS_RESTORED = /^The database 127\.0\.0\.1:\d+\/bot_\w+ is being restored or copied\. Start again when that has ended\.$/;
const CUT = "select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())";
const HELD = "select pid || ' ' || mode as place from pg_locks l where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())";

let server: PostgresServer;
let database: SharedDatabase;
const running = new Set<ChildProcess>();
const ending: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await postgresServer();
});
beforeEach(async () => {
  database = sharedDatabase(await server.freshDatabase());
});
afterEach(async () => {
  await database.close();
  for (const end of ending.splice(0)) await end();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await server.stop();
});

const alone = (url = database.url) => occupy(url, 'alone', () => undefined);
const places = async (url = database.url): Promise<string[]> => (await server.sql<{ place: string }>(url, HELD)).map(({ place }) => place);

/** A process that has the database open, until it is ended. */
async function another(how: 'together' | 'alone'): Promise<{ child: ChildProcess; ended: Promise<number | null>; heard: () => string }> {
  const script = `const { occupy } = await import(${JSON.stringify(BUILT)}); await occupy(process.argv[1], '${how}', () => undefined); process.stdout.write('there'); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, database.url], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let heard = '';
  child.stderr.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  return { child, ended, heard: () => heard };
}

async function until(isTrue: () => Promise<boolean>, seconds = 10): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await isTrue()); await sleep(20)) if (Date.now() > end) throw new Error('it never came');
}

test('several together; nobody alone meanwhile, and nobody beside one who is, before anything of the schema is touched; who only reads is never in the way', async () => {
  const leave = await alone();
  await expect(database.open()).rejects.toThrow(IS_RESTORED);
  await expect(alone()).rejects.toThrow(IN_USE);
  expect((await migrationsOf(database.url, MIGRATIONS)).applied).toEqual([]);
  await leave();
  await Promise.all([database.open(), database.open(), database.open()]);
  await expect(alone()).rejects.toThrow(IN_USE);
  await (await readPostgresStore(database.url, MIGRATIONS)).close();
  await database.close();
  const again = await alone();
  await (await readPostgresStore(database.url, MIGRATIONS)).close();
  await again();
}, 60_000);

test('a start waits a moment for whoever is about to end, and another database is another matter', async () => {
  const leave = await alone();
  const other = await alone(await server.freshDatabase());
  setTimeout(() => void leave(), 1000);
  await database.open();
  expect(await places()).toEqual([expect.stringMatching(/ ShareLock$/)]);
  await other();
});

test('whoever was killed has it no more', async () => {
  const bot = await another('together');
  await expect(alone()).rejects.toThrow(DatabaseInUse);
  bot.child.kill('SIGKILL');
  await (await alone())();
}, 30_000);

test('a bot whose connection was cut, and one whose server was started again, take their places again and go on', async () => {
  const own = await postgresServer();
  const url = await own.freshDatabase();
  const shared = sharedDatabase(url);
  ending.push(() => shared.close(), () => own.stop());
  const store = await shared.open();
  const isThereAnew = async (before: string[]): Promise<boolean> => {
    const now = await places(url);
    return now.length === 1 && now[0] !== before[0];
  };
  const first = await places(url);
  await own.sql(url, CUT);
  await until(() => isThereAnew(first));
  await expect(alone(url)).rejects.toThrow(IN_USE);
  const second = await places(url);
  await own.kill();
  await sleep(1500);
  await own.start();
  await until(() => isThereAnew(second));
  await expect(alone(url)).rejects.toThrow(IN_USE);
  expect(await store.contracts.all()).toEqual([]);
  await shared.close();
  await (await alone(url))();
}, 60_000);

test('a bot whose connection says nothing any more, without an end, makes another one', async () => {
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(database.url);
  const between = createServer((socket) => {
    const there = connect(Number(port), hostname);
    for (const one of [socket, there]) sockets.add(one.on('error', () => undefined));
    socket.pipe(there).pipe(socket);
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  ending.push(async () => {
    for (const socket of sockets) socket.destroy();
    between.close();
  });
  const leave = await occupy(database.url.replace(`:${port}`, `:${(between.address() as AddressInfo).port}`), 'together', () => undefined);
  ending.unshift(leave);
  const silent = [...sockets];
  for (const socket of silent) socket.unpipe().pause();
  await until(async () => sockets.size > 2 && (await places()).length === 2, 20);
  for (const socket of silent) socket.destroy();
  await until(async () => (await places()).length === 1);
  await expect(alone()).rejects.toThrow(IN_USE);
  await leave();
  await (await alone())();
}, 40_000);

test('a bot that lost it and finds somebody alone ends; so does who was alone and is not any more', async () => {
  const bot = await another('together');
  bot.child.kill('SIGSTOP');
  await server.sql(database.url, CUT);
  const leave = await alone();
  bot.child.kill('SIGCONT');
  expect(await bot.ended).toBe(1);
  expect(bot.heard()).toContain('is being restored or copied.');
  await leave();
  const restoring = await another('alone');
  await server.sql(database.url, CUT);
  expect(await restoring.ended).toBe(1);
  expect(restoring.heard()).toContain('this process stops, so that nothing is lost. Begin again.');
}, 30_000);

test('whoever leaves while there is no way to the database is gone for good', async () => {
  const own = await postgresServer();
  const url = await own.freshDatabase();
  ending.push(() => own.stop());
  const leave = await occupy(url, 'together', () => undefined);
  await own.kill();
  await sleep(500);
  await leave();
  await own.start();
  await sleep(1000);
  expect(await places(url)).toEqual([]);
}, 30_000);
