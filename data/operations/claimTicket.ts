import { standingOf } from '../desk/standing.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Helper, Ticket } from '../model/ticket.ts';
import { claims, isOpen } from '../rules/desk.ts';
import type { TicketDeps, TicketKey } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';

/** A helper takes a ticket that waits. Refused with `alreadyClaimed` (by another one) or `ticketClosed`; who has it already has it. */
export async function claimTicket({ tickets, clock }: TicketDeps, key: TicketKey, by: Helper): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    if (isSame(standingOf(ticket).helper, by)) return ok(ticket);
    const against = claims(ticket);
    return against ? refuse(against) : ok(withEvents(ticket, { kind: 'claimed', at: clock.now().toISOString(), by }));
  });
}

/** Gives a ticket to a colleague, whoever had it. Refused with `ticketClosed`. */
export async function assignTicket({ tickets, clock }: TicketDeps, key: TicketKey, by: Helper, to: Helper): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    const against = isOpen(ticket);
    if (against) return refuse(against);
    return isSame(standingOf(ticket).helper, to) ? ok(ticket) : ok(withEvents(ticket, { kind: 'claimed', at: clock.now().toISOString(), by, ...(isSame(by, to) ? {} : { to }) }));
  });
}

/** Puts a claimed ticket back into the queue; without `by` the time does. Refused with `notClaimed`. */
export async function releaseTicket({ tickets, clock }: TicketDeps, key: TicketKey, by?: Helper): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) =>
    standingOf(ticket).state === 'claimed' ? ok(withEvents(ticket, { kind: 'released', at: clock.now().toISOString(), ...(by ? { by } : {}) })) : refuse({ kind: 'notClaimed' }),
  );
}

function isSame(one: Helper | undefined, other: Helper): boolean {
  return one !== undefined && one.id === other.id && (one.id !== undefined || one.name === other.name);
}
