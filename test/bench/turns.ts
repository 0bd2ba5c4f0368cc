import { parseArgs } from 'node:util';
import type { Order, Ran } from './load/pace.ts';
import { at, median, spread } from './print/statistics.ts';
import { table } from './print/table.ts';
import type { Bot } from './process/bots.ts';
import { startClient, startPeer, startSubject } from './process/bots.ts';

// `npm run bench -- turns`: this bot against bare echo bots, in rounds that go from one to the next, so that whatever else the
// machine does meets them all. Fails when a reply was wrong or missing, or a target is missed.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    warmups: { type: 'string', default: '2' },
    ms: { type: 'string', default: '1500' },
    conversations: { type: 'string', default: '16' },
  },
});
const [rounds, warmups, forMs, conversations] = [values.rounds, values.warmups, values.ms, values.conversations].map(Number) as [number, number, number, number];

/** A company of usual size. */
const COMPANY = { contracts: 8, assignments: 80, administrators: 4, people: 40 };

/** One kind of turns at one bot. */
interface Contestant {
  name: string;
  scenario: string;
  isAuthenticated: boolean;
  /** At most so much CPU, and at least so many turns, for one of the plain echo with the same authentication. */
  target?: { cpu?: number; rate?: number };
  start(): Promise<Bot>;
}

/** What one round of it came to. */
interface Round extends Ran {
  cpuPerTurn: number;
  rate: number;
  rss: number;
}

const client = await startClient();
const PLAIN = 'echo, botbuilder + restify';

const contestants: Contestant[] = [
  { name: PLAIN, scenario: 'echo', isAuthenticated: false, start: () => startPeer('botbuilder', client, false) },
  { name: 'this bot, a question with its cards', scenario: 'questions', isAuthenticated: false, target: { cpu: 1, rate: 1 }, start: () => startSubject(client, false, COMPANY) },
];

const bots = new Map<Contestant, Bot>();
for (const one of contestants) bots.set(one, await one.start());
const results = new Map<Contestant, Round[]>(contestants.map((one) => [one, []]));
for (let round = -warmups; round < rounds; round += 1) {
  for (const one of contestants) {
    const measured = await runOf(one, bots.get(one)!);
    if (round >= 0) results.get(one)?.push(measured);
  }
}
print();
await Promise.all([...bots.values()].map((bot) => bot.stop()));
await client.child.stop();

async function runOf({ name, scenario, isAuthenticated }: Contestant, { child, url }: Bot): Promise<Round> {
  const order: Order = { server: `${name} ${isAuthenticated}`, url, scenario, conversations, isAuthenticated, forMs };
  await client.child.ask('begin', order);
  const before = await child.usage();
  const ran = await client.child.ask<Ran>('run', order);
  const { cpuMs, rss } = await child.usage();
  return { ...ran, cpuPerTurn: (cpuMs - before.cpuMs) / ran.turns, rate: (ran.turns / ran.ms) * 1000, rss };
}

function print(): void {
  const rows = contestants.map((one) => {
    const measured = results.get(one)!;
    const plain = results.get(contestants.find(({ name, isAuthenticated }) => name === PLAIN && isAuthenticated === one.isAuthenticated)!)!;
    const of = (value: (round: Round) => number): number[] => measured.map(value);
    const ratio = (value: (round: Round) => number): number => median(measured.map((round, i) => value(round) / value(plain[i]!)));
    const [cpu, rate] = [ratio((round) => round.cpuPerTurn), ratio((round) => round.rate)];
    return [one.name, spread(of((r) => r.rate), 0), rate.toFixed(2), spread(of((r) => r.cpuPerTurn), 3), cpu.toFixed(2), median(of((r) => r.p50)).toFixed(1), median(of((r) => r.p95)).toFixed(1), (at(of((r) => r.rss), 1) / 2 ** 20).toFixed(0), median(of((r) => r.clientBusy)).toFixed(2)];
  });
  process.stdout.write(`${table([['', 'turns/s', 'ratio', 'CPU ms/turn', 'ratio', 'p50 ms', 'p95 ms', 'RSS MB', 'client busy'], ...rows])}\n`);
}
