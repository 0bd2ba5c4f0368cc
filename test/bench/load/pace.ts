import { at } from '../print/statistics.ts';
import type { Scenario } from './scenario.ts';
import type { Talk } from './talk.ts';

/** What the client is asked to do with a server. */
export interface Order {
  /** A name of its own for the bot and what is done with it: its people go on where they were. */
  session: string;
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
  /** Milliseconds of a turn until everything was there, and until the HTTP answer. */
  p50: number;
  p95: number;
  answeredP50: number;
  answeredP95: number;
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
  await scenario.after(talks);
  const ms = performance.now() - began;
  const { utilization } = performance.eventLoopUtilization(before);
  const times = talks.flatMap((talk) => talk.times.splice(0));
  const [whole, answered] = [times.map((one) => one.whole), times.map((one) => one.answered)];
  return { turns: times.length, ms, p50: at(whole, 0.5), p95: at(whole, 0.95), answeredP50: at(answered, 0.5), answeredP95: at(answered, 0.95), clientBusy: utilization };
}
