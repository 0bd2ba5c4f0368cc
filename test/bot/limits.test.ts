import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Connector } from '../../bot/teams/connector.ts';
import { Http } from '../../bot/teams/http.ts';
import { Limits } from '../../bot/teams/limits.ts';
import { Metrics } from '../../bot/metrics.ts';
import { noTracing } from '../../bot/tracing.ts';
import type { FakeConnector } from '../support/fakeConnector.ts';
import { fakeConnector } from '../support/fakeConnector.ts';

let channel: FakeConnector;
let http: Http;
beforeEach(async () => {
  channel = await fakeConnector();
  http = new Http();
});
afterEach(async () => {
  await http.close();
  await channel.close();
});

const connector = (serviceHosts = ['127.0.0.1'], authorization: () => Promise<string | undefined> = async () => 'Bearer x'): Connector =>
  new Connector({ http, limits: new Limits(), authorization, serviceHosts, metrics: new Metrics(async () => ({ queue: 0, outboxAge: 0 })), tracing: noTracing });
const here = (): { serviceUrl: string; conversationId: string } => ({ serviceUrl: channel.url, conversationId: 'a:1' });

describe('Teams’ limits, ahead of time', () => {
  test('seven at once to one conversation, the eighth a second later; another conversation does not wait for it', async () => {
    const limits = new Limits();
    const began = performance.now();
    const waits = await Promise.all([...Array.from({ length: 8 }, () => 'a'), 'b'].map(async (conversation) => ((await limits.wait(conversation, 10_000)) ? performance.now() - began : -1)));
    expect(Math.max(...waits.slice(0, 7))).toBeLessThan(300);
    expect(waits[7]).toBeGreaterThanOrEqual(999);
    expect(waits[8]).toBeLessThan(300);
  });

  describe('over hours, which pass at once', () => {
    beforeEach(() => void jest.useFakeTimers());
    afterEach(() => void jest.useRealTimers());

    /** When each send was let go. */
    const sent = async (conversations: string[]): Promise<number[]> => {
      const limits = new Limits();
      const times: number[] = [];
      const all = Promise.all(conversations.map(async (conversation) => (await limits.wait(conversation, Infinity)) && times.push(performance.now())));
      await jest.runAllTimersAsync();
      await all;
      return times;
    };
    /** The shortest time in which one more than `most` were sent. */
    const shortest = (times: number[], most: number): number => Math.min(...times.slice(most).map((at, n) => at - (times[n] ?? 0)));

    test('never more to one conversation than 7 in a second, 8 in two, 60 in thirty and 1,800 in an hour, and hardly fewer', async () => {
      const times = await sent(Array.from({ length: 4_000 }, () => 'a'));
      expect(times).toHaveLength(4_000);
      for (const [most, withinMs] of [[7, 1_000], [8, 2_000], [60, 30_000], [1_800, 3_600_000]] as const) {
        expect(shortest(times, most)).toBeGreaterThanOrEqual(withinMs);
        expect(shortest(times, most)).toBeLessThan(withinMs + 10);
      }
    });

    test('nor more than fifty in a second to all of them together', async () => {
      const times = await sent(Array.from({ length: 500 }, (_, n) => `c${n}`));
      expect(times).toHaveLength(500);
      expect(shortest(times, 50)).toBeGreaterThanOrEqual(1_000);
      expect(shortest(times, 50)).toBeLessThan(1_010);
    });

    test('who is not idle is not forgotten, however many conversations there are', async () => {
      const limits = new Limits();
      const many = (name: string): void => {
        for (let n = 0; n < 10_001; n += 1) void limits.wait(`${name}${n}`, Infinity);
      };
      for (let n = 0; n < 1_800; n += 1) void limits.wait('a', Infinity);
      // The limit of an hour is reached, and that of all conversations not any more.
      await jest.advanceTimersByTimeAsync(1_000_000);
      for (const name of ['b', 'c']) {
        many(name);
        await jest.advanceTimersByTimeAsync(300_000);
        expect([await limits.wait('a', 5_000), await limits.wait(`${name} new`, 5_000)]).toEqual([false, true]);
      }
      // Whoever has been idle for an hour is.
      await jest.advanceTimersByTimeAsync(2 * 3_600_000);
      for (const name of ['d', 'e', 'f', 'g']) many(name);
      expect((Reflect.get(limits, 'conversations') as Map<string, unknown>).size).toBeLessThan(45_000);
      jest.clearAllTimers();
    });
  });

  test('who would wait too long is told at once', async () => {
    const limits = new Limits();
    for (let n = 0; n < 8; n += 1) await limits.wait('a', 10_000);
    const began = performance.now();
    expect(await limits.wait('a', 100)).toBe(false);
    expect(performance.now() - began).toBeLessThan(50);
  });
});

describe('what the channel refuses for now is tried again', () => {
  test.each([429, 412, 502, 503, 504])('%i twice, then taken: once there', async (status) => {
    let left = 2;
    channel.misbehave = () => (left-- > 0 ? status : undefined);
    expect(await connector().deliver(here(), { type: 'message', text: 'x' })).toEqual({ kind: 'done', value: 'sent-1' });
    expect(channel.calls).toHaveLength(1);
  });

  test.each([400, 403, 404, 413])('%i is final, after one request', async (status) => {
    let asked = 0;
    channel.misbehave = () => ((asked += 1), status);
    expect(await connector().deliver(here(), { type: 'message' })).toEqual({ kind: 'refused', status });
    expect(asked).toBe(1);
  });

  test('an answer that was lost is not sent again', async () => {
    channel.drops = () => true;
    expect(await connector().deliver(here(), { type: 'message' })).toEqual({ kind: 'unknown' });
    expect(channel.calls).toHaveLength(1);
  });

  test.each([undefined, '0'])('one that never ends is asked less and less often, and given up in time; Retry-After %s hurries nobody', async (retryAfter) => {
    const asked: number[] = [];
    channel.misbehave = () => (asked.push(performance.now()), 503);
    channel.retryAfter = retryAfter;
    const began = performance.now();
    expect((await connector().deliver(here(), { type: 'message' })).kind).toBe('again');
    expect(performance.now() - began).toBeLessThan(9_000);
    const waits = asked.slice(1).map((at, n) => at - (asked[n] ?? 0));
    expect(waits.length).toBeGreaterThanOrEqual(3);
    for (const [n, wait] of waits.entries()) expect(wait).toBeGreaterThan(374 * 2 ** n);
  }, 15_000);

  test('a lost answer to a change or a removal: done again, which is no more than done', async () => {
    let lost = 1;
    channel.drops = () => lost-- > 0;
    expect(await connector().replace(here(), 'sent-9', { type: 'message', text: 'new' })).toEqual({ kind: 'done', value: undefined });
    expect(channel.calls.map(({ method, activityId }) => [method, activityId])).toEqual([['PUT', 'sent-9'], ['PUT', 'sent-9']]);
    lost = 1;
    expect(await connector().remove(here(), 'sent-9')).toEqual({ kind: 'again' });
    expect(await connector().remove(here(), 'sent-9')).toEqual({ kind: 'done', value: undefined });
  });

  test('what may have been done is not sent again: the channel gave up on a request (408)', async () => {
    let asked = 0;
    channel.misbehave = () => ((asked += 1), 408);
    expect(await connector().deliver(here(), { type: 'message' })).toEqual({ kind: 'unknown', status: 408 });
    expect(asked).toBe(1);
  });
});

describe('Retry-After', () => {
  test('is waited for', async () => {
    const asked: number[] = [];
    channel.misbehave = () => (asked.push(performance.now()) === 1 ? 429 : undefined);
    channel.retryAfter = '2';
    expect((await connector().deliver(here(), { type: 'message' })).kind).toBe('done');
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(1_999);
  });

  test('beyond the turn: given up at once, with the time for whoever tries later', async () => {
    channel.misbehave = () => 429;
    channel.retryAfter = '30';
    const began = performance.now();
    expect(await connector().deliver(here(), { type: 'message' })).toEqual({ kind: 'again', status: 429, afterMs: 30_000 });
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('without it, many that were refused at once do not come back at once', async () => {
    const second: number[] = [];
    const tried = new Set<string>();
    channel.misbehave = (_method, _path, raw) => {
      const isFirst = !tried.has(raw);
      tried.add(raw);
      if (!isFirst) second.push(performance.now());
      return isFirst ? 503 : undefined;
    };
    const one = connector();
    await Promise.all(Array.from({ length: 20 }, (_, n) => one.deliver(here(), { type: 'message', text: String(n) })));
    expect(second).toHaveLength(20);
    expect(Math.max(...second) - Math.min(...second)).toBeGreaterThan(100);
  });
});

test('what goes to Teams waits for Teams’ limits, and is not sent when it would wait too long', async () => {
  // Nobody is there, so that a send that is let go has failed at once. The limits are none of this machine's names.
  const there = { serviceUrl: 'https://127.0.0.2:1/', conversationId: 'a:1' };
  const one = connector(['127.0.0.2']);
  const post = async () => [await one.post(there, { type: 'message' }), performance.now() - began] as const;
  const began = performance.now();
  const first = await Promise.all(Array.from({ length: 8 }, post));
  expect(first.map(([outcome]) => outcome)).toEqual(first.map(() => ({ kind: 'again' })));
  expect(first[6]?.[1]).toBeLessThan(900);
  expect(first[7]?.[1]).toBeGreaterThanOrEqual(1_000);
  // Forty more are let go over ten seconds; who comes then hears when to come again, and does not wait for it.
  const waiting = Array.from({ length: 60 }, post);
  const [late] = await Promise.race(waiting);
  expect(late).toEqual({ kind: 'again', afterMs: 10_000 });
  await http.close();
  await Promise.all(waiting);
}, 20_000);

describe('nothing leaves', () => {
  test.each(['https://evil.example.com/', 'http://127.0.0.1.evil.example.com/', 'http://user@127.0.0.1/', 'ftp://127.0.0.1/', 'nonsense'])('to %s, which is no service of the settings', async (serviceUrl) => {
    let asked = 0;
    const outcome = await connector(['127.0.0.1'], async () => ((asked += 1), 'Bearer secret')).post({ serviceUrl, conversationId: 'a:1' }, { type: 'message' });
    expect([outcome, asked]).toEqual([{ kind: 'refused', status: 403 }, 0]);
  });

  test('in the clear to anything but this machine, even where the host is named', async () => {
    expect(await connector(['smba.trafficmanager.net']).post({ serviceUrl: 'http://smba.trafficmanager.net/', conversationId: 'a:1' }, { type: 'message' })).toEqual({ kind: 'refused', status: 403 });
  });

  test('without a token', async () => {
    const outcome = await connector(['127.0.0.1'], () => Promise.reject(new Error('no token'))).post(here(), { type: 'message' });
    expect([outcome.kind, channel.calls]).toEqual(['again', []]);
  });
});

test('half of a surrogate pair has no place in a URL: the channel is asked all the same, and knows no such id', async () => {
  const half = 'x\udfff';
  const one = connector();
  expect(await one.member(here(), half)).toEqual({ kind: 'refused', status: 404 });
  expect(await one.member({ ...here(), conversationId: half }, half)).toEqual({ kind: 'refused', status: 404 });
  expect(await one.post(here(), { type: 'message', replyToId: half })).toMatchObject({ kind: 'done' });
  for (const outcome of [await one.update(here(), half, { type: 'message' }), await one.remove(here(), half)]) expect(outcome).toMatchObject({ kind: expect.stringMatching(/done|refused/) });
});
