import type { Helper, Ticket, TicketEvent } from '../model/ticket.ts';

/** How a ticket stands: derived from its log, kept nowhere. Instants are ISO 8601 in UTC. */
export interface Standing {
  state: 'waiting' | 'claimed' | 'closed';
  /** Who has it, while it is claimed. */
  helper: Helper | undefined;
  /** When the person began to wait; neither a move to another channel nor a helper who falls silent begins it anew. */
  waitsSince: string;
  /** When it came to where it is now: the queue of this channel, or this helper. */
  since: string;
  /** Reminders since then. */
  reminders: number;
  /** Who has to say something, and since when; only while it is claimed. */
  turn: { of: 'helper' | 'person'; since: string } | undefined;
  closed: Extract<TicketEvent, { kind: 'closed' }> | undefined;
  rated: Extract<TicketEvent, { kind: 'rated' }> | undefined;
}

/** Folds the log. A ticket begins with `opened`. */
export function standingOf({ log }: Pick<Ticket, 'log'>): Standing {
  const at = log[0]?.at ?? '';
  return log.reduce(step, { state: 'waiting', helper: undefined, waitsSince: at, since: at, reminders: 0, turn: undefined, closed: undefined, rated: undefined });
}

function step(now: Standing, event: TicketEvent): Standing {
  const { at } = event;
  switch (event.kind) {
    case 'opened':
    case 'reopened':
      return { ...now, state: 'waiting', helper: undefined, waitsSince: at, since: at, reminders: 0, turn: undefined, closed: undefined, rated: undefined };
    case 'claimed':
      return { ...now, state: 'claimed', helper: event.to ?? event.by, since: at, turn: { of: 'helper', since: at } };
    case 'released':
      // Whoever has to wait again keeps the place.
    case 'moved':
      return { ...now, state: 'waiting', helper: undefined, since: at, reminders: 0, turn: undefined };
    case 'reminded':
      return { ...now, reminders: now.reminders + 1 };
    case 'said':
      // The first one that is not answered yet counts.
      return now.state === 'claimed' && now.turn?.of !== 'helper' ? { ...now, turn: { of: 'helper', since: at } } : now;
    case 'replied':
    case 'answered':
      return now.state === 'claimed' ? { ...now, turn: { of: 'person', since: at } } : now;
    case 'closed':
      return { ...now, state: 'closed', helper: undefined, turn: undefined, closed: event };
    case 'rated':
      return { ...now, rated: event };
    case 'noted':
    case 'edited':
    case 'deleted':
    case 'undelivered':
      return now;
  }
}

/** Whether what the person writes next opens it again: it closed by itself, lately. */
export function reopens(ticket: Ticket, now: Date): boolean {
  const { closed, rated } = standingOf(ticket);
  return closed?.by === 'time' && rated === undefined && now.getTime() - Date.parse(closed.at) < REOPENS_MS;
}

const REOPENS_MS = 14 * 24 * 60 * 60_000;

/** The helper who closed it, or had it last; undefined when nobody ever did. */
export function lastHelper({ log }: Ticket): Helper | undefined {
  const last = log.findLast((event) => event.kind === 'claimed');
  return last?.kind === 'claimed' ? (last.to ?? last.by) : undefined;
}
