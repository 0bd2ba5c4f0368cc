import type { Company } from '../company/write.ts';
import type { Scenario } from './scenario.ts';
import type { Talk } from './talk.ts';

/** What the client is asked to do with a bot. */
export interface Order {
  /** A name of its own for the bot and what is done with it: its people go on where they were. */
  session: string;
  url: string;
  scenario: string;
  company: Company;
  conversations: number;
  /** So many of them take their turns at the same time, each one turn after the other. */
  atOnce: number;
  isAuthenticated: boolean;
  /** No turn begins after so many milliseconds, or so many turns; absent: until there is nothing left to do. */
  forMs?: number;
  turns?: number;
}

/** What came of it. */
export interface Ran {
  turns: number;
  ms: number;
  /** Milliseconds of each turn until everything was there, and until the HTTP answer. */
  whole: number[];
  answered: number[];
  /** How much of the time the client itself was busy, 0 to 1: near 1 it was what others waited for. */
  clientBusy: number;
}

/** Lets people take turns, each begins the next when the last one is over. Throws when one was wrong. */
export async function pace(scenario: Scenario, talks: Talk[], { atOnce, forMs = Infinity, turns = Infinity }: Pick<Order, 'atOnce' | 'forMs' | 'turns'>): Promise<Ran> {
  const before = performance.eventLoopUtilization();
  const began = performance.now();
  let begun = 0;
  await inLanes(talks, atOnce, async (talk) => {
    if (begun >= turns || performance.now() - began >= forMs) return false;
    begun += 1;
    return (await scenario.turn(talk)) ?? true;
  });
  await scenario.after(talks);
  const ms = performance.now() - began;
  const { utilization } = performance.eventLoopUtilization(before);
  const times = talks.flatMap((talk) => talk.times.splice(0));
  return { turns: times.length, ms, whole: times.map(({ whole }) => whole), answered: times.map(({ answered }) => answered), clientBusy: utilization };
}

/** Takes everybody in turn, so many at a time, nobody twice at the same time; who answers false is asked no more. */
export async function inLanes(talks: Talk[], atOnce: number, work: (talk: Talk) => Promise<boolean>): Promise<void> {
  await Promise.all(Array.from({ length: Math.min(atOnce, talks.length) }, async (_, lane) => {
    let mine = talks.filter((_talk, n) => n % atOnce === lane);
    while (mine.length > 0) {
      const on: Talk[] = [];
      for (const talk of mine) if (await work(talk)) on.push(talk);
      mine = on;
    }
  }));
}
