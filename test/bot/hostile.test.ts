/* oxlint-disable jest/no-standalone-expect -- after every test the server has to be there as before */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from '../../bot/server.ts';
import type { TestBot } from '../support/bot.ts';
import { baseActivity, testBot } from '../support/bot.ts';
import { anna } from '../support/people.ts';
import type { Heard } from '../support/rawHttp.ts';
import { rawHttp } from '../support/rawHttp.ts';

// The server as somebody meets it who means ill, before anything is authenticated. The times are short here, so that waiting for them is.

const LIMITS = { headersMs: 400, requestMs: 800, idleMs: 400, mostHeaders: 100, lookMs: 100 };
/** What the checks and a busy machine may add to a time. */
const LATE = 2_500;

let t: TestBot;
let port: number;
let http: Server;
beforeAll(async () => {
  t = await testBot();
  const server = createServer({ ...t.bot, stop: () => undefined }, LIMITS);
  http = (server as unknown as { server: Server }).server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (http.address() as AddressInfo).port;
});
afterAll(async () => {
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
  await t.stop();
});

const faults: unknown[] = [];
const onFault = (fault: unknown): void => void faults.push(fault);
beforeEach(() => void process.on('uncaughtException', onFault).on('unhandledRejection', onFault));
afterEach(async () => {
  process.off('uncaughtException', onFault).off('unhandledRejection', onFault);
  const began = performance.now();
  const { status } = await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } });
  const ms = performance.now() - began;
  if (faults.length > 0 || status !== 200 || ms > 1_000) throw new Error(`afterwards: /healthz ${status} after ${ms} ms, not caught: ${faults.splice(0).join(', ')}`);
});

const activity = (more: Record<string, unknown> = {}): string => JSON.stringify({ ...baseActivity(t.channel, anna), type: 'message', text: 'help', ...more });
const request = (body: string | Buffer, headers: string[] = [], line = 'POST /api/messages HTTP/1.1'): Buffer =>
  Buffer.concat([Buffer.from([line, 'host: bot', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`, ...headers].join('\r\n')), Buffer.from('\r\n\r\n'), Buffer.from(body)]);
const closing = (body: string | Buffer, ...more: string[]): Promise<Heard> => rawHttp(port, request(body, ['connection: close', ...more]));

describe('bodies', () => {
  test('one over the limit is refused by its length, and one that does not say its length when it has come', async () => {
    expect((await closing(activity({ text: 'x'.repeat(300_000) }))).statuses).toEqual([413]);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const heard = await rawHttp(port, `POST /api/messages HTTP/1.1\r\nhost: bot\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunk.repeat(8)}0\r\n\r\n`);
    expect(heard.statuses).toEqual([413]);
  });

  test('JSON that is 10,000 levels deep is no activity, and is refused at once', async () => {
    const deep = activity().replace('"locale":', `"value":${'['.repeat(10_000)}${']'.repeat(10_000)},"locale":`);
    const began = performance.now();
    const { statuses, text } = await closing(deep);
    expect(statuses).toEqual([400]);
    expect(text).toContain('not an activity: too deep');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('of JSON fifty levels are read, and one more is none', async () => {
    // The innermost one is no level, and around all of them is the activity.
    const nested = (levels: number): string => activity().replace('"locale":', `"value":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)},"locale":`);
    expect((await closing(nested(50))).statuses).toEqual([200]);
    expect((await closing(nested(51))).statuses).toEqual([400]);
  });

  test('what is no JSON, or no UTF-8, or begins with a mark, is a 400 or is read, and never a fault', async () => {
    for (const body of ['', '{', '[', 'null', '"x"', '7', '[]', '{"type":"message"', activity().slice(0, -20), `${activity()}${activity()}`, '{"a":\u0000}']) expect([body, (await closing(body)).statuses]).toEqual([body, [400]]);
    for (const bytes of [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(activity())]), Buffer.from(activity({ text: 'X' })).fill(0xff, 30, 31), Buffer.from(activity(), 'utf16le')]) {
      const { statuses } = await closing(bytes);
      expect([200, 400]).toContain(statuses[0]);
    }
  });

  test('an id or a type of thousands of characters is none: it would become part of a URL and of the log', async () => {
    const long = 'x'.repeat(20_000);
    for (const more of [{ id: long }, { replyToId: long }, { type: long }, { channelId: long }, { from: { id: long } }, { recipient: { id: long } }]) expect([Object.keys(more), (await closing(activity(more))).statuses]).toEqual([Object.keys(more), [400]]);
    expect((await closing(activity({ id: 'x'.repeat(1_000) }))).statuses).toEqual([200]);
  });

  test('half of a surrogate pair in an id, which becomes part of a URL, is no fault', async () => {
    for (const more of [{ id: 'x\udfff' }, { replyToId: '\ud800' }, { from: { id: 'x\udfff' } }]) expect([more, (await closing(activity(more))).statuses]).toEqual([more, [200]]);
    expect((await closing(activity({ conversation: { id: 'x\udfff' } }))).statuses).toEqual([400]);
  });

  test('of a key that is there twice one counts, for who speaks as for what is said', async () => {
    const { statuses } = await closing(activity().replace('"locale":', '"text":"hello","text":"help","type":"typing","type":"message","locale":'));
    expect(statuses).toEqual([200]);
  });

  test('packed, or of another type: refused unread', async () => {
    for (const header of ['content-encoding: gzip', 'content-encoding: br', 'content-encoding: x-nonsense', 'content-encoding: identity, gzip']) expect([header, (await closing('x', header)).statuses]).toEqual([header, [415]]);
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      const { statuses } = await rawHttp(port, `POST /api/messages HTTP/1.1\r\nhost: bot\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: 2\r\n\r\n{}`);
      expect([type, statuses]).toEqual([type, [415]]);
    }
  });
});

describe('slow senders are cut off', () => {
  const head = 'POST /api/messages HTTP/1.1\r\nhost: bot\r\ncontent-type: application/json\r\n';

  test('headers that never end', async () => {
    const { cutAfter, statuses } = await rawHttp(port, head, { drip: { bytes: 'x: y\r\n', everyMs: 50 } });
    expect(statuses).toEqual([408]);
    expect(cutAfter).toBeLessThan(LIMITS.headersMs + LATE);
  });

  test('a body that comes byte by byte', async () => {
    const { cutAfter } = await rawHttp(port, `${head}content-length: 5000\r\n\r\n`, { drip: { bytes: ' ', everyMs: 50 } });
    expect(cutAfter).toBeLessThan(LIMITS.requestMs + LATE);
  });

  test('a chunked body that never ends', async () => {
    const { cutAfter } = await rawHttp(port, `${head}transfer-encoding: chunked\r\n\r\n`, { drip: { bytes: '1\r\n \r\n', everyMs: 50 } });
    expect(cutAfter).toBeLessThan(LIMITS.requestMs + LATE);
  });

  test('who was answered and stays', async () => {
    const { cutAfter, statuses } = await rawHttp(port, request(activity()));
    expect(statuses).toEqual([200]);
    expect(cutAfter).toBeLessThan(LIMITS.idleMs + 1_000 + LATE);
  });

  test('as the bot is set: headers within ten seconds, the whole request within fifteen', async () => {
    const own = Number(new URL(t.bot.url).port);
    const [headers, body] = await Promise.all([
      rawHttp(own, head, { forMs: 20_000, drip: { bytes: 'x: y\r\n', everyMs: 500 } }),
      rawHttp(own, `${head}content-length: 5000\r\n\r\n`, { forMs: 20_000, drip: { bytes: ' ', everyMs: 500 } }),
    ]);
    for (const [{ cutAfter }, ms] of [[headers, 10_000], [body, 15_000]] as const) {
      expect(cutAfter).toBeGreaterThan(ms - 1_000);
      expect(cutAfter).toBeLessThan(ms + LATE);
    }
  }, 30_000);

  test('three hundred connections that say nothing keep nobody else waiting, and are closed', async () => {
    const sockets: Socket[] = await Promise.all(Array.from({ length: 300 }, () => new Promise<Socket>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', () => undefined);
    })));
    const closed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.resume().once('close', resolve))));
    const began = performance.now();
    expect((await closing(activity())).statuses).toEqual([200]);
    expect(performance.now() - began).toBeLessThan(1_000);
    await closed;
    expect(performance.now() - began).toBeLessThan(LIMITS.headersMs + LATE);
  });
});

describe('the protocol', () => {
  test('garbage behind a good request: the one is answered, the other ends the connection', async () => {
    const { statuses, cutAfter } = await rawHttp(port, Buffer.concat([request(activity()), Buffer.from('\u0000\u0001garbage\r\n\r\n')]));
    expect(statuses.at(-1)).toBe(400);
    expect(cutAfter).toBeDefined();
    expect((await rawHttp(port, Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01]))).cutAfter).toBeDefined();
  });

  test('many requests at once over one connection are each answered', async () => {
    const { statuses } = await rawHttp(port, Buffer.concat([...Array.from({ length: 20 }, () => request(activity())), request(activity(), ['connection: close'])]));
    expect(statuses).toEqual(Array.from({ length: 21 }, () => 200));
  });

  test('two lengths, or a length and chunks: one request must not be two', async () => {
    for (const header of ['content-length: 3', 'transfer-encoding: chunked', 'transfer-encoding: xchunked', 'content-length: +2']) expect([header, (await closing('{}', header)).statuses[0]]).toEqual([header, 400]);
  });

  test('headers that are too large or too many', async () => {
    expect((await closing('{}', `x: ${'y'.repeat(20_000)}`)).statuses).toEqual([431]);
    expect((await closing('{}', ...Array.from({ length: 5_000 }, (_, n) => `x${n}: y`))).statuses).toEqual([431]);
    const many = await closing('{}', ...Array.from({ length: 1_000 }, (_, n) => `x${n}: y`));
    expect(many.statuses[0]).toBeGreaterThanOrEqual(400);
    expect(many.statuses[0]).toBeLessThan(500);
  });

  test('what comes behind the hundredth header counts for nothing: it is not read, or, by newer versions of Node, refused', async () => {
    const behind = (count: number): Promise<Heard> => rawHttp(port, ['POST /api/messages HTTP/1.1', 'host: bot', 'connection: close', 'content-length: 2', ...Array.from({ length: count }, (_, n) => `x${n}: y`), 'content-type: application/json', '', '{}'].join('\r\n'));
    expect((await behind(90)).statuses).toEqual([400]);
    expect([[415], [431]]).toContainEqual((await behind(110)).statuses);
  });

  test('other methods are none, whatever a header calls them', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD']) {
      const { statuses } = await rawHttp(port, request(activity(), ['connection: close', 'x-http-method-override: POST'], `${method} /api/messages HTTP/1.1`));
      expect([method, statuses]).toEqual([method, [405]]);
    }
    const before = t.channel.calls.length;
    expect((await rawHttp(port, 'CONNECT evil.example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n')).statuses).toEqual([]);
    expect((await rawHttp(port, request('{}', ['connection: close', 'x-http-method-override: GET'], 'POST /healthz HTTP/1.1'))).statuses).toEqual([405]);
    expect((await rawHttp(port, 'FETCH / HTTP/1.1\r\n\r\n')).statuses).toEqual([400]);
    expect(t.channel.calls).toHaveLength(before);
  });

  test('no path leads to a file', async () => {
    for (const path of ['/../../../etc/passwd', '/..%2f..%2f..%2fetc%2fpasswd', '/pictures/../../package.json', '/api/messages/../../package.json', '//evil.example.com/', '/api/messages%00', '/%', '/%ff', '/package.json', 'http://evil.example.com/api/messages', '/api/messages/', '/API/MESSAGES', '/.env', `/${'x'.repeat(8_000)}`, '*']) {
      const { statuses, text } = await rawHttp(port, `GET ${path} HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n`);
      expect([path, [400, 404, 405].includes(statuses[0] ?? 0)]).toEqual([path, true]);
      expect(text).not.toMatch(/root:|vl-access-bot","|devDependencies/);
    }
  });

  test('Expect: 100-continue is answered and read; anything else is not expected', async () => {
    const { statuses } = await closing(activity(), 'expect: 100-continue');
    expect(statuses).toEqual([100, 200]);
    expect((await closing(activity(), 'expect: a-miracle')).statuses).toEqual([417]);
  });
});
