import type { CardAction } from '../../cards/actions.ts';
import type { Running } from '../../bot/start.ts';
import { readKnowing } from '../../bot/knowing.ts';
import { start } from '../../bot/start.ts';
import { randomIds } from '../../bot/system.ts';
import { readSettings } from '../../bot/config.ts';
import { importContracts } from '../../data/operations/importContracts.ts';
import type { Log } from '../../bot/log.ts';
import { createLog } from '../../bot/log.ts';
import { TestClock } from './clock.ts';
import type { Call, FakeConnector, SentActivity } from './fakeConnector.ts';
import { fakeConnector } from './fakeConnector.ts';
import type { Who } from './people.ts';
import { CONTRACTS } from './people.ts';
import type { StoreOfTests } from './storeOfTests.ts';
import { storeOfTests } from './storeOfTests.ts';

type CardJson = Record<string, unknown>;

/** What somebody sees after saying or pressing something. */
export interface Seen {
  status: number;
  /** The card that takes the place of the pressed one. */
  inPlace: CardJson | undefined;
  /** The sentence for the one who pressed. */
  say: string | undefined;
  /** New messages in the chat, in order. */
  sent: SentActivity[];
  /** Everything readable of the answer in one string. */
  text: string;
  /** Ids of the new messages. */
  ids: string[];
}

/** The whole bot behind HTTP, with a channel that only pretends. */
export interface TestBot {
  bot: Running;
  channel: FakeConnector;
  clock: TestClock;
  kept: StoreOfTests;
  say(who: Who, text: string, more?: Record<string, unknown>): Promise<Seen>;
  /** Presses a button with what it carries, as Action.Execute of the card at `on`. */
  press(who: Who, carried: CardAction | Record<string, unknown>, on?: string, more?: Record<string, unknown>): Promise<Seen>;
  /** Presses the button with this title on a card. */
  pressTitle(who: Who, card: CardJson | undefined, title: string, typed?: Record<string, unknown>, on?: string): Promise<Seen>;
  install(who: Who): Promise<Seen>;
  /** Delivers any activity of somebody. */
  deliver(who: Who, activity: Record<string, unknown>): Promise<Seen>;
  /** What stands in any conversation now, after all updates. */
  standing(conversation: string): { id: string; body: SentActivity }[];
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Cards as they stand in a person's own chat now, after all updates. */
  chat(who: Who): { id: string; body: SentActivity }[];
  restart(): Promise<void>;
  /** Lets the time that the bot lives in pass, and does what it is time for. */
  pass(ms: number): Promise<void>;
  /** Until nothing is under way and this holds, or fails. */
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

let counter = 0;
/** Read once for all the bots of a test file. */
let knowing: ReturnType<typeof readKnowing> | undefined;

export async function testBot(options: { csv?: string; environment?: Record<string, string>; log?: Log } = {}): Promise<TestBot> {
  const kept = await storeOfTests();
  const channel = await fakeConnector();
  const clock = new TestClock();
  const settings = readSettings({ PORT: '0', ...kept.environment, LOG_LEVEL: 'silent', DOCTOR: 'off', TURNS_PER_MINUTE: '1000000', TENANT_TURNS_PER_MINUTE: '1000000', ...options.environment });
  const log = options.log ?? createLog('silent');
  knowing ??= readKnowing();
  const known = await knowing;
  const boot = async (): Promise<Running> => {
    const started = await start(settings, { clock, log, ids: randomIds, knowing: known });
    await started.catchUp();
    return started;
  };
  let bot = await boot();
  await importContracts(bot.house, options.csv ?? CONTRACTS);

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${bot.url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });

  const deliver = async (who: Who, activity: Record<string, unknown>): Promise<Seen> => {
    channel.members.set(who.id, { id: who.id, aadObjectId: who.objectId, userPrincipalName: who.mail, name: who.name });
    const before = channel.calls.length;
    const body = { ...baseActivity(channel, who), ...activity };
    const response = await post(body);
    const raw = await response.text();
    await bot.house.background.idle(30_000);
    const conversation = (body['conversation'] as { id: string }).id;
    return seenFrom(response.status, raw, channel.calls.slice(before).filter((call) => call.conversation === conversation));
  };

  const test: TestBot = {
    get bot() {
      return bot;
    },
    channel,
    clock,
    kept,
    post,
    say: (who, text, more = {}) => deliver(who, { type: 'message', text, ...more }),
    press: (who, carried, on, more = {}) =>
      deliver(who, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: (carried as { verb?: string }).verb, data: carried }, trigger: 'manual' },
        ...(on === undefined ? {} : { replyToId: on }),
        ...more,
      }),
    pressTitle: (who, card, title, typed = {}, on) => {
      const action = actionsOf(card).find((a) => a['title'] === title);
      if (!action) throw new Error(`no button "${title}"; there are: ${actionsOf(card).map((a) => String(a['title'])).join(' | ')}`);
      return test.press(who, { ...(action['data'] as object), ...typed }, on);
    },
    deliver,
    standing: (conversation) => standing(channel.calls.filter((call) => call.conversation === conversation)),
    install: (who) => deliver(who, { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }),
    chat: (who) => standing(channel.calls.filter((call) => call.conversation === `a:${who.id}`)),
    pass: async (ms) => {
      clock.advance(ms);
      bot.tick();
      await bot.house.background.idle(30_000);
    },
    until: async (holds) => {
      for (let waited = 0; !holds(); waited += 50) {
        if (waited > 15_000) throw new Error('it never came');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await bot.house.background.idle(30_000);
    },
    restart: async () => {
      await bot.stop();
      bot = await boot();
    },
    stop: async () => {
      await bot.stop();
      await channel.close();
      await kept.remove();
    },
  };
  return test;
}

export function baseActivity(channel: FakeConnector, who: Who): Record<string, unknown> {
  counter += 1;
  return {
    id: `in-${counter}`,
    channelId: 'msteams',
    serviceUrl: channel.url,
    from: { id: who.id, name: who.name, aadObjectId: who.objectId },
    recipient: { id: '28:bot', name: 'VL Access' },
    conversation: { id: `a:${who.id}`, conversationType: 'personal', tenantId: who.tenantId },
    channelData: { tenant: { id: who.tenantId } },
    locale: 'en-US',
  };
}

function seenFrom(status: number, raw: string, calls: Call[]): Seen {
  const answer = (raw === '' ? {} : JSON.parse(raw)) as { type?: string; value?: unknown };
  const inPlace = answer.type === 'application/vnd.microsoft.card.adaptive' ? (answer.value as CardJson) : undefined;
  const say = answer.type === 'application/vnd.microsoft.activity.message' ? (answer.value as string) : undefined;
  const posted = calls.filter((call) => call.method === 'POST' && call.body.type === 'message');
  const sent = posted.map((call) => call.body);
  const text = [say ?? '', inPlace ? textOf(inPlace) : '', ...sent.map(textOfActivity)].join('\n');
  return { status, inPlace, say, sent, text, ids: posted.map((call) => call.activityId) };
}

function standing(calls: Call[]): { id: string; body: SentActivity }[] {
  const now = new Map<string, SentActivity>();
  for (const call of calls) if (call.method === 'DELETE') now.delete(call.activityId);
  else if (call.body.type === 'message' && (call.method === 'POST' || now.has(call.activityId))) now.set(call.activityId, call.body);
  return [...now].map(([id, body]) => ({ id, body }));
}

export function cardOf(activity: SentActivity | undefined): CardJson | undefined {
  return activity?.attachments?.[0]?.content;
}

export function textOfActivity(activity: SentActivity): string {
  const card = cardOf(activity);
  return [activity.text ?? '', card ? textOf(card) : ''].join('\n');
}

/** Everything a person can read on a card, buttons included. */
export function textOf(card: CardJson): string {
  const texts: string[] = [];
  walk(card, (node) => {
    for (const key of ['text', 'title', 'label', 'value', 'placeholder']) if (typeof node[key] === 'string') texts.push(node[key]);
  });
  return texts.join('\n');
}

export function actionsOf(card: CardJson | undefined): CardJson[] {
  const actions: CardJson[] = [];
  if (card) walk(card, (node) => void (typeof node['type'] === 'string' && node['type'].startsWith('Action.') && actions.push(node)));
  return actions;
}

/** Visits every object of a card but the fallbacks, which say the same again. */
export function walk(node: unknown, visit: (node: CardJson) => void): void {
  if (Array.isArray(node)) node.forEach((child) => walk(child, visit));
  else if (node !== null && typeof node === 'object') {
    visit(node as CardJson);
    for (const [key, child] of Object.entries(node)) if (key !== 'fallback' && key !== 'data') walk(child, visit);
  }
}
