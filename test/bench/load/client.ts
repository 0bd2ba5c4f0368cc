import { join } from 'node:path';
import { packageRoot } from '../../../bot/system.ts';
import { loadGuides } from '../../../dialogs/guide.load.ts';
import { fakeOpenId } from '../../support/fakeOpenId.ts';
import { APP, OF_THE_BOT } from '../peers/credentials.ts';
import { serve } from '../process/serve.ts';
import { openChannel } from './channel.ts';
import { echo } from './echo.ts';
import { guides } from './guides.ts';
import type { Order, Ran } from './pace.ts';
import { pace } from './pace.ts';
import { DECIDED } from '../company/companies.ts';
import { deciding } from './deciding.ts';
import { keptAlive } from './post.ts';
import { questions } from './questions.ts';
import { questionsAsked } from './questionsAsked.ts';
import type { Scenario } from './scenario.ts';
import { Talk } from './talk.ts';

// The process that plays the channel for every bot of the bench: it speaks for people, takes what bots send, and looks whether
// it is right.

const [channel, openId, asked, ways] = await Promise.all([openChannel(), fakeOpenId(), questionsAsked(), loadGuides(join(packageRoot(), 'dialogs/guides'))]);
const post = keptAlive();

/** By the address of the bot: its requests wait for its administrators. */
const deciders = new Map<string, ReturnType<typeof deciding>>();
const decidersOf = (url: string): ReturnType<typeof deciding> => deciders.get(url) ?? deciders.set(url, deciding(DECIDED)).get(url)!;

const SCENARIOS: Record<string, (url: string) => Scenario> = {
  echo: () => echo(asked),
  questions: () => questions(asked),
  guides: () => guides(ways),
  requests: (url) => decidersOf(url).requests,
  decisions: (url) => decidersOf(url).decisions,
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

async function sessionOf({ session, url, scenario, conversations, isAuthenticated }: Order): Promise<{ scenario: Scenario; talks: Talk[] }> {
  const known = sessions.get(session);
  if (known) return known;
  const made = SCENARIOS[scenario]?.(url);
  if (!made) throw new Error(`no scenario ${scenario}`);
  const talks = Array.from({ length: conversations }, (_, n) => {
    const who = made.who(n);
    const conversationId = `a:1${session.replaceAll(/\W/g, '')}-${n}-${who.objectId}`;
    return new Talk(who, { url, channel, post, conversationId, authorization: isAuthenticated ? authorization() : undefined, expected: isAuthenticated ? OF_THE_BOT : undefined });
  });
  for (const talk of talks) {
    await made.begin(talk);
    talk.times.length = 0;
  }
  const fresh = { scenario: made, talks };
  sessions.set(session, fresh);
  return fresh;
}

serve(JSON.stringify({ url: channel.url, openId: openId.environment, questions: asked.length }), {
  begin: async (order: Order): Promise<void> => void (await sessionOf(order)),
  run: async (order: Order): Promise<Ran> => {
    const { scenario, talks } = await sessionOf(order);
    const ran = await pace(scenario, talks, order);
    if (channel.stray.length > 0) throw new Error(`sent to nobody: ${channel.stray.join(', ')}`);
    return ran;
  },
});
