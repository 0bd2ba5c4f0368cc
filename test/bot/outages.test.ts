import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog } from '../../bot/log.ts';
import type { Seen, TestBot } from '../support/bot.ts';
import { baseActivity, testBot } from '../support/bot.ts';
import { CHANNEL, deskOf } from '../support/desk.ts';
import { anna, cleo, dan, mallory, TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';

// What people see, and what whoever runs the bot finds, while the database or the channel is away.

type Line = Record<string, unknown>;
let lines: Line[];
let t: TestBot;
const log = () => createLog('debug', { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
const saying = (message: string): Line[] => lines.filter(({ msg }) => msg === message);
const LOST = 'the store failed for a moment; it is tried again';
const REFERENCE = /[0-9A-F]{8}/;
const referenceIn = ({ text }: Pick<Seen, 'text'>): string => REFERENCE.exec(text)?.[0] ?? 'none';
const metrics = async (): Promise<string> => (await fetch(`${t.bot.url}/metrics`)).text();
/** The value of a line of the metrics; undefined where there is none. */
const counted = async (name: string): Promise<number | undefined> => {
  const line = (await metrics()).split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
};

beforeEach(() => {
  lines = [];
});
afterEach(() => t.stop());

describe('the database is away', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    t = await testBot({ log: log(), environment: { DATABASE_URL: await server.freshDatabase(), DATABASE_POOL: '5', ALLOWED_TENANTS: TENANT, OPERATORS: dan.mail, PUBLIC_URL: 'https://bot.example.com', TURNS_PER_MINUTE: '8' } });
    await t.say(cleo, 'hello');
    lines = [];
    await server.kill();
  });
  // Only then can the bot close what it holds there.
  const back = () => server.start();

  test('a message: one sentence with the reference of the log, in the language of the message, and the channel may bring it again', async () => {
    const seen = await t.say(cleo, 'help', { id: 'm-1' });
    expect([seen.status, seen.sent.length]).toEqual([500, 1]);
    expect(seen.text).toContain('Something went wrong on my side');
    expect(saying('an activity could not be answered')).toEqual([expect.objectContaining({ reference: referenceIn(seen), type: 'message', err: expect.objectContaining({ type: 'DatabaseUnreachable' }) })]);
    const again = await t.say(cleo, 'help', { id: 'm-1' });
    expect([again.status, again.sent]).toEqual([500, []]);
    expect((await t.say(cleo, '使い方を教えて')).text).toContain('参照番号');
    expect((await t.say(cleo, '123', { locale: 'ja-JP' })).text).toContain('参照番号');
    expect(await counted('vl_turns_total{type="message",result="failed"}')).toBe(4);
    await back();
    const answered = await t.say(cleo, 'help', { id: 'm-1' });
    expect([answered.status, answered.sent.length]).toEqual([200, 1]);
    expect(answered.text).toContain('What I can do');
  });

  test('a press is answered with the sentence, each time; an upload too', async () => {
    for (let n = 0; n < 2; n += 1) {
      const seen = await t.press(cleo, { verb: 'command', command: 'help' });
      expect([seen.status, seen.sent]).toEqual([200, []]);
      expect(seen.say).toContain(String(saying('an activity could not be answered').at(-1)?.['reference']));
      expect(seen.say).toMatch(REFERENCE);
    }
    const upload = await t.deliver(cleo, { type: 'invoke', name: 'fileConsent/invoke', value: { action: 'accept', context: {} } });
    expect([upload.status, upload.sent.length]).toEqual([200, 1]);
    expect(upload.text).toMatch(REFERENCE);
    expect(await counted('vl_turns_total{type="invoke",result="failed"}')).toBe(3);
    await back();
  });

  test('nobody is told who spoke with others, or did nothing; whom the bot does not serve, that; who writes very fast, no more than fits', async () => {
    const desk = deskOf(t);
    const overheard = await desk.write(dan, 'lunch?', '17');
    expect([overheard.status, overheard.sent]).toEqual([500, []]);
    expect((await desk.say(dan, 'queue')).sent.map(({ text }) => text)).toEqual([expect.stringMatching(REFERENCE)]);
    expect(t.standing(CHANNEL)).toEqual([]);
    expect((await t.deliver(anna, { type: 'messageUpdate', text: 'hello' })).sent).toEqual([]);
    expect((await t.say(mallory, 'help')).text).toContain('does not serve your organization');
    const fast = await Promise.all(Array.from({ length: 12 }, () => t.say(anna, 'help')));
    expect(t.chat(anna)).toHaveLength(8);
    expect(fast.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 500));
    await back();
  });

  test('a picture and the metrics: nothing of where the database is; what waits is left out', async () => {
    const picture = await fetch(`${t.bot.url}/pictures/${TENANT}/${'a'.repeat(64)}.png`);
    expect([picture.status, await picture.json()]).toEqual([500, { error: 'the request could not be answered' }]);
    expect(saying('a request could not be answered')).toEqual([expect.objectContaining({ route: '/pictures/:tenant/:name', err: expect.objectContaining({ type: 'DatabaseUnreachable' }) })]);
    await t.say(cleo, 'help');
    expect(await counted('vl_turns_total{type="message",result="failed"}')).toBe(1);
    expect([await counted('vl_outbox_age_seconds'), await counted('vl_help_desk_queue')]).toEqual([undefined, undefined]);
    expect(saying('what waits could not be counted').length).toBeGreaterThan(0);
    await back();
    expect([await counted('vl_outbox_age_seconds'), await counted('vl_help_desk_queue')]).toEqual([0, 0]);
  });

  test('turns of one conversation that wait for each other keep their own references', async () => {
    await back();
    // The roster is asked each time, and each time there is a line about it.
    t.channel.misbehave = (method, path) => (method === 'GET' && path.includes('/members/') ? 503 : undefined);
    await Promise.all(Array.from({ length: 6 }, () => t.say(anna, 'help')));
    const [asked, answered] = [saying('the Teams roster did not answer'), saying('turn')].map((of) => of.map(({ reference }) => String(reference)));
    expect(answered).toHaveLength(6);
    expect(new Set(answered).size).toBe(6);
    expect(asked!.toSorted()).toEqual(answered!.toSorted());
  });

  test('what a connection tells is of no turn, whichever made it', async () => {
    await back();
    // Its cards are drawn at the same time, over connections that are made for it.
    await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'for the team' });
    lines = [];
    await server.kill();
    await t.until(() => saying(LOST).length > 2);
    expect(saying(LOST).filter((line) => 'reference' in line)).toEqual([]);
    await back();
  });
});

describe('the channel is away', () => {
  beforeEach(async () => {
    t = await testBot({ log: log() });
    await t.say(cleo, 'hello');
    lines = [];
  });

  test('a turn whose answer could not be sent failed: it says so under one reference, and nowhere that it was answered', async () => {
    t.channel.misbehave = (method) => (method === 'POST' ? 504 : undefined);
    const before = await counted('vl_turns_total{type="message",result="answered"}');
    expect((await t.say(anna, 'help')).status).toBe(500);
    expect(saying('turn')).toEqual([]);
    expect(saying('an activity could not be answered')).toEqual([expect.objectContaining({ reference: expect.stringMatching(REFERENCE), err: expect.objectContaining({ type: 'ChannelFault' }) })]);
    expect(saying('a person could not be told that something failed')).toEqual([]);
    expect(await counted('vl_turns_total{type="message",result="answered"}')).toBe(before);
    expect(await counted('vl_turns_total{type="message",result="failed"}')).toBe(1);
    expect(await counted('vl_turn_seconds_count{type="message"}')).toBe((before ?? 0) + 1);
    // The tries to send it are part of the turn.
    expect(await counted('vl_turn_seconds_sum{type="message"}')).toBeGreaterThan(2.5);
  });

  test('an answer that it refuses: the person gets the sentence, once, and the reference of the log', async () => {
    t.channel.misbehave = (method, _path, raw) => (method === 'POST' && raw.includes('"attachments"') ? 413 : undefined);
    const seen = await t.say(cleo, 'help', { id: 'large' });
    expect([seen.status, seen.sent.length]).toEqual([500, 1]);
    expect(saying('an activity could not be answered').map(({ reference }) => reference)).toEqual([referenceIn(seen)]);
    expect((await t.say(cleo, 'help', { id: 'large' })).sent).toEqual([]);
    t.channel.misbehave = () => 403;
    expect((await t.say(cleo, 'help')).status).toBe(500);
    expect(saying('a person could not be told that something failed').map(({ reference }) => reference)).toEqual([saying('an activity could not be answered').at(-1)?.['reference']]);
  });

  test('every line of a turn has its reference, what goes on after it too; a line of no turn has none', async () => {
    t.channel.misbehave = (method) => (method === 'GET' ? 503 : undefined);
    await t.say(anna, 'help');
    const [reference] = new Set(lines.map((line) => line['reference']));
    expect(reference).toMatch(REFERENCE);
    expect(lines.map((line) => [line['msg'], line['reference']])).toEqual([['the Teams roster did not answer', reference], ['turn', reference]]);
    t.channel.misbehave = (method) => (method === 'POST' ? 403 : undefined);
    lines = [];
    await t.press(cleo, { verb: 'command', command: 'help' });
    expect(saying('background work failed').map((line) => line['reference'])).toEqual([saying('turn')[0]?.['reference']]);
    lines = [];
    await t.post({ ...baseActivity(t.channel, cleo), type: 'message', serviceUrl: 'https://elsewhere.example/' });
    expect(saying('a request was not authenticated').map((line) => line['reference'])).toEqual([undefined]);
  });
});
