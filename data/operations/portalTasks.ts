import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Role } from '../model/role.ts';
import type { ContractStore } from '../ports.ts';
import { isStuck } from './applyRoles.ts';
import { contractsAdministeredBy } from './lists.ts';

/** Something that is decided here and not done, or not seen to work, in the portal: for one person on one contract. */
export interface PortalTask {
  /** `enter`: approved, not entered; `remove`: removed here, still there; `unconfirmed`: entered so long ago that it should work, and nobody says so. */
  kind: 'enter' | 'remove' | 'unconfirmed';
  record: ContractRecord;
  personId: string;
  roles: Role[];
  /** The assignments, or what is left over. */
  ids: string[];
  /** Since when the oldest of it waits. */
  since: string;
}

/** What waits on a contract at an instant. */
export function tasksOn(record: ContractRecord, now: Date): PortalTask[] {
  const approved = record.assignments.filter((a) => a.state === 'approved').map((a) => ({ ...a, since: a.givenAt }));
  const left = record.leftovers.map((one) => ({ ...one, since: one.at }));
  const stuck = record.assignments.filter((a) => isStuck(a, now)).map((a) => ({ ...a, since: a.appliedAt ?? a.givenAt }));
  return [...byPerson(record, 'enter', approved), ...byPerson(record, 'remove', left), ...byPerson(record, 'unconfirmed', stuck)];
}

/** What waits on all the contracts a person administers, oldest first. */
export async function portalTasks(contracts: ContractStore, actor: Person, now: Date): Promise<PortalTask[]> {
  return (await contractsAdministeredBy(contracts, actor)).flatMap((record) => tasksOn(record, now)).toSorted((a, b) => a.since.localeCompare(b.since));
}

function byPerson(record: ContractRecord, kind: PortalTask['kind'], some: { id: string; personId: string; role: Role; since: string }[]): PortalTask[] {
  return [...new Set(some.map(({ personId }) => personId))].map((personId) => {
    const own = some.filter((one) => one.personId === personId);
    return { kind, record, personId, roles: own.map(({ role }) => role), ids: own.map(({ id }) => id), since: own.map(({ since }) => since).toSorted()[0] ?? '' };
  });
}
