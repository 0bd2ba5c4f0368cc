import { follows, FOLLOWERS } from '../../data/desk/followers.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import type { Clock, TicketStore } from '../../data/ports.ts';
import type { Log } from '../log.ts';
import type { Waiting } from '../metrics.ts';
import { withinTime } from '../withinTime.ts';

/** Whoever asks waits no longer for a store that does not answer. */
const PATIENCE_MS = 4_000;

/** How many wait for a helper, and how old the oldest event is that somebody has not been told; undefined where the store does not tell. */
export async function waitingNow({ tickets, clock, log }: { tickets: TicketStore; clock: Clock; log: Log }): Promise<Waiting | undefined> {
  try {
    return waitingOf(await withinTime(tickets.unsettled(), PATIENCE_MS), clock);
  } catch (err) {
    log.warn({ err }, 'what waits could not be counted');
    return undefined;
  }
}

function waitingOf(unsettled: Ticket[], clock: Clock): Waiting {
  const untold = unsettled.flatMap((ticket) => FOLLOWERS.filter((follower) => follows(ticket, follower)).flatMap((follower) => ticket.log[ticket[follower].next]?.at ?? []));
  const oldest = untold.toSorted()[0];
  return {
    queue: unsettled.filter((ticket) => standingOf(ticket).state === 'waiting').length,
    outboxAge: oldest === undefined ? 0 : Math.max(0, clock.now().getTime() - Date.parse(oldest)) / 1000,
  };
}
