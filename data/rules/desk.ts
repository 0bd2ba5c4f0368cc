import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Ticket } from '../model/ticket.ts';
import { standingOf } from '../desk/standing.ts';

// Who may do what at the help desk. Like every rule: the first reason against, or undefined.

/** Acts on a ticket: a member of the team whose channel it is in, in the same tenant. `isMember` is asked for at the time of acting. */
export function helps(person: Pick<Person, 'tenantId'>, ticket: Pick<Ticket, 'tenantId'>, isMember: boolean): Refusal | undefined {
  if (person.tenantId !== ticket.tenantId) return { kind: 'ticketUnknown' };
  return isMember ? undefined : { kind: 'notHelper' };
}

/** Takes a ticket that waits; one of two loses the race, and is told who has it. */
export function claims(ticket: Ticket): Refusal | undefined {
  const { state, helper } = standingOf(ticket);
  if (state === 'closed') return { kind: 'ticketClosed' };
  return state === 'claimed' ? { kind: 'alreadyClaimed', name: helper?.name ?? '' } : undefined;
}

/** Goes on with a ticket that is not over. */
export function isOpen(ticket: Ticket): Refusal | undefined {
  return standingOf(ticket).state === 'closed' ? { kind: 'ticketClosed' } : undefined;
}

/** Writes to the person: while somebody has it. */
export function replies(ticket: Ticket): Refusal | undefined {
  const { state } = standingOf(ticket);
  if (state === 'closed') return { kind: 'ticketClosed' };
  return state === 'waiting' ? { kind: 'notClaimed' } : undefined;
}
