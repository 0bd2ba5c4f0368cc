import type { DeskChannel, HelpDesk } from '../model/helpDesk.ts';
import type { Ticket } from '../model/ticket.ts';

type About = Pick<Ticket, 'language' | 'subject'>;

/**
 * The channels that a ticket may go to, the best first: one for the person's language, then one for the subject, then one
 * for everything. A channel for another language or subject is none, unless there is no other.
 */
export function channelsFor({ channels }: Pick<HelpDesk, 'channels'>, about: About): DeskChannel[] {
  const fitting = channels.filter(({ only }) => only === undefined || only === about.language || only === about.subject);
  return (fitting.length > 0 ? fitting : channels).toSorted((a, b) => rank(a, about) - rank(b, about));
}

function rank({ only }: DeskChannel, { language, subject }: About): number {
  return only === language ? 0 : only === subject ? 1 : only === undefined ? 2 : 3;
}

/** Where a ticket goes that nobody claims: the next channel in which it was not yet. */
export function nextChannel(desk: Pick<HelpDesk, 'channels'>, ticket: Ticket): DeskChannel | undefined {
  const been = new Set([ticket.channel, ...ticket.log.flatMap((event) => (event.kind === 'moved' ? [event.from?.channel, event.to] : []))]);
  return [...channelsFor(desk, ticket), ...desk.channels].find(({ id }) => !been.has(id));
}
