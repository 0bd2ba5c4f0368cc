import type { FollowerName } from '../desk/followers.ts';
import { ok } from '../model/result.ts';
import type { Follower, Ticket, TicketEvent } from '../model/ticket.ts';
import type { TicketDeps, TicketKey } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';

// What a follower of a ticket has been told. Each step is on disk before the next: what a killed process was about to send is
// known to be in doubt, and is never sent a second time unasked.

/** The event `n` is about to be sent. */
export function isTrying(deps: TicketDeps, key: TicketKey, follower: FollowerName, n: number): Promise<Ticket | undefined> {
  return change(deps, key, follower, (now) => ({ ...now, next: n, trying: true }));
}

/** The events before `next` are told; `sent`: where the last of them stands now, and `thread`: the message that begins the ticket's thread. */
export function isTold(deps: TicketDeps, key: TicketKey, follower: FollowerName, next: number, { sent, thread }: { sent?: { in: string; id: string } | undefined; thread?: string } = {}): Promise<Ticket | undefined> {
  return change(
    deps, key, follower,
    (now) => ({ ...now, next, trying: false, tries: 0, ...(sent ? { sent: { ...now.sent, [next - 1]: sent } } : {}) }),
    (ticket) => (thread === undefined ? ticket : { ...ticket, thread }),
  );
}

/** It could not be sent, and is tried again. */
export function isToTryAgain(deps: TicketDeps, key: TicketKey, follower: FollowerName): Promise<Ticket | undefined> {
  return change(deps, key, follower, (now) => ({ ...now, trying: false, tries: now.tries + 1 }));
}

/** Nobody knows whether the event `n` arrived: it is offered to be shown, and the next one is told. */
export function isUnsure(deps: TicketDeps, key: TicketKey, follower: FollowerName, n: number): Promise<Ticket | undefined> {
  return change(deps, key, follower, (now) => ({ ...now, trying: false, tries: 0, unsure: now.unsure.includes(n) ? now.unsure : [...now.unsure, n] }));
}

/** The event `n` will never be told to the person: the help desk is told so, where it is something that a helper wrote. */
export function isUndelivered(deps: TicketDeps, key: TicketKey, n: number): Promise<Ticket | undefined> {
  return change(deps, key, 'person', (now) => ({ ...now, next: n + 1, trying: false, tries: 0 }), (ticket) => {
    const kind = ticket.log[n]?.kind;
    const event: TicketEvent = { kind: 'undelivered', at: deps.clock.now().toISOString(), of: n };
    return kind === 'replied' || kind === 'answered' ? withEvents(ticket, event) : ticket;
  });
}

/** Where the card stands that shows the person how it stands. */
export async function placeCard(deps: TicketDeps, key: TicketKey, card: string): Promise<void> {
  await changeTicket(deps.tickets, key, (ticket) => ok(ticket.place.card === card ? ticket : { ...ticket, place: { ...ticket.place, card } }));
}

/** The thread is gone: what is told next begins another one. */
export async function forgetThread(deps: TicketDeps, key: TicketKey): Promise<void> {
  await changeTicket(deps.tickets, key, ({ thread: _thread, ...ticket }) => ok(ticket));
}

async function change(deps: TicketDeps, key: TicketKey, follower: FollowerName, changed: (now: Follower) => Follower, more: (ticket: Ticket) => Ticket = (ticket) => ticket): Promise<Ticket | undefined> {
  const result = await changeTicket(deps.tickets, key, (ticket) => ok(more({ ...ticket, [follower]: changed(ticket[follower]) })));
  return result.ok ? result.value : undefined;
}
