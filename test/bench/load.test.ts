import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from './load/channel.ts';
import { openChannel } from './load/channel.ts';
import { echo } from './load/echo.ts';
import { inLanes, pace } from './load/pace.ts';
import type { Post } from './load/post.ts';
import { keptAlive } from './load/post.ts';
import type { Scenario } from './load/scenario.ts';
import { Talk } from './load/talk.ts';
import { person } from './load/people.ts';

// What the bench measures counts only if a wrong reply ends it: a bot that lies in every way it can be wrong.

interface Said {
  text: string;
  conversation: { id: string };
}
/** restify, once loaded in this process, makes `writeHead` return nothing. */
const end = (res: ServerResponse, status: number): void => {
  res.writeHead(status);
  res.end();
};
/** What the bot does with what was said; returns its HTTP status. */
type Behaviour = (said: Said) => Promise<number>;

let channel: Channel;
let server: Server;
let connections: Post;
let behaviour: Behaviour;
beforeAll(async () => {
  [channel, connections] = [await openChannel(), keptAlive()];
  server = createServer((req, res) => {
    let raw = '';
    req.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    req.on('end', () => void behaviour(JSON.parse(raw) as Said).then((status) => end(res, status)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  connections.forget();
  for (const one of [server, channel.server]) {
    one.closeAllConnections();
    await new Promise((resolve) => one.close(resolve));
  }
});

const send = (id: string, text: string): Promise<Response> =>
  fetch(`${channel.url}v3/conversations/${encodeURIComponent(id)}/activities`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: 'message', text }) });
const right: Behaviour = async ({ text, conversation }) => {
  await send(conversation.id, `Echo: ${text}`);
  return 200;
};

let scenario: Scenario;
let talks: Talk[];
beforeEach(() => {
  behaviour = right;
  scenario = echo([{ text: 'one', lang: 'en', answers: [] }, { text: 'two', lang: 'en', answers: [] }]);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  talks = [0, 1].map((n) => new Talk(person(n), { url, channel, post: connections.post, conversationId: `a:${n}`, authorization: undefined, expected: undefined, patienceMs: 300 }));
  channel.stray.length = 0;
});
const run = (): ReturnType<typeof pace> => pace(scenario, talks, { atOnce: 2, turns: 6 });

test('what is right is counted, with its times', async () => {
  const { turns, whole, answered } = await run();
  expect(turns).toBe(6);
  expect(whole).toHaveLength(6);
  expect(Math.min(...answered)).toBeGreaterThan(0);
});

test.each<[string, Behaviour, string]>([
  ['another text', async ({ conversation }) => right({ text: 'else', conversation }), 'answered with'],
  ['nothing', async () => 200, 'not all came'],
  ['the conversation of somebody else', async (said) => right({ ...said, conversation: { id: said.conversation.id === 'a:0' ? 'a:1' : 'a:0' } }), 'answered with|not all came|came unasked'],
  ['twice at once', async (said) => (await right(said), right(said)), 'not one message'],
  ['an error', async (said) => (await right(said), 500), 'HTTP 500'],
])('%s ends it', async (_name, wrong, sentence) => {
  behaviour = wrong;
  await expect(run()).rejects.toThrow(new RegExp(sentence));
});

test('something more after the answer ends it', async () => {
  let count = 0;
  behaviour = async (said) => {
    count += 1;
    if (count === 6) setTimeout(() => void send(said.conversation.id, 'And more'), 20);
    return right(said);
  };
  scenario.after = async (of) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await echo([]).after(of);
  };
  await expect(run()).rejects.toThrow('came unasked');
});

test('who is in no conversation here is noted', async () => {
  await send('a:9', 'hello');
  expect(channel.stray).toHaveLength(1);
});

test('nobody takes two turns at once, and no more take one than are allowed to', async () => {
  const busy = new Set<Talk>();
  let most = 0;
  let left = 40;
  const many = Array.from({ length: 7 }, (_, n) => ({ who: person(n) }) as Talk);
  await inLanes(many, 3, async (talk) => {
    expect(busy.has(talk)).toBe(false);
    busy.add(talk);
    most = Math.max(most, busy.size);
    await new Promise((resolve) => setTimeout(resolve, 1));
    busy.delete(talk);
    left -= 1;
    return left > 0;
  });
  expect(most).toBe(3);
});
