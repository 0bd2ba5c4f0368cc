import { createHash } from 'node:crypto';
import type { Act, Event } from '../model/event.ts';
import { canonical } from './canonical.ts';

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

/** Which event does not follow from the one before, in words; undefined when the chain holds. */
export function brokenLink(events: readonly Event[]): string | undefined {
  const broken = firstBrokenLink(events);
  const { kind, at } = events[broken ?? -1]?.act ?? {};
  return broken === undefined ? undefined : `event ${broken + 1} of ${events.length} (${kind}, ${at}) does not follow from the one before`;
}

function hashOf(act: Act, previous: string): string {
  return createHash('sha256').update(previous).update(canonical(act)).digest('hex');
}
