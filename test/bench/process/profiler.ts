import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

/** Microseconds between two looks at what runs. */
const INTERVAL_US = 200;

/** V8's CPU profiler of this process, as `--cpu-prof` uses it, for a part of its life. */
const session = new Session();
session.connect();

export async function startProfile(): Promise<void> {
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
}

export async function stopProfile(): Promise<Profiler.Profile> {
  return (await session.post('Profiler.stop')).profile;
}
