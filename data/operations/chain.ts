import { createHash } from 'node:crypto';
import type { Act, Event } from '../model/event.ts';

/** Appends an act to a history; each event carries the hash of the one before. */
export function appendEvent(events: readonly Event[], act: Act): Event[] {
  const previous = events.at(-1)?.hash ?? '';
  return [...events, { act, previous, hash: hashOf(act, previous) }];
}

/** The index of the first event whose hash does not fit, or undefined when the chain holds. */
export function firstBrokenLink(events: readonly Event[]): number | undefined {
  const index = events.findIndex((event, i) => {
    const previous = events[i - 1]?.hash ?? '';
    return event.previous !== previous || event.hash !== hashOf(event.act, previous);
  });
  return index < 0 ? undefined : index;
}

function hashOf(act: Act, previous: string): string {
  return createHash('sha256').update(previous).update(canonical(act)).digest('hex');
}

/** JSON with sorted keys: the same act always gives the same bytes, whatever wrote it. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
}
