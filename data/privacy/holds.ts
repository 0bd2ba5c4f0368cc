import { standingOf } from '../desk/standing.ts';
import { holdersOfAdministrator, isParty } from '../rules/rules.ts';
import type { TenantRecords } from './traces.ts';

/** What ties somebody to the company still: who is erased with it leaves it to nobody. */
export interface Holds {
  /** Contract IDs on which a role is held, and those of them whose only administrator the person is. */
  roles: string[];
  soleAdministrator: string[];
  /** Contract IDs on which a role that was taken away is in Microsoft's portal still, where the mail is needed to remove it. */
  leftovers: string[];
  /** Requests that wait, by the person or for the person. */
  requests: string[];
  /** Tickets that are not closed: the person's own, and those that the person has as a helper. */
  tickets: string[];
}

/** Goes through a tenant's contracts and tickets. */
export async function holdsOf(records: TenantRecords, personId: string): Promise<Holds> {
  const holds: Holds = { roles: [], soleAdministrator: [], leftovers: [], requests: [], tickets: [] };
  for await (const record of records.of('contracts')) {
    const { id } = record.contract;
    const administrators = holdersOfAdministrator(record);
    if (record.assignments.some((a) => a.personId === personId)) holds.roles.push(id);
    if (administrators.length === 1 && administrators[0] === personId) holds.soleAdministrator.push(id);
    if (record.leftovers.some((one) => one.personId === personId)) holds.leftovers.push(id);
    holds.requests.push(...record.requests.filter((request) => request.state === 'pending' && isParty(personId, request)).map((request) => request.id));
  }
  for await (const ticket of records.of('tickets')) {
    const { state, helper } = standingOf(ticket);
    if (state !== 'closed' && (ticket.personId === personId || helper?.id === personId)) holds.tickets.push(ticket.id);
  }
  return holds;
}
