import { afterEach, expect, test } from '@jest/globals';
import { request } from 'node:http';
import type { TestBot } from '../support/bot.ts';
import { baseActivity, testBot } from '../support/bot.ts';
import { botWithDesk, CHANNEL } from '../support/desk.ts';
import { anna, bob, cleo } from '../support/people.ts';

let t: TestBot;
afterEach(() => t.stop());

const counted = async (name: string): Promise<number> => {
  const text = await (await fetch(`${t.bot.url}/metrics`)).text();
  return Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.slice(name.length) ?? 0);
};

test('cards that did not reach their person: of a request, and what is said at its time', async () => {
  t = await testBot();
  for (const who of [anna, bob, cleo]) await t.say(who, 'hello');
  expect(await counted('vl_notifications_failed_total')).toBe(0);
  t.channel.misbehave = (method, path) => (method === 'POST' && path.includes(anna.id) ? 403 : undefined);
  await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'for the team' });
  expect(await counted('vl_notifications_failed_total')).toBe(1);
  await t.press(cleo, { verb: 'remind', guide: 'waiting', at: new Date(t.clock.now().getTime() + 10 * 60_000).toISOString() });
  t.channel.misbehave = (method, path) => (method === 'POST' && path.includes(cleo.id) ? 403 : undefined);
  await t.pass(11 * 60_000);
  expect(await counted('vl_notifications_failed_total')).toBe(2);
});

test('requests that are not let in, by reason', async () => {
  t = await testBot();
  const activity = baseActivity(t.channel, cleo);
  const deep = JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) as unknown;
  expect((await t.post({ type: 'message' })).status).toBe(400);
  expect((await t.post({ ...activity, type: 'message', value: deep })).status).toBe(400);
  for (let n = 0; n < 2; n += 1) expect((await t.post({ ...activity, type: 'message', serviceUrl: 'https://elsewhere.example/' })).status).toBe(401);
  expect(await Promise.all(['shape', 'depth', 'authentication'].map((reason) => counted(`vl_refused_total{reason="${reason}"}`)))).toEqual([1, 1, 2]);
});

test('the outbox is as old as the oldest event of a ticket that the help desk has not got, and empty when it has', async () => {
  ({ t } = await botWithDesk());
  t.channel.misbehave = (method, path) => (method === 'POST' && path.includes(CHANNEL) ? 503 : undefined);
  await t.press(cleo, { verb: 'openTicket', question: 'The page stays white', subject: 'other' });
  expect(await counted('vl_outbox_age_seconds')).toBeLessThan(1);
  t.clock.advance(120_000);
  expect(await counted('vl_outbox_age_seconds')).toBeGreaterThanOrEqual(120);
  expect(await counted('vl_help_desk_queue')).toBe(1);
  t.channel.misbehave = undefined;
  await t.restart();
  await t.bot.house.background.idle(10_000);
  expect(await counted('vl_outbox_age_seconds')).toBe(0);
});

test('without a token, for this machine under a name of its own: a proxy on it passes on the bot’s', async () => {
  t = await testBot();
  const { port } = new URL(t.bot.url);
  const asked = (host: string, headers: Record<string, string> = {}): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/metrics', headers: { host, ...headers } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      }).on('error', reject).end();
    });
  for (const host of ['127.0.0.1', `127.0.0.1:${port}`, '[::1]', 'localhost:3978', 'LOCALHOST']) expect([host, await asked(host)]).toEqual([host, 200]);
  for (const host of ['bot.example.com', 'localhost.example.com', '127.0.0.1.example.com', '10.0.0.4']) expect([host, await asked(host)]).toEqual([host, 401]);
  expect(await asked('localhost', { forwarded: 'for=203.0.113.1' })).toBe(401);
});
