import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { botWithDesk } from '../support/desk.ts';
import type { TestBot } from '../support/bot.ts';
import { testBot } from '../support/bot.ts';
import { cleo, dan } from '../support/people.ts';

let t: TestBot;
afterEach(() => t.stop());

describe('ready', () => {
  const ready = async (): Promise<[number, unknown]> => {
    const response = await fetch(`${t.bot.url}/readyz`);
    return [response.status, await response.json()];
  };

  test('the store takes records; without a help desk there is none to reach', async () => {
    t = await testBot();
    expect(await ready()).toEqual([200, { store: 'ok', token: 'ok', helpDesk: 'off' }]);
    expect((await fetch(`${t.bot.url}/healthz`)).status).toBe(200);
  });

  test('a help desk that answers, and one that does not', async () => {
    ({ t } = await botWithDesk({ ALLOWED_TENANTS: dan.tenantId }));
    expect(await ready()).toEqual([200, { store: 'ok', token: 'ok', helpDesk: 'ok' }]);
    await t.restart();
    t.channel.misbehave = (_method, path) => (path.includes('/pagedmembers') ? 503 : undefined);
    expect(await ready()).toEqual([503, { store: 'ok', token: 'ok', helpDesk: 'failed' }]);
    // However often somebody asks, it is looked once in a while.
    const before = t.channel.calls.length;
    await Promise.all(Array.from({ length: 20 }, ready));
    expect(t.channel.calls.length).toBe(before);
  });
});

describe('metrics', () => {
  const metrics = (headers: Record<string, string> = {}): Promise<Response> => fetch(`${t.bot.url}/metrics`, { headers });

  test('turns, answers, sends and what waits, by kind and result, and nobody’s name', async () => {
    ({ t } = await botWithDesk());
    await t.say(cleo, 'I never got the welcome mail');
    await t.press(cleo, { verb: 'nonsense' });
    await t.press(cleo, { verb: 'openTicket', question: 'The page stays white', subject: 'other' });
    const text = await (await metrics()).text();
    expect(text).toMatch(/^vl_turns_total\{type="message",result="answered"\} [1-9]/m);
    expect(text).toMatch(/^vl_turns_total\{type="invoke",result="answered"\} 2$/m);
    expect(text).toMatch(/^vl_turn_seconds_count\{type="message"\} [1-9]/m);
    expect(text).toMatch(/^vl_answers_total\{outcome="sure"\} 1$/m);
    expect(text).toMatch(/^vl_sends_total\{method="POST",outcome="done"\} [1-9]/m);
    expect(text).toMatch(/^vl_help_desk_queue 1$/m);
    expect(text).toMatch(/^vl_outbox_age_seconds 0$/m);
    expect(text).not.toMatch(/cleo|white|@example/i);
  });

  test('not for whoever comes through a proxy; with a token, for whoever has it', async () => {
    t = await testBot();
    expect((await metrics()).status).toBe(200);
    expect((await metrics({ 'x-forwarded-for': '203.0.113.1' })).status).toBe(401);
    await t.stop();
    t = await testBot({ environment: { METRICS_TOKEN: 'a-long-enough-token' } });
    expect((await metrics()).status).toBe(401);
    expect((await metrics({ authorization: 'Bearer a-long-enough-tokem' })).status).toBe(401);
    expect((await metrics({ authorization: 'Bearer a-long-enough-token' })).status).toBe(200);
  });
});

describe('too fast', () => {
  beforeEach(async () => {
    t = await testBot({ environment: { TURNS_PER_MINUTE: '5', TENANT_TURNS_PER_MINUTE: '8' } });
  });

  test('one person: told once, then not answered, until the minute is over; buttons always get a sentence', async () => {
    for (let n = 0; n < 5; n += 1) expect((await t.say(cleo, 'help')).text).toContain('What I can do');
    expect((await t.say(cleo, 'help')).text).toContain('faster than I can follow');
    expect((await t.say(cleo, 'help')).sent).toEqual([]);
    expect((await t.press(cleo, { verb: 'command', command: 'help' })).say).toContain('faster than I can follow');
    t.clock.advance(60_000);
    expect((await t.say(cleo, 'help')).text).toContain('What I can do');
  });

  test('a whole tenant', async () => {
    for (let n = 0; n < 8; n += 1) await t.say({ ...cleo, id: `29:many${n}`, objectId: `d000000${n}-1111-4111-8111-111111111111` }, 'help');
    expect((await t.say(dan, 'help')).text).toContain('faster than I can follow');
  });
});

test('traces go where the setting says: a turn, and what was sent in it', async () => {
  const bodies: string[] = [];
  const collector = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    req.on('end', () => {
      bodies.push(`${req.url} ${body}`);
      res.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  t = await testBot({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}` } });
  await t.say(cleo, 'I never got the welcome mail');
  await t.restart();
  expect(bodies.join('\n')).toMatch(/^\/v1\/traces/);
  for (const name of ['turn', 'send', 'vl-access-bot']) expect(bodies.join('\n')).toContain(name);
  expect(bodies.join('\n')).not.toMatch(/welcome|cleo/i);
  collector.close();
});
