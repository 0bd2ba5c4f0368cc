import type { Seen, TestBot } from './bot.ts';
import { actionsOf, cardOf, testBot, textOfActivity } from './bot.ts';
import type { Who } from './people.ts';
import { anna, bob, dan } from './people.ts';

export const CHANNEL = '19:desk@thread.tacv2';
export const ROLES_CHANNEL = '19:roles@thread.tacv2';

const MENTION = { entities: [{ type: 'mention', text: '<at>VL Access</at>', mentioned: { id: '28:bot' } }] };

/** A team's channel as the tests use it: what is said there, and what stands there. */
export interface Desk {
  /** Speaks to the bot. */
  say(who: Who, text: string, channel?: string, thread?: string): Promise<Seen>;
  /** Writes in a ticket's thread, without a mention. */
  write(who: Who, text: string, thread: string, more?: Record<string, unknown>, channel?: string): Promise<Seen>;
  /** The messages that begin threads. */
  threads(channel?: string): ReturnType<TestBot['standing']>;
  /** What stands in a thread, as text. */
  thread(thread: string, channel?: string): string[];
  /** The briefing as it stands now. */
  briefing(thread: string, channel?: string): ReturnType<typeof cardOf>;
  press(who: Who, thread: string, title: string, typed?: Record<string, unknown>, channel?: string, card?: ReturnType<typeof cardOf>): Promise<Seen>;
  /** Asks for a person, and returns the thread that begins. */
  ask(who: Who, question: string, more?: Record<string, unknown>): Promise<{ thread: string; ticket: string; card: string }>;
}

export function deskOf(t: TestBot): Desk {
  const at = (who: Who, channel: string, thread?: string) => ({
    conversation: { id: thread === undefined ? channel : `${channel};messageid=${thread}`, conversationType: 'channel', isGroup: true, tenantId: who.tenantId },
    channelData: { tenant: { id: who.tenantId }, team: { id: '19:team@thread.tacv2' }, channel: { id: channel, name: channel === CHANNEL ? 'VL desk' : 'VL roles' } },
  });
  const desk: Desk = {
    say: (who, text, channel = CHANNEL, thread = '17') => t.deliver(who, { type: 'message', text: `<at>VL Access</at> ${text}`, ...at(who, channel, thread), ...MENTION }),
    write: (who, text, thread, more = {}, channel = CHANNEL) => t.deliver(who, { type: 'message', text, ...at(who, channel, thread), ...more }),
    threads: (channel = CHANNEL) => t.standing(channel),
    thread: (thread, channel = CHANNEL) => t.standing(`${channel};messageid=${thread}`).map(({ body }) => textOfActivity(body).trim()),
    briefing: (thread, channel = CHANNEL) => {
      const drawn = t.channel.calls.findLast((call) => call.activityId === thread && call.conversation.startsWith(channel) && cardOf(call.body) !== undefined);
      return cardOf(drawn?.body);
    },
    press: async (who, thread, title, typed = {}, channel = CHANNEL, card = desk.briefing(thread, channel)) => {
      const action = actionsOf(card).find((one) => one['title'] === title);
      if (!action) throw new Error(`no button "${title}"; there are: ${actionsOf(card).map((one) => String(one['title'])).join(' | ')}`);
      const data = { ...(action['data'] as object), ...typed };
      return t.press(who, data, thread, at(who, channel, thread));
    },
    ask: async (who, question, more = {}) => {
      const before = new Set(t.channel.calls.filter(({ method, conversation }) => method === 'POST' && !conversation.includes(';messageid=')).map(({ activityId }) => activityId));
      const form = await t.say(who, 'person');
      const card = form.ids.at(-1) ?? '';
      const opened = await t.pressTitle(who, cardOf(form.sent.at(-1)), 'Talk to a person', { question, subject: 'other', ...more }, card);
      const thread = t.channel.calls.find(({ method, conversation, activityId }) => method === 'POST' && conversation.startsWith('19:') && !conversation.includes(';messageid=') && !before.has(activityId))?.activityId ?? '';
      return { thread, card, ticket: /T-[0-9A-Z]{8}/.exec(JSON.stringify(opened.inPlace))?.[0] ?? '' };
    },
  };
  return desk;
}

/** A bot with a help desk: Dan, an operator, has connected the channel, and Anna and Bob have chats of their own. */
export async function botWithDesk(environment: Record<string, string> = {}): Promise<{ t: TestBot; desk: Desk }> {
  const t = await testBot({ environment: { OPERATORS: dan.mail, ...environment } });
  const desk = deskOf(t);
  for (const who of [anna, bob]) await t.say(who, 'hello');
  await desk.say(dan, 'use as help desk');
  return { t, desk };
}

/** Asks for a person, and a helper takes it. */
export async function claimedBy(desk: Desk, helper: Who, who: Who, question: string): ReturnType<Desk['ask']> {
  const asked = await desk.ask(who, question);
  await desk.press(helper, asked.thread, 'Claim');
  return asked;
}
