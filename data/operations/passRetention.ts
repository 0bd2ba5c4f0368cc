import type { Retention } from '../model/retention.ts';
import type { Clock } from '../ports.ts';
import type { Store } from '../store/store.ts';
import { agedChat, agedRating, agedTicket, wasClosedBefore } from './aged.ts';

/** What was forgotten: how many records and pictures went, and how many records lost what was old in them. */
export interface Forgotten {
  removed: number;
  changed: number;
}

/**
 * Forgets what was kept long enough: removes old questions, closed tickets and pictures, and takes old words out of chats, ratings and
 * closed tickets. Tickets that are not over are never touched. What somebody saves at the same time is left for the next
 * time. Nothing is written when nothing is due.
 */
export async function passRetention(store: Store, clock: Clock, retention: Retention): Promise<Forgotten> {
  const forgotten: Forgotten = { removed: 0, changed: 0 };
  const before = Object.fromEntries(Object.entries(retention).map(([what, ms]) => [what, instantBefore(clock, ms)])) as Record<keyof Retention, string>;
  for (const tenantId of await store.records.tenants()) {
    await passQuestions(store, tenantId, before.questions, forgotten);
    await passTickets(store, tenantId, before, forgotten);
  }
  forgotten.removed += await store.pictures.removeBefore(before.pictures);
  return forgotten;
}

/** Nothing is older than the beginning of time. */
function instantBefore(clock: Clock, ms: number): string {
  return new Date(Math.max(0, clock.now().getTime() - ms)).toISOString();
}

async function passQuestions({ records, gaps, chats, ratings }: Store, tenantId: string, before: string, forgotten: Forgotten): Promise<void> {
  for await (const gap of records.of('gaps', tenantId)) {
    if (gap.at >= before) continue;
    await gaps.remove(gap);
    forgotten.removed += 1;
  }
  for await (const chat of records.of('chats', tenantId)) {
    const next = agedChat(chat, before);
    if (next !== chat && (await chats.save(next)) === 'saved') forgotten.changed += 1;
  }
  for await (const rating of records.of('ratings', tenantId)) {
    const next = agedRating(rating, before);
    if (next !== rating && (await ratings.save(next)) === 'saved') forgotten.changed += 1;
  }
}

async function passTickets({ records, tickets }: Store, tenantId: string, before: Record<keyof Retention, string>, forgotten: Forgotten): Promise<void> {
  for await (const ticket of records.of('tickets', tenantId)) {
    if (wasClosedBefore(ticket, before.tickets)) {
      await tickets.remove(ticket);
      forgotten.removed += 1;
      continue;
    }
    const next = agedTicket(ticket, before.transcripts);
    if (next !== ticket && (await tickets.save(next)) === 'saved') forgotten.changed += 1;
  }
}
