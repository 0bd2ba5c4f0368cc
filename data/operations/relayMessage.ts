import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Content, Helper, Ticket, TicketEvent } from '../model/ticket.ts';
import { isOpen, replies } from '../rules/desk.ts';
import type { TicketDeps, TicketKey } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';

// What is written on one side is kept before it is acknowledged, once for each `source`, and told to the other side from there.

/** The person wrote to the help desk. Refused with `ticketClosed`. */
export function relayFromPerson(deps: TicketDeps, key: TicketKey, { source, content }: { source: string; content: Content }): Promise<Result<Ticket, Refusal>> {
  return keep(deps, key, source, isOpen, (at) => ({ kind: 'said', at, source, content }));
}

/** A helper wrote to the person. Refused with `notClaimed` and `ticketClosed`. */
export function relayFromHelper(deps: TicketDeps, key: TicketKey, { source, by, content }: { source: string; by: Helper; content: Content }): Promise<Result<Ticket, Refusal>> {
  return keep(deps, key, source, replies, (at) => ({ kind: 'replied', at, source, by, content }));
}

/** A helper sends a knowledge entry, in the person's language. Refused with `notClaimed` and `ticketClosed`. */
export async function answerTicket({ tickets, clock }: TicketDeps, key: TicketKey, by: Helper, entry: string): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    const against = replies(ticket);
    return against ? refuse(against) : ok(withEvents(ticket, { kind: 'answered', at: clock.now().toISOString(), by, entry }));
  });
}

/** Something among helpers, at any time. */
export function noteOnTicket(deps: TicketDeps, key: TicketKey, { source, by, text }: { source: string; by: Helper; text: string }): Promise<Result<Ticket, Refusal>> {
  return keep(deps, key, source, () => undefined, (at) => ({ kind: 'noted', at, source, by, text }));
}

/** A message was edited where it was written; `source` is the message's own. What was never carried is left alone. */
export async function editRelayed({ tickets, clock }: TicketDeps, key: TicketKey, source: string, content: Content): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    const of = placeOf(ticket, source);
    const now = of === undefined ? undefined : contentOf(ticket, of);
    if (of === undefined || !now || JSON.stringify(now) === JSON.stringify(content)) return ok(ticket);
    return ok(withEvents(ticket, { kind: 'edited', at: clock.now().toISOString(), source, of, content }));
  });
}

/** A message was deleted where it was written. */
export async function deleteRelayed({ tickets, clock }: TicketDeps, key: TicketKey, source: string): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    const of = placeOf(ticket, source);
    if (of === undefined || ticket.log.some((event) => event.kind === 'deleted' && event.of === of)) return ok(ticket);
    return ok(withEvents(ticket, { kind: 'deleted', at: clock.now().toISOString(), of }));
  });
}

/** What a message says now; undefined when it was deleted, or is none. */
export function contentOf({ log }: Ticket, of: number): Content | undefined {
  return log.reduce<Content | undefined>((now, event, n) => {
    if (n === of) return event.kind === 'said' || event.kind === 'replied' ? event.content : undefined;
    if (event.kind === 'edited' && event.of === of) return event.content;
    return event.kind === 'deleted' && event.of === of ? undefined : now;
  }, undefined);
}

function placeOf({ log }: Ticket, source: string): number | undefined {
  const of = log.findIndex((event) => (event.kind === 'said' || event.kind === 'replied') && event.source === source);
  return of === -1 ? undefined : of;
}

async function keep({ tickets, clock }: TicketDeps, key: TicketKey, source: string, rule: (ticket: Ticket) => Refusal | undefined, event: (at: string) => TicketEvent): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    // Delivered again.
    if (ticket.log.some((one) => 'source' in one && one.kind !== 'edited' && one.source === source)) return ok(ticket);
    const against = rule(ticket);
    return against ? refuse(against) : ok(withEvents(ticket, event(clock.now().toISOString())));
  });
}
