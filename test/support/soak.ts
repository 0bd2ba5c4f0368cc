import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionsOf, baseActivity, cardOf, textOf } from './bot.ts';
import type { FakeConnector } from './fakeConnector.ts';
import { fakeConnector } from './fakeConnector.ts';
import { balancer } from './balancer.ts';
import { freePort } from './freePort.ts';
import type { Processes } from './processes.ts';
import { startProcesses } from './processes.ts';
import type { Who } from './people.ts';
import { TENANT } from './people.ts';

/** What a soak did, and what came of it. */
export interface Soaked {
  messages: number;
  tickets: number;
  kills: number;
  /** Requests of the bot that were refused, or taken with the answer lost. */
  faults: { refused: number; lost: number };
  /** Messages that were delivered to the bot more than once. */
  deliveredAgain: number;
  /** Messages that may have arrived or not, and are offered to be shown. */
  offered: number;
  lost: string[];
  doubled: string[];
  reordered: string[];
  /** Whether the last process was still there at the end. */
  isAlive: boolean;
  seconds: number;
}

const CHANNEL = '19:soak@thread.tacv2';
const HELPERS = 3;
const person = (kind: string, n: number): Who => ({ id: `29:${kind}${n}`, objectId: `${kind === 'h' ? 'c' : 'd'}${String(n).padStart(7, '0')}-1111-4111-8111-111111111111`, mail: `${kind}${n}@example.com`, name: `${kind === 'h' ? 'Helper' : 'Person'} ${n}`, tenantId: TENANT });

/**
 * People and helpers write to each other through the bot, a process of its own, while the channel fails at random and the
 * process is killed again and again. Everybody writes the next message when the one before was acknowledged, as Teams does.
 * `random`: numbers from 0 to 1.
 */
export async function soak({ messages, tickets, killEvery, random, bots = oneBot }: { messages: number; tickets: number; killEvery: number; random: () => number; bots?: StartBots }): Promise<Soaked> {
  const began = Date.now();
  const channel = await fakeConnector();
  const helpers = Array.from({ length: HELPERS }, (_, n) => person('h', n));
  const result: Soaked = { messages, tickets, kills: 0, faults: { refused: 0, lost: 0 }, deliveredAgain: 0, offered: 0, lost: [], doubled: [], reordered: [], isAlive: false, seconds: 0 };
  for (const who of helpers) channel.members.set(who.id, { id: who.id, aadObjectId: who.objectId, userPrincipalName: who.mail, name: who.name });
  const { port, processes, clear } = await bots({ LOG_LEVEL: 'info', HELP_DESK_CHANNELS: CHANNEL, HELP_DESK_SERVICE_URL: channel.url, HELP_DESK_TENANT: TENANT, TURNS_PER_MINUTE: '1000000', TENANT_TURNS_PER_MINUTE: '1000000' });
  const over = { is: false };
  const post = (body: unknown): Promise<Response | undefined> =>
    fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).catch(() => undefined);
  /** As Teams does: again until it is acknowledged. */
  const deliver = async (body: object): Promise<Response> => {
    for (;;) {
      const response = await post(body);
      if (response?.ok) return response;
      await response?.body?.cancel();
      await pause(50);
    }
  };
  const press = (who: Who, data: Record<string, unknown>, where: object = {}): Promise<Response> =>
    deliver({ ...baseActivity(channel, who), type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: data['verb'], data } }, ...where });

  // The channel is kind until everybody has somebody to talk to.
  const talks = await Promise.all(Array.from({ length: tickets }, async (_, n) => {
    const who = person('p', n);
    channel.members.set(who.id, { id: who.id, aadObjectId: who.objectId, userPrincipalName: who.mail, name: who.name });
    await deliver({ ...baseActivity(channel, who), id: `hello-${n}`, type: 'message', text: 'hello' });
    const opened = (await (await press(who, { verb: 'openTicket', question: `question ${n}`, subject: 'other' })).json()) as { value: Record<string, unknown> };
    const ticket = /T-[0-9A-Z]{8}/.exec(JSON.stringify(opened.value))?.[0] ?? '';
    const root = (): string | undefined => channel.calls.find(({ method, conversation, body }) => method === 'POST' && conversation === CHANNEL && JSON.stringify(body).includes(ticket))?.activityId;
    while (root() === undefined) await pause(20);
    const thread = root() ?? '';
    const helper = helpers[n % HELPERS]!;
    const where = { conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', isGroup: true, tenantId: TENANT } };
    await press(helper, { verb: 'ticket', ticket, move: 'claim' }, where);
    return { n, who, helper, ticket, thread, where };
  }));

  channel.misbehave = (method, path) => {
    if (method === 'GET' || path.includes('/members') || random() > 0.03) return undefined;
    result.faults.refused += 1;
    return [429, 500, 502, 503, 412][Math.floor(random() * 5)];
  };
  channel.drops = (method) => {
    if (method !== 'POST' || random() > 0.01) return false;
    result.faults.lost += 1;
    return true;
  };
  const killing = (async () => {
    while (!over.is) {
      await pause(killEvery * (0.5 + random()));
      if (!over.is && processes.kill(random())) result.kills += 1;
    }
  })();
  const each = Math.ceil(messages / tickets / 2);
  await Promise.all(talks.flatMap(({ n, who, helper, where }) => [false, true].map(async (isHelper) => {
    for (let i = 0; i < each; i += 1) {
      const body = { ...baseActivity(channel, isHelper ? helper : who), id: `${n}-${isHelper}-${i}`, type: 'message', text: `${isHelper ? 'h' : 'p'}${n}#${i}`, ...(isHelper ? where : {}) };
      const twice = random() < 0.05;
      if (twice) result.deliveredAgain += 1;
      await Promise.all([deliver(body), ...(twice ? [deliver(body)] : [])]);
    }
  })));
  const total = each * 2 * tickets;
  const lastOf = (conversation: string): string => itemsIn(channel, conversation).findLast(({ text }) => text !== '')?.text ?? '';
  const arrived = (): number => talks.reduce((sum, talk) => sum + Number(lastOf(`a:${talk.who.id}`).split('#')[1] ?? -1) + Number(lastOf(`${CHANNEL};messageid=${talk.thread}`).split('#')[1] ?? -1) + 2, 0);
  /** Until so many arrived, or nothing new for a minute. */
  const drained = async (wanted: number): Promise<void> => {
    for (let quiet = 0, before = -1; quiet < 120 && arrived() < wanted; ) {
      await pause(500);
      const now = arrived();
      quiet = now === before ? quiet + 1 : 0;
      before = now;
    }
  };
  // What is still under way is killed and refused as what came before.
  await drained(total * 0.95);
  over.is = true;
  await killing;
  await processes.settle();
  channel.misbehave = undefined;
  channel.drops = undefined;
  await processes.revive();
  await drained(total);
  await pause(1500);
  result.isAlive = processes.areAlive();

  for (const talk of talks) {
    await check(`p${talk.n}`, `${CHANNEL};messageid=${talk.thread}`, (data) => press(talk.helper, data, talk.where));
    await check(`h${talk.n}`, `a:${talk.who.id}`, (data) => press(talk.who, data));
  }
  await processes.stop();
  await channel.close();
  await clear();
  return { ...result, seconds: Math.round((Date.now() - began) / 1000) };

  /** What one side sees of the other: each once, in order, or offered and there on demand. */
  async function check(prefix: string, conversation: string, show: (data: Record<string, unknown>) => Promise<Response>): Promise<void> {
    const items = itemsIn(channel, conversation);
    const seen = items.flatMap(({ text }) => (text.startsWith(`${prefix}#`) ? [text] : []));
    const offers = new Set<string>();
    for (const { show: data } of items) {
      if (!data) continue;
      const shown = (await (await show(data)).json()) as { value: Record<string, unknown> };
      offers.add(new RegExp(`${prefix}#\\d+`).exec(textOf(shown.value))?.[0] ?? '');
    }
    result.offered += offers.size;
    result.doubled.push(...new Set(seen.filter((text, i) => seen.indexOf(text) !== i)));
    const numbers = seen.map((text) => Number(text.split('#')[1]));
    if (numbers.some((number, i) => i > 0 && number < (numbers[i - 1] ?? 0))) result.reordered.push(`${prefix}: ${numbers.join(' ')}`);
    for (let i = 0; i < each; i += 1) if (!seen.includes(`${prefix}#${i}`) && !offers.has(`${prefix}#${i}`)) result.lost.push(`${prefix}#${i}`);
  }
}

interface Item {
  text: string;
  /** What shows the message, where it is offered. */
  show?: Record<string, unknown>;
}

/** Messages, and offers of messages, in the order in which they came. */
function itemsIn(channel: FakeConnector, conversation: string): Item[] {
  return channel.calls.flatMap(({ method, conversation: at, body }): Item[] => {
    if (method !== 'POST' || at !== conversation || body.type !== 'message') return [];
    const [, text = ''] = /^(?:Helper|Person) \d+: ([ph]\d+#\d+)$/.exec(body.text ?? '') ?? [];
    if (text !== '') return [{ text }];
    const show = actionsOf(cardOf(body)).find((action) => action['verb'] === 'showMessage')?.['data'] as Record<string, unknown> | undefined;
    return show ? [{ text: '', show }] : [];
  });
}

/** Starts the bot as it is soaked: where it listens, its processes, and what clears up after them. */
export type StartBots = (environment: Record<string, string>) => Promise<{ port: number; processes: Processes; clear: () => Promise<void> }>;

/** One process, on the embedded store. */
export const oneBot: StartBots = async (environment) => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-soak-'));
  const port = await freePort();
  const processes = await startProcesses([{ ...environment, DATA_DIR: dir, PORT: String(port) }]);
  return { port, processes, clear: () => rm(dir, { recursive: true }) };
};

/** So many processes on one PostgreSQL database, behind nginx. */
export function severalBots(count: number, databaseUrl: string): StartBots {
  return async (environment) => {
    const dir = await mkdtemp(join(tmpdir(), 'vl-soak-'));
    const ports: number[] = [];
    for (let n = 0; n < count; n += 1) ports.push(await freePort());
    const processes = await startProcesses(ports.map((port, n) => ({ ...environment, DATABASE_URL: databaseUrl, DATA_DIR: join(dir, String(n)), PORT: String(port) })));
    const front = await balancer(ports);
    return {
      port: front.port,
      processes,
      clear: async () => {
        await front.stop();
        await rm(dir, { recursive: true, force: true });
      },
    };
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
