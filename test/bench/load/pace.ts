import { at } from '../print/statistics.ts';
import type { Scenario } from './scenario.ts';
import type { Talk } from './talk.ts';
import { Wrong } from './talk.ts';

/** What the client is asked to do with a server. */
export interface Order {
  /** A name of its own for the server and what is done with it. */
  server: string;
  url: string;
  scenario: string;
  /** So many at once, each a turn at a time. */
  conversations: number;
  isAuthenticated: boolean;
  /** No turn begins after so many milliseconds. */
  forMs: number;
}

/** What came of it. */
export interface Ran {
  turns: number;
  ms: number;
  /** Milliseconds of a turn. */
  p50: number;
  p95: number;
  /** How much of the time the client itself was busy, 0 to 1: near 1 it was what others waited for. */
  clientBusy: number;
}

/** Lets everybody take turns, each begins the next when the last one is over. Throws when one was wrong. */
export async function pace(scenario: Scenario, talks: Talk[], { forMs }: Pick<Order, 'forMs'>): Promise<Ran> {
  const before = performance.eventLoopUtilization();
  const began = performance.now();
  await Promise.all(talks.map(async (talk) => {
    while (performance.now() - began < forMs) if ((await scenario.turn(talk)) === false) return;
  }));
  const ms = performance.now() - began;
  const { utilization } = performance.eventLoopUtilization(before);
  const unexpected = talks.flatMap(({ late }) => late.splice(0));
  if (unexpected.length > 0) throw new Wrong(`came unasked: ${JSON.stringify(unexpected).slice(0, 2000)}`);
  const times = talks.flatMap((talk) => talk.times.splice(0));
  return { turns: times.length, ms, p50: at(times, 0.5), p95: at(times, 0.95), clientBusy: utilization };
}
