import { dueOf } from '../desk/timers.ts';
import type { DeskPolicy } from '../model/deskPolicy.ts';
import type { HelpDesk } from '../model/helpDesk.ts';
import type { Ticket } from '../model/ticket.ts';
import type { TicketDeps } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';
import { ok } from '../model/result.ts';
import { releaseTicket } from './claimTicket.ts';
import { closeTicket } from './closeTicket.ts';
import { moveTicket } from './moveTicket.ts';

/** Lets the time pass on a ticket: reminds, moves it on, puts it back into the queue, closes it. Returns whether something happened. */
export async function passTicketTime(deps: TicketDeps & { deskPolicy: DeskPolicy }, desk: HelpDesk | undefined, ticket: Ticket): Promise<boolean> {
  const due = dueOf(ticket, desk, deps.deskPolicy, deps.clock.now());
  switch (due?.kind) {
    case undefined:
      return false;
    case 'remind':
      return (await remind(deps, ticket, desk)).ok;
    case 'move':
      return (await moveTicket(deps, desk, ticket, due)).ok;
    case 'release':
      return (await releaseTicket(deps, ticket)).ok;
    case 'close':
      return (await closeTicket(deps, ticket, 'time')).ok;
  }
}

function remind({ tickets, clock, deskPolicy }: TicketDeps & { deskPolicy: DeskPolicy }, ticket: Ticket, desk: HelpDesk | undefined): ReturnType<typeof changeTicket> {
  const now = clock.now();
  return changeTicket(tickets, ticket, (newest) => ok(dueOf(newest, desk, deskPolicy, now)?.kind === 'remind' ? withEvents(newest, { kind: 'reminded', at: now.toISOString() }) : newest));
}
