import { createHash, randomBytes } from 'node:crypto';
import type { Act, Event } from '../model/event.ts';
import { canonical } from './canonical.ts';

// A history is a chain of hashes, and people have a right to be forgotten. So the hash of an event does not cover the words that
// people wrote in it, but a seal: SHA-256 over a random salt and those words. To erase them, words and salt go and the
// seal stays: every hash is as it was, also in an export that somebody has of it, and without the salt no guess can be
// tried against the seal. What stands in the words' place proves nothing, and the act `erased` says so at the end of the chain.
// Events of the time before seals hashed the words themselves; where such words are erased, the chain is hashed anew from there,
// because the old hashes would let anybody try guesses, and `erased` says from where.

/** Appends an act to a history; each event carries the hash of the one before. */
export function appendEvent(events: readonly Event[], act: Act): Event[] {
  const salt = Object.keys(wordsOf(act)).length === 0 ? {} : { salt: randomBytes(16).toString('hex') };
  return [...events, linked({ act, ...salt }, events.at(-1)?.hash ?? '')];
}

/** The index of the first event whose hash does not fit, or undefined when the chain holds. */
export function firstBrokenLink(events: readonly Event[]): number | undefined {
  const index = events.findIndex((event, i) => {
    const previous = events[i - 1]?.hash ?? '';
    return event.previous !== previous || event.hash !== linked(event, previous).hash;
  });
  return index < 0 ? undefined : index;
}

/** Which event does not follow from the one before, in words; undefined when the chain holds. */
export function brokenLink(events: readonly Event[]): string | undefined {
  const broken = firstBrokenLink(events);
  const { kind, at } = events[broken ?? -1]?.act ?? {};
  return broken === undefined ? undefined : `event ${broken + 1} of ${events.length} (${kind}, ${at}) does not follow from the one before`;
}

/** What of an act people wrote, or an import brought: the only fields that `eraseWords` may change. */
export function wordsOf(act: Act): Partial<Record<'reason' | 'comment' | 'before' | 'after', string>> {
  if (act.kind === 'imported') return { ...(act.before === undefined ? {} : { before: act.before }), ...(act.after === undefined ? {} : { after: act.after }) };
  if ('comment' in act) return { comment: act.comment };
  return 'reason' in act && act.reason !== undefined ? { reason: act.reason } : {};
}

/** A history in which `rewrite` has put other words in the place of some; `rehashedFrom` as in the act `erased`. What `rewrite` leaves alone stays the same event. */
export function eraseWords(events: readonly Event[], rewrite: (act: Act) => Act): { events: Event[]; rehashedFrom: number | undefined } {
  let rehashedFrom: number | undefined;
  const next = events.reduce<Event[]>((chain, event, i) => {
    const act = rewrite(event.act);
    const isErased = canonical(act) !== canonical(event.act);
    if (isErased && !isSealed(event)) rehashedFrom ??= i + 1;
    if (!isErased && rehashedFrom === undefined) return [...chain, event];
    const { previous: _before, hash: _old, ...kept } = event;
    return [...chain, linked(isErased ? { act, ...(isSealed(event) ? { seal: sealOf(event) } : {}) } : kept, chain.at(-1)?.hash ?? '')];
  }, []);
  return { events: next, rehashedFrom };
}

type Unlinked = Pick<Event, 'act' | 'salt' | 'seal'>;

function isSealed({ salt, seal }: Unlinked): boolean {
  return salt !== undefined || seal !== undefined;
}

function sealOf({ act, salt = '', seal }: Unlinked): string {
  return seal ?? createHash('sha256').update(salt).update(canonical(wordsOf(act))).digest('hex');
}

function linked(event: Unlinked, previous: string): Event {
  const hash = createHash('sha256').update(previous).update(canonical(isSealed(event) ? { ...wordless(event.act), seal: sealOf(event) } : event.act)).digest('hex');
  return { ...event, previous, hash };
}

function wordless(act: Act): object {
  const words = Object.keys(wordsOf(act));
  return Object.fromEntries(Object.entries(act).filter(([field]) => !words.includes(field)));
}
