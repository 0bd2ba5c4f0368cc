import type { Company } from './company/write.ts';
import type { Order, Ran } from './load/pace.ts';
import type { Bot, Client } from './process/bots.ts';
import { startSubject } from './process/bots.ts';

/** Ten contracts are decided on, at every size the same, so that nothing but the size differs. */
export const AT_A_TIME = 10;

/** This bot with a company of some size, and what decisions took. */
export interface Sized {
  bot: Bot;
  company: Company;
  /** Milliseconds of each decision until it was confirmed, and until everybody was told. */
  decided: number[];
  told: number[];
  /** Of each request, until who asked sees that it was sent. */
  requested: number[];
  /** CPU of the bot for all decisions. */
  cpuMs: number;
  rss: number;
  startMs: number;
}

export async function startSized(client: Client, company: Company): Promise<Sized> {
  const began = performance.now();
  const bot = await startSubject(client, false, company, { REQUESTS_PER_HOUR: '1000000' });
  const sized: Sized = { bot, company, decided: [], told: [], requested: [], cpuMs: 0, rss: 0, startMs: performance.now() - began };
  // Who decides has to be known before somebody asks.
  for (const order of [decisionsOf(sized), requestsOf(sized)]) await client.child.ask('begin', order);
  return sized;
}

/** Ten are asked for and decided. */
export async function decideTen(client: Client, sized: Sized, isKept: boolean): Promise<void> {
  const asked = await client.child.ask<Ran>('run', { ...requestsOf(sized), turns: AT_A_TIME });
  const before = await sized.bot.child.usage();
  const ran = await client.child.ask<Ran>('run', decisionsOf(sized));
  const after = await sized.bot.child.usage();
  if (!isKept) return;
  sized.requested.push(...asked.whole);
  sized.decided.push(...ran.answered);
  sized.told.push(...ran.whole);
  sized.cpuMs += after.cpuMs - before.cpuMs;
  sized.rss = after.rss;
}

export function orderFor({ bot: { url }, company }: Sized, scenario: string, conversations: number): Order {
  return { session: `${scenario} ${url}`, url, scenario, company, conversations, atOnce: 1, isAuthenticated: false };
}

const requestsOf = (sized: Sized): Order => orderFor(sized, 'requestsOnTen', AT_A_TIME);
/** Of ten contracts in a row there is one administrator more. */
const decisionsOf = (sized: Sized): Order => orderFor(sized, 'decisions', AT_A_TIME + 1);
