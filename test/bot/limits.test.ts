import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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

  test('never more than eight in any two seconds, nor fifty in any second over all conversations', async () => {
    const limits = new Limits();
    const times: number[] = [];
    await Promise.all(Array.from({ length: 10 }, async () => (await limits.wait('a', 10_000)) && times.push(performance.now())));
    times.sort((a, b) => a - b);
    for (const [n, at] of times.entries()) expect(at - (times[n - 8] ?? -Infinity)).toBeGreaterThanOrEqual(1_999);
    const all: number[] = [];
    await Promise.all(Array.from({ length: 60 }, async (_, n) => (await limits.wait(`c${n}`, 10_000)) && all.push(performance.now())));
    all.sort((a, b) => a - b);
    for (const [n, at] of all.entries()) expect(at - (all[n - 50] ?? -Infinity)).toBeGreaterThanOrEqual(999);
  }, 15_000);

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

  test('one that never ends is given up in time', async () => {
    channel.misbehave = () => 503;
    const began = performance.now();
    expect((await connector().deliver(here(), { type: 'message' })).kind).toBe('again');
    expect(performance.now() - began).toBeLessThan(9_000);
  }, 15_000);
});

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
