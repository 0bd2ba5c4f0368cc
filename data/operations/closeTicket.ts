import { reopens, standingOf } from '../desk/standing.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Helper, Ticket } from '../model/ticket.ts';
import { isOpen } from '../rules/desk.ts';
import { visible } from '../text/visible.ts';
import type { TicketDeps, TicketKey } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';
import { NOTE_LIMIT } from './moveTicket.ts';

/** Ends a ticket: a helper, the person, or the time. Refused with `ticketClosed`. */
export async function closeTicket({ tickets, clock }: TicketDeps, key: TicketKey, by: Helper | 'person' | 'time' | 'noDesk', reason = ''): Promise<Result<Ticket, Refusal>> {
  const said = visible(reason).slice(0, NOTE_LIMIT);
  return changeTicket(tickets, key, (ticket) => {
    const against = isOpen(ticket);
    return against ? refuse(against) : ok(withEvents(ticket, { kind: 'closed', at: clock.now().toISOString(), by, ...(said === '' ? {} : { reason: said }) }));
  });
}

/** The person says afterwards whether it was solved; once more replaces nothing and is not kept. Refused with `ticketUnknown` for a ticket of somebody else, or one that is not over. */
export async function rateTicket({ tickets, clock }: TicketDeps, key: TicketKey, personId: string, { solved, sentence }: { solved: boolean; sentence: string }): Promise<Result<Ticket, Refusal>> {
  const said = visible(sentence).slice(0, NOTE_LIMIT);
  return changeTicket(tickets, key, (ticket) => {
    const { state, rated } = standingOf(ticket);
    if (ticket.personId !== personId || state !== 'closed') return refuse({ kind: 'ticketUnknown' });
    return rated ? ok(ticket) : ok(withEvents(ticket, { kind: 'rated', at: clock.now().toISOString(), solved, ...(said === '' ? {} : { sentence: said }) }));
  });
}

/** Opens a ticket again that closed by itself: the person wrote. Refused with `ticketClosed` when it is over for good. */
export async function reopenTicket({ tickets, clock }: TicketDeps, key: TicketKey): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    if (standingOf(ticket).state !== 'closed') return ok(ticket);
    return reopens(ticket, clock.now()) ? ok(withEvents(ticket, { kind: 'reopened', at: clock.now().toISOString() })) : refuse({ kind: 'ticketClosed' });
  });
}
