import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomIds, systemClock } from '../../bot/system.ts';
import { firstBrokenLink } from '../../data/operations/chain.ts';
import { importContracts } from '../../data/operations/importContracts.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { loadGuides } from '../../dialogs/guide.load.ts';
import { actionsOf, baseActivity, cardOf, textOf } from '../support/bot.ts';
import type { FakeConnector } from '../support/fakeConnector.ts';
import { fakeConnector } from '../support/fakeConnector.ts';
import { freePort } from '../support/freePort.ts';
import type { Who } from '../support/people.ts';
import { anna, CONTRACTS, TENANT } from '../support/people.ts';

// The whole bot as a process of its own, killed in the middle of a storm. What it confirmed must be on disk.

const ROUNDS = 20;
const asker = (n: number): Who => ({ id: `29:asker${n}`, objectId: `a${String(n).padStart(7, '0')}-1111-4111-8111-111111111111`, mail: `asker${n}@example.com`, name: `Asker ${n}`, tenantId: TENANT });

let dir: string;
let channel: FakeConnector;
let port: number;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vl-storm-'));
  channel = await fakeConnector();
  port = await freePort();
  const store = await openJsonStore(dir, () => undefined);
  await importContracts({ ...store, clock: systemClock, ids: randomIds }, CONTRACTS);
  await store.close();
});
afterAll(async () => {
  for (const bot of running) bot.kill('SIGKILL');
  await channel.close();
  await rm(dir, { recursive: true });
});

test('killed twenty times in a storm of requests and decisions: nothing confirmed is lost, nothing decided twice', async () => {
  const confirmed = { requested: new Set<string>(), decided: new Map<string, string>() };
  let asked = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const bot = await startBot();
    const gone = new Promise((resolve) => bot.once('exit', resolve));
    // After some decisions, at another instant of the next ones each round, however fast the machine is.
    const enough = confirmed.decided.size + 2 + (round % 5);
    const fallback = setTimeout(() => bot.kill('SIGKILL'), 4_000);
    const storm = async (): Promise<void> => {
      for (;;) {
        asked += 1;
        const id = await request(asker(asked));
        if (id === undefined) return;
        confirmed.requested.add(id);
        const decision = asked % 2 === 0 ? 'approved' : 'denied';
        const outcome = await decide(id, decision);
        if (outcome === undefined) return;
        confirmed.decided.set(id, outcome);
        if (confirmed.decided.size === enough) setTimeout(() => bot.kill('SIGKILL'), (round * 17) % 60);
      }
    };
    await Promise.all(Array.from({ length: 4 }, storm));
    await gone;
    clearTimeout(fallback);
    await check(confirmed);
  }
  expect(confirmed.decided.size).toBeGreaterThan(ROUNDS);
}, 240_000);

test('killed in the middle of every guide: each goes on at the step where it was', async () => {
  const guides = [...(await loadGuides('dialogs/guides')).keys()];
  const forward = (card: Record<string, unknown>) => actionsOf(card).find((action) => action['verb'] === 'guide' && ['next', 'choose', 'unsure', 'typed'].includes((action['data'] as { move: string }).move))!['data'] as Record<string, unknown>;
  const first = await startBot();
  const standing = new Map<string, Record<string, unknown>>();
  for (const [n, guide] of guides.entries()) {
    const who = asker(5000 + n);
    await press(who, { verb: 'startGuide', guide });
    // What follows a press is sent after its answer.
    const sent = () => channel.calls.findLast(({ conversation, body }) => conversation === `a:${who.id}` && cardOf(body) !== undefined);
    for (let waited = 0; !sent() && waited < 5_000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
    const card = await press(who, { ...forward(cardOf(sent()!.body)!), value: 'taro@contoso.co.jp' });
    standing.set(guide, card!);
  }
  const gone = new Promise((resolve) => first.once('exit', resolve));
  first.kill('SIGKILL');
  await gone;
  const second = await startBot();
  for (const [n, guide] of guides.entries()) {
    const before = standing.get(guide)!;
    const { run, rev } = actionsOf(before).find((action) => action['verb'] === 'guide')!['data'] as { run: string; rev: number };
    // A button that fits nothing moves nothing, and shows where the person is.
    const now = await press(asker(5000 + n), { verb: 'guide', run, rev, move: 'choose', option: 'no-such-option' });
    expect([guide, textOf(now!).replace(/^.*?Step/s, 'Step')]).toEqual([guide, expect.stringContaining(/Step \d+\/\d+/.exec(textOf(before))![0])]);
    expect(actionsOf(now).map((action) => action['title'])).toEqual(actionsOf(before).map((action) => action['title']));
  }
  const over = new Promise((resolve) => second.once('exit', resolve));
  second.kill('SIGTERM');
  await over;
}, 90_000);

async function check(confirmed: { requested: Set<string>; decided: Map<string, string> }): Promise<void> {
  const damaged: string[] = [];
  const store = await openJsonStore(dir, ({ file }) => damaged.push(file));
  const record = (await store.contracts.get(TENANT, '12345678'))!;
  await store.close();
  expect(damaged).toEqual([]);
  const states = new Map(record.requests.map((r) => [r.id, r.state]));
  expect([...confirmed.requested].filter((id) => !states.has(id))).toEqual([]);
  expect([...confirmed.decided].filter(([id, outcome]) => states.get(id) !== outcome)).toEqual([]);
  const decisions = record.events.flatMap(({ act }) => (act.kind === 'approved' || act.kind === 'denied' ? [act.requestId] : []));
  expect(decisions).toHaveLength(new Set(decisions).size);
  expect(firstBrokenLink(record.events)).toBeUndefined();
}

/** The id of the request once the bot said that it was sent; undefined when the bot was killed first. */
async function request(who: Who): Promise<string | undefined> {
  const card = await press(who, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', forMail: '', reason: 'x' });
  if (!card) return undefined;
  expect(textOf(card)).toContain('may decide');
  const withdraw = actionsOf(card).find((action) => action['verb'] === 'withdraw');
  return (withdraw!['data'] as { request: string }).request;
}

async function decide(id: string, decision: string): Promise<string | undefined> {
  const card = await press(anna, { verb: 'decide', request: id, version: 1, decision, comment: 'x' });
  if (!card) return undefined;
  expect(textOf(card)).toContain(`You ${decision} this`);
  return decision;
}

async function press(who: Who, data: Record<string, unknown>): Promise<Record<string, unknown> | undefined> {
  channel.members.set(who.id, { id: who.id, aadObjectId: who.objectId, userPrincipalName: who.mail, name: who.name });
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...baseActivity(channel, who), type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: data['verb'], data } } }),
    });
    return ((await response.json()) as { value: Record<string, unknown> }).value;
  } catch {
    return undefined;
  }
}

async function startBot(): Promise<ChildProcess> {
  const bot = spawn(process.execPath, ['dist/bot/main.js'], { env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dir, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(bot);
  bot.once('exit', () => running.delete(bot));
  await new Promise<void>((resolve) => bot.stdout?.on('data', (chunk: Buffer) => void (chunk.toString().includes('listening') && resolve())));
  return bot;
}
