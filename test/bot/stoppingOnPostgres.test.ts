import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { baseActivity } from '../support/bot.ts';
import type { BotProcess } from '../support/botProcess.ts';
import { botProcess } from '../support/botProcess.ts';
import { CHANNEL } from '../support/desk.ts';
import type { FakeConnector } from '../support/fakeConnector.ts';
import { fakeConnector } from '../support/fakeConnector.ts';
import { cleo, TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';

// A process on PostgreSQL that is asked to end.

let server: PostgresServer;
let channel: FakeConnector;
let url: string;
let bot: BotProcess;
beforeAll(async () => void (server = await postgresServer()));
afterAll(() => server.stop());
beforeEach(async () => {
  [channel, url] = await Promise.all([fakeConnector(), server.freshDatabase()]);
  channel.members.set(cleo.id, { id: cleo.id, aadObjectId: cleo.objectId, userPrincipalName: cleo.mail, name: cleo.name });
});
afterEach(async () => {
  bot.kill('SIGKILL');
  await channel.close();
});

const start = (): BotProcess => (bot = botProcess({ DATABASE_URL: url, HELP_DESK_CHANNELS: CHANNEL, HELP_DESK_SERVICE_URL: channel.url, HELP_DESK_TENANT: TENANT }));
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let waited = 0; !(await holds()); waited += 20) {
    if (waited > 15_000) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('while it catches up with a database that lets it wait: it ends, and in time', async () => {
  // The first start makes the schema.
  await start().url;
  bot.kill('SIGTERM');
  expect((await bot.ended).code).toBe(0);
  const other = new Client(url);
  await other.connect();
  await other.query('begin; lock table help_desks in access exclusive mode');
  await start().url;
  await until(async () => (await server.sql(url, "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%help_desks%'")).length > 0);
  bot.kill('SIGTERM');
  const { code, after } = await bot.ended;
  await other.end();
  expect(code).toBe(0);
  expect(after).toBeLessThan(8_000);
});

test('what it put off may be begun by others at once', async () => {
  channel.misbehave = (_method, path) => (path.includes('19:desk') ? 503 : undefined);
  const opened = await fetch(`${await start().url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...baseActivity(channel, cleo), type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: 'openTicket', data: { verb: 'openTicket', question: 'The page stays white', subject: 'other' } } } }),
  });
  expect(await opened.text()).toMatch(/T-[0-9A-Z]{8}/);
  const putOff = (): Promise<object[]> => server.sql(url, "select key from work where due_at > now() + interval '1 second'");
  await until(async () => (await putOff()).length > 0);
  bot.kill('SIGTERM');
  expect((await bot.ended).code).toBe(0);
  expect(await server.sql(url, 'select key from work where due_at <= now() and leased_until is null')).not.toEqual([]);
  expect(await server.sql(url, 'select key from work where due_at > now() or leased_until > now()')).toEqual([]);
});
