import { channelsFor } from '../desk/routing.ts';
import { standingOf } from '../desk/standing.ts';
import type { DeskDue } from '../desk/timers.ts';
import { dueOf } from '../desk/timers.ts';
import type { DeskPolicy } from '../model/deskPolicy.ts';
import type { HelpDesk } from '../model/helpDesk.ts';
import { ok } from '../model/result.ts';
import type { Ticket } from '../model/ticket.ts';
import type { TicketDeps } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';
import { moved } from './moveTicket.ts';

/**
 * Lets the time pass on a ticket: reminds, moves it on, puts it back into the queue, closes it. A ticket whose channel is
 * no help desk any more goes to another one, or is closed when there is none. What is due is asked of the newest record, so
 * that nobody who was faster loses it again. Returns whether something happened.
 */
export async function passTicketTime({ tickets, clock, deskPolicy }: TicketDeps & { deskPolicy: DeskPolicy }, desk: HelpDesk | undefined, key: Ticket): Promise<boolean> {
  const now = clock.now();
  const dueNow = (ticket: Ticket): DeskDue | { kind: 'noDesk' } | undefined => strayed(ticket, desk) ?? dueOf(ticket, desk, deskPolicy, now);
  if (!dueNow(key)) return false;
  const result = await changeTicket(tickets, key, (ticket) => ok(after(ticket, dueNow(ticket), now.toISOString())));
  return result.ok && result.value.version !== key.version;
}

function after(ticket: Ticket, due: DeskDue | { kind: 'noDesk' } | undefined, at: string): Ticket {
  switch (due?.kind) {
    case undefined:
      return ticket;
    case 'remind':
      return withEvents(ticket, { kind: 'reminded', at });
    case 'move':
      return moved(ticket, due.to, at);
    case 'release':
      return withEvents(ticket, { kind: 'released', at });
    case 'close':
      return withEvents(ticket, { kind: 'closed', at, by: 'time' });
    case 'noDesk': {
      const { channel: _gone, thread: _with, ...left } = ticket;
      return withEvents(ticket.isElsewhere ? left : ticket, ...(ticket.isElsewhere ? [] : [{ kind: 'closed' as const, at, by: 'noDesk' as const }]));
    }
  }
}

/** Its channel is no help desk any more. */
function strayed(ticket: Ticket, desk: HelpDesk | undefined): DeskDue | { kind: 'noDesk' } | undefined {
  const { channel } = ticket;
  if (channel === undefined || desk?.channels.some(({ id }) => id === channel) || standingOf(ticket).state === 'closed') return undefined;
  const to = desk && channelsFor(desk, ticket)[0]?.id;
  return to === undefined ? { kind: 'noDesk' } : { kind: 'move', to };
}
