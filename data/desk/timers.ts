import type { DeskPolicy } from '../model/deskPolicy.ts';
import type { HelpDesk } from '../model/helpDesk.ts';
import type { Ticket } from '../model/ticket.ts';
import { openFor, opening, spanOf } from '../support/lines.ts';
import { nextChannel } from './routing.ts';
import { standingOf } from './standing.ts';

/** What it is time for on a ticket; `move`: to that channel. */
export type DeskDue = { kind: 'remind' } | { kind: 'move'; to: string } | { kind: 'release' } | { kind: 'close' };

/**
 * What the time brings, from the ticket and nothing else, so that a restart forgets nothing. What waits for a helper waits
 * in office hours only: nobody is reminded at night.
 */
export function dueOf(ticket: Ticket, desk: Pick<HelpDesk, 'channels'> | undefined, policy: DeskPolicy, now: Date): DeskDue | undefined {
  const { state, since, reminders, turn } = standingOf(ticket);
  const isOpen = policy.hours === undefined || opening(policy.hours, now).isOpen;
  // Each morning begins anew.
  const waited = (from: string): number => Math.min(now.getTime() - Date.parse(from), policy.hours === undefined ? Infinity : openFor(policy.hours, now));
  // What takes longer than a day's hours is due in their last minute.
  const within = (ms: number): number => Math.min(ms, policy.hours === undefined ? Infinity : spanOf(policy.hours) - 60_000);
  if (state === 'waiting' && isOpen) {
    if (reminders === 0 && waited(since) >= within(policy.claimWithin)) return { kind: 'remind' };
    const to = desk && reminders === 1 && waited(since) >= within(2 * policy.claimWithin) ? nextChannel(desk, ticket)?.id : undefined;
    return to === undefined ? undefined : { kind: 'move', to };
  }
  if (turn?.of === 'helper') return isOpen && waited(turn.since) >= within(policy.answerWithin) ? { kind: 'release' } : undefined;
  return turn?.of === 'person' && now.getTime() - Date.parse(turn.since) >= policy.personWithin ? { kind: 'close' } : undefined;
}
