import type { Contestant } from '../contestants.ts';
import { PLAIN } from '../contestants.ts';
import type { Round } from '../rounds.ts';
import { at, median, spread } from './statistics.ts';
import { table } from './table.ts';

const HEAD = ['turns/s', 'x', 'CPU ms a turn', 'x', 'cores', 'p50 ms', 'p95 ms', 'answered p50', 'p95', 'RSS MB'];
/** So busy, the client is what others wait for; unless the bot is as busy. */
const BUSY = 0.85;

/** One contestant against the plain echo with the same authentication, as ratios round by round. */
interface Compared {
  of: Contestant;
  rounds: Round[];
  cpu: number;
  rate: number;
}

export function compare(measured: Map<Contestant, Round[]>): Compared[] {
  return [...measured].map(([of, rounds]) => {
    const plain = [...measured].find(([{ name, isAuthenticated }]) => name === PLAIN && isAuthenticated === of.isAuthenticated)?.[1] ?? [];
    const ratio = (value: (round: Round) => number): number => median(rounds.map((round, i) => value(round) / value(plain[i]!)));
    return { of, rounds, cpu: ratio(({ cpuPerTurn }) => cpuPerTurn), rate: ratio(({ rate }) => rate) };
  });
}

/** A table for those without authentication and one for those with it. */
export function tables(compared: Compared[]): string {
  return [false, true]
    .map((isAuthenticated) => table([[isAuthenticated ? 'with authentication' : 'without authentication', ...HEAD], ...compared.filter(({ of }) => of.isAuthenticated === isAuthenticated).map(rowOf)]))
    .join('\n\n');
}

function rowOf({ of, rounds, cpu, rate }: Compared): string[] {
  const middle = (value: (round: Round) => number, digits = 1): string => median(rounds.map(value)).toFixed(digits);
  return [
    of.name,
    spread(rounds.map((round) => round.rate), 0),
    rate.toFixed(2),
    spread(rounds.map(({ cpuPerTurn }) => cpuPerTurn), 2),
    cpu.toFixed(2),
    middle((round) => (round.cpuPerTurn * round.rate) / 1000, 2),
    middle(({ whole }) => median(whole)),
    middle(({ whole }) => at(whole, 0.95)),
    middle(({ answered }) => median(answered)),
    middle(({ answered }) => at(answered, 0.95)),
    middle(({ rss }) => rss / 2 ** 20, 0),
  ];
}

/** Whom the client may have held up. */
export function heldUp(compared: Compared[]): string[] {
  return compared.flatMap(({ of, rounds }) => {
    const [client, bot] = [median(rounds.map(({ clientBusy }) => clientBusy)), median(rounds.map((round) => (round.cpuPerTurn * round.rate) / 1000))];
    const where = of.isAuthenticated ? 'with authentication' : 'without authentication';
    return client > BUSY && bot < BUSY ? [`${of.name} ${where}: the client was busy ${(client * 100).toFixed(0)} % of the time, the bot ${(bot * 100).toFixed(0)} %: it may do more turns than that`] : [];
  });
}

/** Each target with what came of it. */
export function verdicts(compared: Compared[]): { line: string; isMissed: boolean }[] {
  return compared.flatMap(({ of: { name, isAuthenticated, target }, cpu, rate }) => {
    const about = `${name}, ${isAuthenticated ? 'with' : 'without'} authentication`;
    if (!target) return [];
    const most = { line: `${about}: CPU ${cpu.toFixed(2)} of the plain echo's, ${cpu > target.cpu ? 'ABOVE' : 'at most'} ${target.cpu}`, isMissed: cpu > target.cpu };
    if (target.rate === undefined) return [most];
    return [most, { line: `${about}: turns/s ${rate.toFixed(2)} of the plain echo's, ${rate < target.rate ? 'BELOW' : 'at least'} ${target.rate}`, isMissed: rate < target.rate }];
  });
}
