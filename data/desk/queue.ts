import type { Ticket } from '../model/ticket.ts';
import { standingOf } from './standing.ts';

/** What waits, the one that waits longest first. */
export function waiting(tickets: readonly Ticket[]): Ticket[] {
  return oldestFirst(tickets.filter((ticket) => standingOf(ticket).state === 'waiting'));
}

export function oldestFirst(tickets: readonly Ticket[]): Ticket[] {
  return tickets.toSorted((a, b) => standingOf(a).waitsSince.localeCompare(standingOf(b).waitsSince) || a.id.localeCompare(b.id));
}

/** The place of a waiting ticket among those of its channel, from 1. */
export function placeOf(ticket: Ticket, tickets: readonly Ticket[]): number {
  return waiting(tickets.filter((other) => other.channel === ticket.channel)).findIndex(({ id }) => id === ticket.id) + 1;
}

const USUAL_OF = 10;

/** How long people waited in a channel until somebody was there: the mean of the last ten, in minutes; undefined when nobody was ever there. */
export function usualWait(channel: string | undefined, tickets: readonly Ticket[]): number | undefined {
  const waits = tickets
    .filter((ticket) => ticket.channel === channel)
    .flatMap(({ log }) => firstClaim(log))
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .slice(-USUAL_OF);
  return waits.length === 0 ? undefined : Math.round(waits.reduce((sum, { ms }) => sum + ms, 0) / waits.length / 60_000);
}

/** How long a ticket waited until it was claimed first, and when that was. */
export function firstClaim(log: Ticket['log']): { at: string; ms: number }[] {
  const [opened] = log;
  const claimed = log.find((event) => event.kind === 'claimed');
  return opened && claimed ? [{ at: claimed.at, ms: Date.parse(claimed.at) - Date.parse(opened.at) }] : [];
}
