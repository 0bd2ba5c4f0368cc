import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'restify';
import type { Bot } from '../../bot/app.ts';
import { createBot } from '../../bot/app.ts';
import { readSettings } from '../../bot/config.ts';
import { readKnowing } from '../../bot/knowing.ts';
import { createLog } from '../../bot/log.ts';
import { createServer } from '../../bot/server.ts';
import { packageRoot, randomIds, systemClock } from '../../bot/system.ts';
import type { Store } from '../../data/store/store.ts';
import { loadGuides } from '../../dialogs/guide.load.ts';
import { baseActivity } from '../support/bot.ts';
import { fakeConnector } from '../support/fakeConnector.ts';
import { cleo, TENANT } from '../support/people.ts';

// No route tells whoever asks what is wrong inside: here the store throws whatever is asked of it.

const INSIDE = 'db-7.internal.example';
const KEY = 'k'.repeat(30);
/** `statusCode`: restify sends the message of what has one. */
const fault = () => Object.assign(new Error(`The database ${INSIDE}:5432/vl cannot be used`), { statusCode: 503 });
const throwing = (): Store => {
  const port = new Proxy({}, { get: () => async () => Promise.reject(fault()) });
  return new Proxy({}, { get: () => port, ownKeys: () => PORTS, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }) as Store;
};
const PORTS = ['contracts', 'people', 'chats', 'ratings', 'gaps', 'helpDesks', 'tickets', 'pictures', 'turns', 'work', 'records'];

let folder: string;
let bot: Bot;
let server: Server;
let lines: string[];
let url: string;
beforeEach(async () => {
  lines = [];
  folder = await mkdtemp(join(tmpdir(), 'vl-routes-'));
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, DOCTOR: 'off', HELP_DESK_API_KEY: KEY, HELP_DESK_TENANT: TENANT, PUBLIC_URL: 'https://bot.example.com' });
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  bot = createBot({ settings, store: throwing(), ...(await readKnowing()), guides: await loadGuides(join(packageRoot(), 'dialogs/guides')), supportLines: [], log, clock: systemClock, ids: randomIds });
  server = createServer(bot);
  // One that comes later, too.
  server.get('/later', async () => Promise.reject(fault()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
afterEach(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await bot.close();
  await rm(folder, { recursive: true });
});

const routes = (): { method: string; path: string }[] => Object.values((server as unknown as { router: { getRoutes(): Record<string, { method: string; path: string }> } }).router.getRoutes());

test('every route answers, and names nothing of the inside', async () => {
  const channel = await fakeConnector();
  const activity = { ...baseActivity(channel, cleo), type: 'message', text: 'help', helper: { name: 'Hana' }, reason: '' };
  const seen: Record<string, number> = {};
  for (const { method, path } of routes()) {
    const at = path.replace(':tenant', TENANT).replace(':name', `${'a'.repeat(64)}.png`).replace(':id', 'T-0123ABCD');
    const response = await fetch(`${url}${at}`, { method, headers: { authorization: `Bearer ${KEY}`, 'idempotency-key': 'one', ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) }, ...(method === 'POST' ? { body: JSON.stringify(activity) } : {}) });
    seen[`${method} ${path}`] = response.status;
    expect(`${await response.text()} ${JSON.stringify([...response.headers])}`).not.toContain(INSIDE);
  }
  expect(seen).toEqual({
    'GET /healthz': 200,
    'GET /readyz': 503,
    'GET /metrics': 200,
    'POST /api/messages': 500,
    'GET /pictures/:tenant/:name': 500,
    'GET /api/help-desk/tickets': 500,
    'GET /api/help-desk/tickets/:id': 500,
    'POST /api/help-desk/tickets/:id/claim': 500,
    'POST /api/help-desk/tickets/:id/close': 500,
    'POST /api/help-desk/tickets/:id/messages': 500,
    'GET /later': 500,
  });
  expect(await (await fetch(`${url}/later`)).json()).toEqual({ error: 'the request could not be answered' });
  expect(lines.filter((line) => line.includes('a request could not be answered') && line.includes(INSIDE))).toHaveLength(3);
  await bot.house.background.idle(5_000);
  await channel.close();
});

test('what is wrong with the request itself is said as before', async () => {
  expect((await fetch(`${url}/nothing-here`)).status).toBe(404);
  const post = (body: string) => fetch(`${url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect((await post('{')).status).toBe(400);
  expect((await post(JSON.stringify('x'.repeat(300_000)))).status).toBe(413);
  expect((await fetch(`${url}/api/help-desk/tickets`)).status).toBe(401);
  expect(lines.filter((line) => line.includes('a request could not be answered'))).toEqual([]);
});
