import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outcome } from '../../bot/teams/http.ts';
import { Http } from '../../bot/teams/http.ts';
import { freePort } from '../support/freePort.ts';

// What becomes of one request, whatever the other side does with it.

let http: Http;
let server: Server;
let url: string;
let asked: number;
let answer: (req: IncomingMessage, res: ServerResponse) => void;
beforeEach(async () => {
  http = new Http();
  asked = 0;
  server = createServer((req, res) => {
    asked += 1;
    req.resume().once('end', () => answer(req, res));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (timeoutMs = 5_000, to = url): Promise<Outcome<unknown>> => http.call({ method: 'POST', url: to, authorization: 'Bearer secret', body: { type: 'message' }, timeoutMs }, (value) => value);
/** restify, once loaded in this process, makes `writeHead` return nothing. */
const begin = (res: ServerResponse, status: number, headers: Record<string, string>): ServerResponse => {
  res.writeHead(status, headers);
  return res;
};
const answers = (status: number, headers: Record<string, string> = {}, body = '{"id":"1"}') => (_req: IncomingMessage, res: ServerResponse): void => void begin(res, status, headers).end(body);

describe('Retry-After', () => {
  const after = async (value: string): Promise<unknown> => {
    answer = answers(429, { 'retry-after': value });
    return post();
  };

  test('in seconds, and never more than ten minutes', async () => {
    expect(await after('3')).toEqual({ kind: 'again', status: 429, afterMs: 3_000 });
    expect(await after('0')).toEqual({ kind: 'again', status: 429, afterMs: 0 });
    expect(await after('86400')).toEqual({ kind: 'again', status: 429, afterMs: 600_000 });
  });

  test('as a date', async () => {
    const { afterMs = 0 } = (await after(new Date(Date.now() + 20_000).toUTCString())) as { afterMs?: number };
    expect(afterMs).toBeGreaterThan(17_000);
    expect(afterMs).toBeLessThanOrEqual(20_000);
  });

  test.each(['soon', '-5', '', new Date(0).toUTCString()])('"%s" is none', async (value) => {
    expect(await after(value)).toEqual({ kind: 'again', status: 429 });
  });
});

describe('nobody knows whether it was done', () => {
  test('no answer in time, not even its beginning', async () => {
    answer = () => undefined;
    expect(await post(300)).toEqual({ kind: 'unknown' });
  });

  test('an answer that begins and does not end', async () => {
    answer = (_req, res) => void begin(res, 201, { 'content-length': '100' }).write('{"id":');
    const began = performance.now();
    expect(await post(300)).toEqual({ kind: 'unknown' });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('a connection that is lost, before the answer or in it', async () => {
    answer = (req) => void req.socket.destroy();
    expect(await post()).toEqual({ kind: 'unknown' });
    answer = (req, res) => {
      begin(res, 201, { 'content-length': '100' }).write('{"id":');
      setTimeout(() => req.socket.destroy(), 50);
    };
    expect(await post()).toEqual({ kind: 'unknown' });
    expect(asked).toBe(2);
  });

  test('an answer of any size, which would fill the memory', async () => {
    answer = answers(200, {}, `"${'x'.repeat(5 * 1024 * 1024)}"`);
    expect(await post()).toEqual({ kind: 'unknown' });
  });

  test.each([408, 504])('%i: a gateway waited in vain', async (status) => {
    answer = answers(status, { 'retry-after': '1' });
    expect(await post()).toEqual({ kind: 'unknown', status });
  });
});

describe('it was not done', () => {
  test('nobody listens', async () => {
    expect(await post(5_000, `http://127.0.0.1:${await freePort()}/`)).toEqual({ kind: 'again' });
    expect(await post(5_000, 'http://no-such-host.invalid/')).toEqual({ kind: 'again' });
  });

  test.each([429, 400])('%i, though the rest of the answer is lost', async (status) => {
    answer = (req, res) => {
      begin(res, status, { 'content-length': '100', 'retry-after': '2' }).write('{');
      setTimeout(() => req.socket.destroy(), 50);
    };
    expect(await post()).toEqual(status === 429 ? { kind: 'again', status, afterMs: 2_000 } : { kind: 'refused', status });
  });

  test('elsewhere: nobody follows, and the token goes nowhere else', async () => {
    let elsewhere = 0;
    const other = createServer((_req, res) => void ((elsewhere += 1), res.end('{}')));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    answer = answers(307, { location: `http://127.0.0.1:${(other.address() as AddressInfo).port}/` });
    expect(await post()).toEqual({ kind: 'refused', status: 307 });
    expect(elsewhere).toBe(0);
    other.close();
  });
});

test('an answer that is no JSON is done all the same', async () => {
  answer = answers(202, {}, 'fine');
  expect(await post()).toEqual({ kind: 'done', value: undefined });
});
