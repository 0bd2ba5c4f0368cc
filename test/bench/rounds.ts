import type { Contestant } from './contestants.ts';
import type { Order, Ran } from './load/pace.ts';
import type { Bot, Client } from './process/bots.ts';

/** What one round of a contestant came to. */
export interface Round extends Ran {
  cpuPerTurn: number;
  /** Turns in a second. */
  rate: number;
  /** Of the bot at the end of the round, in bytes. */
  rss: number;
}

/** How rounds are run. */
export interface Pace {
  rounds: number;
  /** Rounds before the first that counts. */
  warmups: number;
  /** Milliseconds of a round. */
  ms: number;
  conversations: number;
}

/** Everybody in turn, again and again, so that whatever else the machine does meets them all. Rejects when a reply was wrong or missing. */
export async function runRounds(client: Client, contestants: Contestant[], { rounds, warmups, ms, conversations }: Pace): Promise<Map<Contestant, Round[]>> {
  const bots = new Map<string, Bot>();
  for (const { bot, start } of contestants) if (!bots.has(bot)) bots.set(bot, await start(client));
  const orderOf = ({ bot, scenario, company, isAuthenticated, share }: Contestant): Order => ({ session: `${bot} ${scenario}`, url: bots.get(bot)!.url, scenario, company, conversations: scenario === 'decisions' ? company.administrators : conversations, atOnce: conversations, isAuthenticated, ...(share === undefined ? {} : { forMs: ms * share }) });
  for (const one of contestants) await client.child.ask('begin', orderOf(one));
  const measured = new Map<Contestant, Round[]>(contestants.map((one) => [one, []]));
  for (let round = -warmups; round < rounds; round += 1) {
    for (const one of contestants) {
      const came = await runOne(client, bots.get(one.bot)!, orderOf(one));
      if (round >= 0) measured.get(one)?.push(came);
    }
  }
  await Promise.all([...bots.values()].map((bot) => bot.stop()));
  return measured;
}

async function runOne(client: Client, { child }: Bot, order: Order): Promise<Round> {
  const before = await child.usage();
  const ran = await client.child.ask<Ran>('run', order);
  const { cpuMs, rss } = await child.usage();
  if (ran.turns === 0) throw new Error(`${order.session}: nothing was done`);
  return { ...ran, cpuPerTurn: (cpuMs - before.cpuMs) / ran.turns, rate: (ran.turns / ran.ms) * 1000, rss };
}
