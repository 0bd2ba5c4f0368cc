import { join } from 'node:path';
import { packageRoot } from '../../../bot/system.ts';
import { loadGuides } from '../../../dialogs/guide.load.ts';
import { fakeOpenId } from '../../support/fakeOpenId.ts';
import { APP, OF_THE_BOT } from '../peers/credentials.ts';
import { serve } from '../process/serve.ts';
import { openChannel } from './channel.ts';
import { decisions } from './decisions.ts';
import { echo } from './echo.ts';
import { firstWord } from './firstWord.ts';
import { guides } from './guides.ts';
import { LISTS, lists } from './lists.ts';
import type { Order, Ran } from './pace.ts';
import { inLanes, pace } from './pace.ts';
import { keptAlive } from './post.ts';
import { questions } from './questions.ts';
import { questionsAsked } from './questionsAsked.ts';
import { requests } from './requests.ts';
import type { Scenario } from './scenario.ts';
import { Talk } from './talk.ts';
import type { Waiting } from './waiting.ts';
import { nobodyAsked } from './waiting.ts';

// The process that plays the channel for every bot of the bench: it speaks for people, takes what bots send, and looks whether
// it is right.

const [channel, openId, asked, ways] = await Promise.all([openChannel(), fakeOpenId(), questionsAsked(), loadGuides(join(packageRoot(), 'dialogs/guides'))]);
openId.token = OF_THE_BOT.replace('Bearer ', '');
const { post, forget } = keptAlive();

/** A bot is waited for so long. */
const PATIENCE_MS = 20_000;

/** By the address of the bot. */
const waiting = new Map<string, Waiting>();
const waitingAt = ({ url, company }: Order): Waiting => waiting.get(url) ?? waiting.set(url, nobodyAsked(company)).get(url)!;

const SCENARIOS: Record<string, (order: Order) => Scenario> = {
  echo: () => echo(asked),
  questions: () => questions(asked),
  guides: () => guides(ways),
  firstWord,
  requests: (order) => requests(waitingAt(order), order.company.contracts),
  requestsOnTen: (order) => requests(waitingAt(order), 10),
  decisions: (order) => decisions(waitingAt(order)),
  ...Object.fromEntries(LISTS.map((list) => [list.scenario, (order: Order) => lists(list, waitingAt(order))])),
};

/** By their names: the people, and how far they are. */
const sessions = new Map<string, { scenario: Scenario; talks: Talk[] }>();

/** A token of the channel is used until it is a minute old, as many are there as conversations. */
function authorization(): () => string {
  let token = { value: '', at: -Infinity };
  return () => {
    const now = performance.now();
    if (now - token.at > 60_000) token = { value: `Bearer ${openId.sign({ aud: APP, serviceurl: channel.url })}`, at: now };
    return token.value;
  };
}

async function sessionOf(order: Order): Promise<{ scenario: Scenario; talks: Talk[] }> {
  const { session, url, conversations, atOnce, isAuthenticated } = order;
  const known = sessions.get(session);
  if (known) return known;
  const scenario = SCENARIOS[order.scenario]?.(order);
  if (!scenario) throw new Error(`no scenario ${order.scenario}`);
  const talks = Array.from({ length: conversations }, (_, n) => {
    const who = scenario.who(n);
    const conversationId = `a:1${session.replaceAll(/\W/g, '')}-${n}-${who.objectId}`;
    return new Talk(who, { url, channel, post, conversationId, authorization: isAuthenticated ? authorization() : undefined, expected: isAuthenticated ? OF_THE_BOT : undefined, patienceMs: PATIENCE_MS });
  });
  forget();
  await inLanes(talks, atOnce, async (talk) => {
    await scenario.begin(talk);
    talk.times.length = 0;
    return false;
  });
  sessions.set(session, { scenario, talks });
  return { scenario, talks };
}

serve(JSON.stringify({ url: channel.url, openId: openId.environment, questions: asked.length }), {
  begin: async (order: Order): Promise<void> => void (await sessionOf(order)),
  run: async (order: Order): Promise<Ran> => {
    const { scenario, talks } = await sessionOf(order);
    forget();
    const ran = await pace(scenario, talks, order);
    if (channel.stray.length > 0) throw new Error(`sent to nobody: ${channel.stray.join(', ')}`);
    return ran;
  },
});
