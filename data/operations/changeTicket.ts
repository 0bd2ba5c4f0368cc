import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Ticket, TicketEvent } from '../model/ticket.ts';
import type { Clock, TicketStore } from '../ports.ts';

/** What every act on a ticket needs. */
export interface TicketDeps {
  tickets: TicketStore;
  clock: Clock;
}

/** Which ticket is meant. */
export type TicketKey = Pick<Ticket, 'tenantId' | 'id'>;

const TRIES = 1000;

/**
 * Loads a ticket, lets `act` ask the rules and change, saves; asks again when somebody else saved in between. Refused with
 * `ticketUnknown` when the tenant has none of that id. What `act` leaves as it was is not saved.
 */
export async function changeTicket(tickets: TicketStore, { tenantId, id }: TicketKey, act: (ticket: Ticket) => Result<Ticket, Refusal>): Promise<Result<Ticket, Refusal>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const ticket = await tickets.get(tenantId, id);
    if (!ticket) return refuse({ kind: 'ticketUnknown' });
    const result = act(ticket);
    if (!result.ok || result.value === ticket) return result;
    if ((await tickets.save(result.value)) === 'saved') return ok({ ...result.value, version: ticket.version + 1 });
  }
  throw new Error(`no save succeeded in ${TRIES} tries`);
}

/** A ticket with what happened to it. */
export function withEvents(ticket: Ticket, ...events: TicketEvent[]): Ticket {
  return { ...ticket, log: [...ticket.log, ...events] };
}
