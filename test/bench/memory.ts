import { parseArgs } from 'node:util';
import { USUAL } from './company/companies.ts';
import type { Order, Ran } from './load/pace.ts';
import { machine } from './print/machine.ts';
import { median, spread } from './print/statistics.ts';
import { verdict } from './print/verdict.ts';
import { startClient, startSubject } from './process/bots.ts';
import { startedAnswers } from './process/startedAnswers.ts';

// `npm run bench -- memory`: what this bot's memory comes to after many turns of many people, and how long a start takes until it
// has answered somebody. Fails when a reply was wrong or missing, and above the targets.

/** RSS after all turns, for one after the first of them. */
const GROWTH = 1.2;
const START_MS = 2_000;
/** RSS goes up and down with every garbage collection: the middle of so many looks counts. */
const LOOKS = 21;
const LOOK_EVERY_MS = 100;

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '100000' },
    first: { type: 'string', default: '10000' },
    conversations: { type: 'string', default: '5000' },
    atOnce: { type: 'string', default: '16' },
    starts: { type: 'string', default: '7' },
    /** `questions` or `guides`. */
    scenario: { type: 'string', default: 'questions' },
  },
});
const [turns, first, conversations, atOnce, starts] = [values.turns, values.first, values.conversations, values.atOnce, values.starts].map(Number) as [number, number, number, number, number];
const out = (line: string): void => void process.stdout.write(`${line}\n`);

out(machine());
const client = await startClient();
const answered: number[] = [];
for (let i = 0; i < starts; i += 1) answered.push(await startedAnswers(client));
out(`from the start of the process to the first answer: ${spread(answered, 0)} ms${verdict(median(answered) > START_MS, `${START_MS} ms`)}, ${starts} starts`);

const bot = await startSubject(client, false, USUAL);
const order: Order = { session: 'memory', url: bot.url, scenario: values.scenario, company: USUAL, conversations, atOnce, isAuthenticated: false };
const empty = await rss();
await client.child.ask('begin', order);
// Everybody has said a first word by now.
await client.child.ask('run', { ...order, turns: first - conversations });
const early = await rss();
const { ms } = await client.child.ask<Ran>('run', { ...order, turns: turns - first });
const late = await rss();
await Promise.all([bot.stop(), client.child.stop()]);
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
out(`${values.scenario}, ${conversations} conversations: RSS ${mb(empty)} at first, ${mb(early)} after ${first} turns, ${mb(late)} after ${turns}: ${(late / early).toFixed(2)}${verdict(late / early > GROWTH, String(GROWTH))}; ${(((turns - first) / ms) * 1000).toFixed(0)} turns/s`);

async function rss(): Promise<number> {
  const looks: number[] = [];
  for (let i = 0; i < LOOKS; i += 1) {
    looks.push((await bot.child.usage()).rss);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return median(looks);
}
