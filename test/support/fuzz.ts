import * as fc from 'fast-check';
import { createLog } from '../../bot/log.ts';
import type { Records, Store } from '../../data/store/store.ts';
import { baseActivity } from './bot.ts';
import type { Attempt } from './fuzz/activities.ts';
import { attempt } from './fuzz/activities.ts';
import type { Standing } from './fuzz/guarded.ts';
import { changes, standingOf } from './fuzz/guarded.ts';
import { asVouched, mutated } from './fuzz/mutate.ts';
import { jsonOf } from './fuzz/odd.ts';
import type { Answered } from './fuzz/wire.ts';
import { sendBody } from './fuzz/wire.ts';
import type { World } from './fuzz/world.ts';
import { createWorld, inWorld, SENDERS } from './fuzz/world.ts';

/** What a run did, and what came of it. */
export interface Fuzzed {
  sent: Record<string, number>;
  bodies: Record<string, number>;
  statuses: Record<string, number>;
  /** Changes of what the sender may change, by the kind of record. */
  allowed: Record<string, number>;
  forbidden: number;
  slowestMs: number;
  worlds: number;
  seconds: number;
  /** The smallest counter-example with its seed and path; undefined: there is none. */
  failure: string | undefined;
}

/** Milliseconds that an answer may take. */
const IN_TIME = 1_000;
/** What was sent makes a company grow: after so many a new one is asked. */
const PER_WORLD = 1_000;
/** Another process may have the machine: slow is what is slow each time. */
const TRIES = 3;
/** Looking for a smaller counter-example ends too. */
const PER_RUN_MS = 200;
const SHORTEST_MS = 60_000;

/** Sends `count` mutated activities and looks after each whether the bot answered in time, lives, and changed only what the sender may. The same `seed` sends the same; `path` goes straight to the counter-example of a run. `tell` hears of what fails while smaller ones are looked for. */
export async function fuzz({ count, seed, path, tell = () => undefined }: { count: number; seed: number; path?: string; tell?: (sentence: string) => void }): Promise<Fuzzed> {
  const began = Date.now();
  const result: Fuzzed = { sent: {}, bodies: {}, statuses: {}, allowed: {}, forbidden: 0, slowestMs: 0, worlds: 0, seconds: 0, failure: undefined };
  const faults: unknown[] = [];
  const onFault = (fault: unknown): void => void faults.push(fault);
  process.on('unhandledRejection', onFault).on('uncaughtException', onFault);
  const log = createLog('silent');
  let world: World | undefined;
  let standing: Standing = new Map();
  let inThisWorld = 0;
  const fresh = async (): Promise<World> => {
    if (world && inThisWorld < PER_WORLD) return world;
    await world?.t.stop();
    world = await createWorld(log);
    inThisWorld = 0;
    result.worlds += 1;
    standing = await standingOf(recordsOf(world));
    return world;
  };
  const property = fc.asyncProperty(attempt, async (one) => {
    const here = await fresh();
    inThisWorld += 1;
    const { status, ms } = await send(here, one);
    const after = await standingOf(recordsOf(here));
    // Of all who send: who hangs up is not waited for, and what was asked may be done during the next.
    const { allowed, forbidden } = changes(standing, after, Object.values(SENDERS));
    standing = after;
    count1(result.sent, one.kind);
    count1(result.bodies, one.body);
    count1(result.statuses, String(status));
    for (const kind of allowed) count1(result.allowed, kind);
    result.forbidden += forbidden.length;
    result.slowestMs = Math.max(result.slowestMs, ms);
    const against = [...forbidden, ...(typeof status === 'number' && status >= 500 ? [`HTTP ${status}`] : []), ...(status === 'cut' && one.body === 'whole' ? ['no answer'] : []), ...(ms > IN_TIME ? [`answered after ${Math.round(ms)} ms`] : []), ...faults.splice(0).map((fault) => `not caught: ${String(fault)}`)];
    if (against.length === 0) return;
    // What was done stays done: the next, smaller one is tried on a company where it was not.
    inThisWorld = PER_WORLD;
    tell(`${one.kind} of ${one.sender}: ${against.join('; ')}`);
    throw new Error(against.join('; '));
  });
  try {
    const details = await fc.check(property, { numRuns: count, seed, interruptAfterTimeLimit: Math.max(PER_RUN_MS * count, SHORTEST_MS), ...(path === undefined ? {} : { path }) });
    if (details.failed) result.failure = `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`;
  } finally {
    await world?.t.stop();
    process.off('unhandledRejection', onFault).off('uncaughtException', onFault);
  }
  return { ...result, seconds: Math.round((Date.now() - began) / 1000) };
}

/** The house is made of the whole store, and routes see of it what they need. */
function recordsOf({ t }: World): Records {
  return (t.bot.house as unknown as Pick<Store, 'records'>).records;
}

async function send(world: World, one: Attempt): Promise<{ status: Answered; ms: number }> {
  const { t } = world;
  const sender = SENDERS[one.sender];
  const times: number[] = [];
  let status: Answered = 'cut';
  while (times.length < TRIES && times.every((ms) => ms > IN_TIME)) {
    const base = baseActivity(t.channel, sender);
    const { conversation = {}, channelData = {}, ...activity } = inWorld(world, one.activity);
    const whole = { ...base, ...activity, conversation: { ...(base['conversation'] as object), ...(conversation as object) }, channelData: { ...(base['channelData'] as object), ...(channelData as object) } };
    const json = jsonOf(asVouched(inWorld(world, mutated(whole, one.mutations)), sender));
    const began = performance.now();
    status = await sendBody(t.bot.url, one.body, json);
    times.push(performance.now() - began);
    await t.bot.house.background.idle(30_000);
  }
  return { status, ms: Math.min(...times) };
}

function count1(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
