import type { HelpDesk } from '../model/helpDesk.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Helper, Ticket } from '../model/ticket.ts';
import { isOpen } from '../rules/desk.ts';
import { visible } from '../text/visible.ts';
import type { TicketDeps, TicketKey } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';

/** Characters. */
export const NOTE_LIMIT = 2000;

/**
 * Passes a ticket on to another channel of the help desk, where it begins a thread of its own and waits; without `by` the
 * time does. Refused with `channelUnknown` and `ticketClosed`.
 */
export async function moveTicket({ tickets, clock }: TicketDeps, desk: Pick<HelpDesk, 'channels'> | undefined, key: TicketKey, { to, by, note = '' }: { to: string; by?: Helper; note?: string }): Promise<Result<Ticket, Refusal>> {
  if (!desk?.channels.some(({ id }) => id === to)) return refuse({ kind: 'channelUnknown' });
  const said = visible(note).slice(0, NOTE_LIMIT);
  return changeTicket(tickets, key, (ticket) => {
    const against = isOpen(ticket) ?? (ticket.channel === to ? ({ kind: 'channelUnknown' } as const) : undefined);
    return against ? refuse(against) : ok(moved(ticket, to, clock.now().toISOString(), { ...(by ? { by } : {}), ...(said === '' ? {} : { note: said }) }));
  });
}

/** A ticket in another channel, where it has no thread yet. */
export function moved({ thread, ...ticket }: Ticket, to: string, at: string, more: { by?: Helper; note?: string } = {}): Ticket {
  const from = ticket.channel === undefined ? {} : { from: { channel: ticket.channel, ...(thread === undefined ? {} : { thread }) } };
  return withEvents({ ...ticket, channel: to }, { kind: 'moved', at, to, ...from, ...more });
}
