import { follows, FOLLOWERS } from '../../data/desk/followers.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Clock, TicketStore } from '../../data/ports.ts';
import type { Waiting } from '../metrics.ts';

/** How many wait for a helper, and how old the oldest event is that somebody has not been told. */
export async function waitingNow({ tickets, clock }: { tickets: TicketStore; clock: Clock }): Promise<Waiting> {
  const unsettled = await tickets.unsettled();
  const untold = unsettled.flatMap((ticket) => FOLLOWERS.filter((follower) => follows(ticket, follower)).flatMap((follower) => ticket.log[ticket[follower].next]?.at ?? []));
  const oldest = untold.toSorted()[0];
  return {
    queue: unsettled.filter((ticket) => standingOf(ticket).state === 'waiting').length,
    outboxAge: oldest === undefined ? 0 : Math.max(0, clock.now().getTime() - Date.parse(oldest)) / 1000,
  };
}
