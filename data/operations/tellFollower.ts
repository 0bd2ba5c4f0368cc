import type { FollowerName } from '../desk/followers.ts';
import { ok } from '../model/result.ts';
import type { Follower, Ticket } from '../model/ticket.ts';
import type { TicketDeps, TicketKey } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';

// What a follower of a ticket has been told. Each step is on disk before the next: what a killed process was about to send is
// known to be in doubt, and is never sent a second time unasked.

/** The event `n` is about to be sent. */
export function isTrying(deps: TicketDeps, key: TicketKey, follower: FollowerName, n: number): Promise<Ticket | undefined> {
  return change(deps, key, follower, (now) => ({ ...now, next: n, trying: true }));
}

/** The events before `next` are told; `sent`: where the last of them stands now, and `begun`: the thread that was begun, which is the ticket's unless it went on meanwhile. */
export function isTold(deps: TicketDeps, key: TicketKey, follower: FollowerName, next: number, { sent, begun }: { sent?: { in: string; id: string } | undefined; begun?: { channel: string; thread: string } } = {}): Promise<Ticket | undefined> {
  return change(
    deps, key, follower,
    (now) => ({ ...now, next, trying: false, tries: 0, ...(sent ? { sent: { ...now.sent, [next - 1]: sent } } : {}) }),
    (ticket) => (begun === undefined ? ticket : withThread(ticket, begun)),
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

/** The event `n` will never be told: the other side is told so, where it is something that was written there. */
export function isUndelivered(deps: TicketDeps, key: TicketKey, follower: 'person' | 'desk', n: number, late: boolean): Promise<Ticket | undefined> {
  return change(deps, key, follower, (now) => ({ ...now, next: n + 1, trying: false, tries: 0 }), (ticket) => {
    const event = ticket.log[n];
    const of = event?.kind === 'edited' ? event.of : n;
    const kind = ticket.log[of]?.kind ?? 'opened';
    return (follower === 'person' ? ['replied', 'answered'] : ['said']).includes(kind) ? withEvents(ticket, { kind: 'undelivered', at: deps.clock.now().toISOString(), of, ...(late ? { late } : {}) }) : ticket;
  });
}

/** A message that begins a thread, and of which the bot may not have been told: what is written there is known to belong to the ticket. */
export async function noteThread(deps: TicketDeps, key: TicketKey, begun: { channel: string; thread: string }): Promise<void> {
  await changeTicket(deps.tickets, key, (ticket) => ok(knows(ticket, begun) ? ticket : { ...ticket, threads: [...ticket.threads, begun] }));
}

function withThread(ticket: Ticket, begun: { channel: string; thread: string }): Ticket {
  const threads = knows(ticket, begun) ? ticket.threads : [...ticket.threads, begun];
  return ticket.channel === begun.channel ? { ...ticket, thread: begun.thread, threads } : { ...ticket, threads };
}

function knows({ threads }: Ticket, { channel, thread }: { channel: string; thread: string }): boolean {
  return threads.some((one) => one.channel === channel && one.thread === thread);
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
