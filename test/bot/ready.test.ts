/* oxlint-disable jest/no-standalone-expect -- one of the tests is a test where there is prlimit */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readSettings } from '../../bot/config.ts';
import { createLog } from '../../bot/log.ts';
import { start } from '../../bot/start.ts';
import type { TestBot } from '../support/bot.ts';
import { testBot } from '../support/bot.ts';
import { botWithDesk, deskOf, ROLES_CHANNEL } from '../support/desk.ts';
import { fakeOpenId } from '../support/fakeOpenId.ts';
import { sleep } from '../support/orderContract.ts';
import { dan, TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer, WITH_PASSWORD } from '../support/postgres.ts';

// What `/readyz` says while a part of what the bot needs is really not there.

const GOOD = { store: 'ok', token: 'ok', helpDesk: 'off' };
const NO_STORE = [503, { ...GOOD, store: 'failed' }];
/** It is looked no oftener. */
const FRESH_MS = 10_000;

const ready = async (url: string, query = ''): Promise<[number, unknown]> => {
  const response = await fetch(`${url}/readyz${query}`);
  return [response.status, await response.json()];
};

describe('the help desk and the token', () => {
  let t: TestBot;
  afterEach(() => t.stop());

  test('what fails is in the log with the reason, once for each look', async () => {
    const lines: string[] = [];
    t = await testBot({ log: createLog('warn', { write: (line: string) => void lines.push(line) }), environment: { ALLOWED_TENANTS: dan.tenantId, OPERATORS: dan.mail } });
    await deskOf(t).say(dan, 'use as help desk');
    lines.length = 0;
    t.channel.misbehave = () => 503;
    await Promise.all([ready(t.bot.url), ready(t.bot.url)]);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([expect.objectContaining({ msg: 'not ready', check: 'helpDesk', err: '1 of 1 channels do not answer' })]);
  });

  test('whoever decides by it whether people come here asks for the store and the token alone', async () => {
    ({ t } = await botWithDesk({ ALLOWED_TENANTS: dan.tenantId }));
    t.channel.misbehave = (_method, path) => (path.includes('/pagedmembers') ? 404 : undefined);
    expect(await ready(t.bot.url)).toEqual([503, { ...GOOD, helpDesk: 'failed' }]);
    expect(await ready(t.bot.url, '?of=store,token')).toEqual([200, { store: 'ok', token: 'ok' }]);
    for (const nonsense of ['?of=', '?of=nothing', '?of=helpDesk']) expect((await ready(t.bot.url, nonsense))[0]).toBe(503);
  });

  test('without a help desk there is none to reach', async () => {
    t = await testBot();
    expect(await ready(t.bot.url)).toEqual([200, GOOD]);
    expect((await fetch(`${t.bot.url}/healthz`)).status).toBe(200);
  });

  test('a channel that answers, and one of two that does not; however often somebody asks, it is looked once in a while', async () => {
    const made = await botWithDesk({ ALLOWED_TENANTS: dan.tenantId });
    ({ t } = made);
    await made.desk.say(dan, 'use as help desk', ROLES_CHANNEL);
    let asked = 0;
    let isBroken = true;
    t.channel.misbehave = (_method, path) => {
      if (!path.includes('/pagedmembers')) return undefined;
      asked += 1;
      return isBroken && path.includes(ROLES_CHANNEL) ? 503 : undefined;
    };
    const failed = [503, { ...GOOD, helpDesk: 'failed' }];
    expect(await ready(t.bot.url)).toEqual(failed);
    expect(asked).toBe(2);
    isBroken = false;
    expect(await Promise.all(Array.from({ length: 20 }, () => ready(t.bot.url)))).toEqual(Array.from({ length: 20 }, () => failed));
    expect(asked).toBe(2);
    await t.restart();
    expect(await ready(t.bot.url)).toEqual([200, { ...GOOD, helpDesk: 'ok' }]);
  });

  test('a channel that never answers', async () => {
    ({ t } = await botWithDesk({ ALLOWED_TENANTS: dan.tenantId }));
    t.channel.isSilent = (path) => path.includes('/pagedmembers');
    const began = performance.now();
    expect(await ready(t.bot.url)).toEqual([503, { ...GOOD, helpDesk: 'failed' }]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('no token is to be had', async () => {
    t = await testBot();
    const [login, dir] = await Promise.all([fakeOpenId(), mkdtemp(join(tmpdir(), 'vl-ready-'))]);
    const settings = readSettings({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: dir, MicrosoftAppId: '12345678-1234-4234-8234-123456789abc', MicrosoftAppPassword: 'x', MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: TENANT, ...login.environment });
    for (const [refuses, answer] of [[401, [503, { ...GOOD, token: 'failed' }]], [undefined, [200, GOOD]]] as const) {
      login.refuses = refuses;
      const bot = await start(settings, { log: createLog('silent') });
      expect(await ready(bot.url)).toEqual(answer);
      await bot.stop();
    }
    await login.close();
    await rm(dir, { recursive: true });
  });
});

describe('the embedded store cannot be written', () => {
  let dir: string;
  let bot: ChildProcess | undefined;
  afterEach(async () => {
    bot?.kill('SIGKILL');
    await rm(dir, { recursive: true });
  });

  test('its folder is gone, and a file is in its place', async () => {
    dir = await mkdtemp(join(tmpdir(), 'vl-ready-'));
    const data = join(dir, 'data');
    const lines: string[] = [];
    const bot = await start(readSettings({ PORT: '0', DATA_DIR: data }), { log: createLog('warn', { write: (line: string) => void lines.push(line) }) });
    await rename(data, join(dir, 'moved'));
    await writeFile(data, '');
    expect(await ready(bot.url)).toEqual(NO_STORE);
    expect(lines.join('')).toContain('the journal is not in its folder any more');
    await rm(data);
    await rename(join(dir, 'moved'), data);
    await bot.stop();
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('nothing more can be written to a file, until it can again', async () => {
    dir = await mkdtemp(join(tmpdir(), 'vl-ready-'));
    // The limit that is set below would end the process; an error of the write is what a full disk gives.
    const heeded = 'data:text/javascript,process.on("SIGXFSZ",()=>{})';
    const child = spawn(process.execPath, ['--import', heeded, '--disable-warning=ExperimentalWarning', 'dist/bot/main.js'], { env: { PATH: process.env['PATH'], DATA_DIR: dir, PORT: '0' }, stdio: ['ignore', 'pipe', 'ignore'] });
    bot = child;
    let said = '';
    for await (const chunk of child.stdout) if ((said += String(chunk)).includes('listening')) break;
    const url = /"url":"([^"]+)"/.exec(said)?.[1] ?? '';
    const largestFile = (bytes: string): void => expect(spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`]).status).toBe(0);
    largestFile('1');
    expect(await ready(url)).toEqual(NO_STORE);
    largestFile('unlimited');
    await sleep(FRESH_MS);
    expect(await ready(url)).toEqual([200, GOOD]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 60_000);
});

describe('the database cannot be written', () => {
  let server: PostgresServer;
  let t: TestBot;
  beforeAll(async () => {
    server = await postgresServer();
  });
  afterAll(() => server.stop());
  afterEach(() => t.stop());

  test('the server is gone, and comes back', async () => {
    t = await testBot({ environment: { DATABASE_URL: await server.freshDatabase() } });
    await server.kill();
    expect(await ready(t.bot.url)).toEqual([503, { ...GOOD, store: 'failed', helpDesk: 'failed' }]);
    await server.start();
    await sleep(FRESH_MS);
    expect(await ready(t.bot.url)).toEqual([200, GOOD]);
  }, 60_000);

  test('the server only lets itself be read', async () => {
    t = await testBot({ environment: { DATABASE_URL: await server.freshDatabase() } });
    await server.sql(server.url, 'alter system set default_transaction_read_only = on');
    await server.sql(server.url, 'select pg_reload_conf()');
    await sleep(500);
    try {
      expect(await ready(t.bot.url)).toEqual(NO_STORE);
    } finally {
      await server.sql(server.url, 'alter system reset default_transaction_read_only');
      await server.sql(server.url, 'select pg_reload_conf()');
      await sleep(500);
    }
  });

  test('the name that the bot has may only read', async () => {
    const url = await server.freshDatabase();
    await server.sql(server.url, `create role ${WITH_PASSWORD} login password 'secret'`);
    await server.sql(server.url, `alter database ${new URL(url).pathname.slice(1)} owner to ${WITH_PASSWORD}`);
    t = await testBot({ environment: { DATABASE_URL: url.replace('bot@', `${WITH_PASSWORD}:secret@`) } });
    await server.sql(url, `revoke insert, update, delete on all tables in schema public from ${WITH_PASSWORD}`);
    expect(await ready(t.bot.url)).toEqual(NO_STORE);
  });

  test('the server does not answer', async () => {
    const url = await server.freshDatabase();
    t = await testBot({ environment: { DATABASE_URL: url } });
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('begin; lock table work in access exclusive mode');
    const began = performance.now();
    expect(await ready(t.bot.url)).toEqual(NO_STORE);
    expect(performance.now() - began).toBeLessThan(6_000);
    await other.end();
  });
});
