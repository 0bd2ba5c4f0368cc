import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pace } from '../../bot/pace.ts';
import { botWithDesk } from '../support/desk.ts';
import type { TestBot } from '../support/bot.ts';
import { testBot } from '../support/bot.ts';
import { TestClock } from '../support/clock.ts';
import { cleo, dan, mallory, OTHER_TENANT, TENANT } from '../support/people.ts';

let t: TestBot;
afterEach(() => t.stop());

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
    expect((await metrics({ forwarded: 'for=203.0.113.1' })).status).toBe(401);
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
    expect((await t.say(cleo, 'help')).text).toContain('More is coming in than I can handle');
    expect((await t.say(cleo, 'help')).sent).toEqual([]);
    expect((await t.press(cleo, { verb: 'command', command: 'help' })).say).toContain('More is coming in than I can handle');
    t.clock.advance(60_000);
    expect((await t.say(cleo, 'help')).text).toContain('What I can do');
  });

  test('what one person has too many takes nothing from the others', async () => {
    for (let n = 0; n < 20; n += 1) await t.say(cleo, 'help');
    expect((await t.say(dan, 'help')).text).toContain('What I can do');
  });

  test('a whole tenant: each of its people is told once', async () => {
    for (let n = 0; n < 8; n += 1) await t.say({ ...cleo, id: `29:many${n}`, objectId: `d000000${n}-1111-4111-8111-111111111111` }, 'help');
    expect((await t.say(dan, 'help')).text).toContain('More is coming in than I can handle');
    expect((await t.say(dan, 'help')).sent).toEqual([]);
    expect((await t.say(mallory, 'help')).text).toContain('What I can do');
  });

  test('however many there are: who is too fast stays so for the minute, and who is silent for one is forgotten', () => {
    const clock = new TestClock();
    const pace = new Pace({ person: 1, tenant: 1_000_000 }, clock);
    const many = (name: string): void => {
      for (let n = 0; n < 25_000; n += 1) pace.of(TENANT, `${name}${n}`);
    };
    expect([pace.of(TENANT, 'x'), pace.of(OTHER_TENANT, 'x'), pace.of(TENANT, 'x')]).toEqual(['fine', 'fine', 'first']);
    many('a');
    expect(pace.of(TENANT, 'x')).toBe('more');
    for (let minute = 0; minute < 10; minute += 1) {
      clock.advance(60_000);
      many(`m${minute} `);
    }
    expect((Reflect.get(pace, 'minutes') as Map<string, unknown>).size).toBeLessThan(75_000);
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
