import type { Ticket } from '../model/ticket.ts';
import { FOLLOWERS, follows } from './followers.ts';
import { standingOf } from './standing.ts';

/** Whether a ticket is closed and everybody has been told everything of it. */
export function isSettled(ticket: Ticket): boolean {
  return standingOf(ticket).state === 'closed' && FOLLOWERS.every((follower) => !follows(ticket, follower) || ticket[follower].next >= ticket.log.length);
}
