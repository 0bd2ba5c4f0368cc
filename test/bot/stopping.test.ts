import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseActivity } from '../support/bot.ts';
import type { BotProcess } from '../support/botProcess.ts';
import { botProcess } from '../support/botProcess.ts';
import { CHANNEL } from '../support/desk.ts';
import type { FakeConnector } from '../support/fakeConnector.ts';
import { fakeConnector } from '../support/fakeConnector.ts';
import { cleo, TENANT } from '../support/people.ts';

// The whole bot as a process of its own, asked to end, or ended by a fault.

let dir: string;
let channel: FakeConnector;
let bots: BotProcess[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vl-stopping-'));
  channel = await fakeConnector();
  channel.members.set(cleo.id, { id: cleo.id, aadObjectId: cleo.objectId, userPrincipalName: cleo.mail, name: cleo.name });
  bots = [];
});
afterEach(async () => {
  for (const bot of bots) bot.kill('SIGKILL');
  await channel.close();
  await rm(dir, { recursive: true });
});

function run(environment: Record<string, string> = {}, options: string[] = []): BotProcess {
  const bot = botProcess({ DATA_DIR: dir, ...environment }, options);
  bots.push(bot);
  return bot;
}

const ask = (text: string): string => JSON.stringify({ ...baseActivity(channel, cleo), type: 'message', text });
const say = async (bot: BotProcess, text: string): Promise<number> => (await fetch(`${await bot.url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: ask(text) })).status;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (holds: () => boolean): Promise<void> => {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 15_000) throw new Error('it never came');
    await sleep(5);
  }
};
const sent = (): string[] => channel.calls.map(({ body }) => body.text ?? '');
/** The channel takes what is sent after `ms`; returns what resolves when something is being sent. */
function slowChannel(ms: number): () => Promise<void> {
  let isSending = false;
  channel.delays = (method) => {
    if (method !== 'POST') return undefined;
    isSending = true;
    return ms;
  };
  return () => until(() => isSending);
}

describe('SIGTERM', () => {
  test('a turn that takes 6 s ends; meanwhile no other is taken, over whichever connection', async () => {
    const bot = run();
    const port = Number(new URL(await bot.url).port);
    const idle = await connection(port, 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    await until(() => idle.heard().includes('200 OK'));
    const late = ask('who can give me a role?');
    const [halfSent, halfAsked, halfProbed] = await Promise.all([
      connection(port, `POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(late)}\r\n\r\n`),
      connection(port, 'GET /readyz HTTP/1.1\r\nhost: x\r\n'),
      connection(port, 'GET /healthz HTTP/1.1\r\nhost: x\r\n'),
    ]);
    const sending = slowChannel(6_000);
    const turn = say(bot, 'help');
    await sending();
    bot.kill('SIGTERM');
    await until(() => bot.said().includes('stopping'));
    await until(idle.isClosed);
    await expect(say(bot, 'help')).rejects.toThrow('fetch failed');
    halfSent.write(late);
    halfAsked.write('\r\n');
    halfProbed.write('\r\n');
    await until(() => [halfSent, halfAsked, halfProbed].every(({ isClosed }) => isClosed()));
    for (const { heard } of [halfSent, halfAsked]) {
      expect(heard()).toMatch(/^HTTP\/1\.1 503 /);
      expect(heard()).toMatch(/^connection: close\r$/im);
      expect(heard()).toContain('the bot is stopping');
    }
    expect(halfProbed.heard()).toMatch(/^HTTP\/1\.1 200 /);
    expect(sent()).toEqual([]);
    expect(await turn).toBe(200);
    const { code, after } = await bot.ended;
    expect([code, sent().length]).toEqual([0, 1]);
    expect(after).toBeGreaterThan(5_000);
    expect(after).toBeLessThan(9_000);
    expectGivenBack();
  });

  test('a turn ends when its sender has hung up', async () => {
    const bot = run();
    const body = ask('help');
    const sending = slowChannel(2_000);
    const sender = await connection(Number(new URL(await bot.url).port), `POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    await sending();
    sender.hangUp();
    await sleep(100);
    bot.kill('SIGTERM');
    const { code } = await bot.ended;
    expect(code).toBe(0);
    expect(sent()).toHaveLength(1);
    expect(bot.said()).toContain('"msg":"turn"');
  });

  test('a turn without an end is cut, and said to be; the end is 0 and in time', async () => {
    const bot = run();
    const sending = slowChannel(60_000);
    const turn = say(bot, 'help').catch(() => 'cut');
    await sending();
    bot.kill('SIGTERM');
    const { code, after } = await bot.ended;
    expect(await turn).toBe('cut');
    expect(code).toBe(0);
    expect(after).toBeGreaterThan(7_500);
    expect(after).toBeLessThan(10_000);
    expect(bot.said()).toContain('requests took too long and are cut');
    expectGivenBack();
  });

  test('a request that is half there is not waited for', async () => {
    const bot = run();
    await connection(Number(new URL(await bot.url).port), 'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"type"');
    await sleep(100);
    bot.kill('SIGTERM');
    const { code, after } = await bot.ended;
    expect(code).toBe(0);
    expect(after).toBeLessThan(5_000);
  });

  test('while it still opens the store: it ends as well', async () => {
    const bot = run();
    await until(() => existsSync(dir) && readdirSync(dir).length > 0);
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0, signal: null });
    expectGivenBack();
  });

  test.each(['hangs', 'refuses', 'fails'])('the collector of traces %s: everything is written, and the end is 0', async (how) => {
    const collector = createServer((_req, res) => {
      if (how !== 'fails') return;
      res.statusCode = 503;
      res.setHeader('retry-after', '5');
      res.end();
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    if (how === 'refuses') await new Promise((resolve) => collector.close(resolve));
    const bot = run({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    expect(await say(bot, 'help')).toBe(200);
    bot.kill('SIGTERM');
    const { code, after } = await bot.ended;
    collector.closeAllConnections();
    collector.close();
    expect(code).toBe(0);
    expect(after).toBeLessThan(3_000);
    expect(bot.said()).toContain('the last traces could not be sent');
    expectGivenBack();
  });
});

describe('what nobody caught', () => {
  const planted = (fault: string): string => `data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${fault} });`)}`;

  test.each([
    ['a rejection', "void Promise.reject(new Error('planted for cleo@example.com'))", []],
    ['a rejection, where Node was told to let it pass', "void Promise.reject(new Error('planted for cleo@example.com'))", ['--unhandled-rejections=warn']],
    ['an exception', "throw new Error('planted for cleo@example.com')", []],
  ])('%s is one fatal line of the log, and the end is 1', async (_name, fault, options) => {
    const bot = run({}, [...options, '--import', planted(fault)]);
    await bot.url;
    bot.kill('SIGUSR2');
    expect((await bot.ended).code).toBe(1);
    const fatal = bot.said().split('\n').filter((line) => line.includes('"level":60')).map((line) => JSON.parse(line) as { err: { message: string }; msg: string });
    expect(fatal).toMatchObject([{ err: { message: 'planted for …' }, msg: 'the process ends: nobody expected this' }]);
    expect(bot.said()).not.toContain('cleo@example.com');
  });

  test('what was not told when it ended is told by the next process', async () => {
    const environment = { HELP_DESK_CHANNELS: CHANNEL, HELP_DESK_SERVICE_URL: channel.url, HELP_DESK_TENANT: TENANT };
    channel.misbehave = (_method, path) => (path.includes('19:desk') ? 503 : undefined);
    const bot = run(environment, ['--import', planted("void Promise.reject(new Error('planted'))")]);
    const opened = await fetch(`${await bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...baseActivity(channel, cleo), type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: 'openTicket', data: { verb: 'openTicket', question: 'The page stays white', subject: 'other' } } } }),
    });
    expect(await opened.text()).toMatch(/T-[0-9A-Z]{8}/);
    bot.kill('SIGUSR2');
    expect((await bot.ended).code).toBe(1);
    const told = (): boolean => channel.calls.some(({ conversation, body }) => conversation.startsWith('19:desk') && JSON.stringify(body).includes('The page stays white'));
    expect(told()).toBe(false);
    channel.misbehave = undefined;
    await run(environment).url;
    await until(told);
  });
});

/** Everything is in the files of the records, and another process may have the folder. */
function expectGivenBack(): void {
  const left = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name);
  expect(left.filter((name) => name.includes('lock'))).toEqual([]);
  expect(left.filter((name) => name.endsWith('.log')).length).toBeLessThanOrEqual(1);
}

/** A connection as somebody keeps it: what is written on it, and what came back. */
async function connection(port: number, bytes: string): Promise<{ write: (bytes: string) => void; heard: () => string; isClosed: () => boolean; hangUp: () => void }> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  let isClosed = false;
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  // A reset is a way to close.
  socket.on('error', () => undefined);
  socket.once('close', () => (isClosed = true));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(bytes);
  return { write: (more) => void socket.write(more), heard: () => heard, isClosed: () => isClosed, hangUp: () => socket.destroy() };
}
