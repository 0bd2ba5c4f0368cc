import type { Assignment } from '../model/assignment.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';

// Who may do what. A rule answers with the first reason against, or undefined: it is allowed.
// The same rule draws the button and guards the act.

type Verdict = Refusal | undefined;

/** A contract of another tenant does not exist for this person. */
export function seesContract(person: Person, record: ContractRecord): boolean {
  return person.tenantId === record.contract.tenantId;
}

/** Holds the Administrator role on this contract, applied in the portal or not, or inherits it from the parent contract (facts 103-105). */
export function isAdministrator(personId: string, record: ContractRecord): boolean {
  return holdsAdministrator(personId, record) || record.inherited.includes(personId);
}

/** The ids of the people who administer this contract, those who inherit it last. */
export function administratorsOf(record: ContractRecord): string[] {
  return [...new Set([...holdersOfAdministrator(record), ...record.inherited])];
}

/** The ids of those who hold the Administrator role on this very contract. */
export function holdersOfAdministrator(record: ContractRecord): string[] {
  return [...new Set(record.assignments.map((a) => a.personId))].filter((id) => holdsAdministrator(id, record));
}

function holdsAdministrator(personId: string, record: ContractRecord): boolean {
  return record.assignments.some((a) => a.personId === personId && a.role === 'administrator' && a.state !== 'failed');
}

/** Administering: who holds what, assigning, removing, the history (facts 6, 7, 69, 84: no other role or right gives it). */
export function administers(person: Person, record: ContractRecord): Verdict {
  if (!seesContract(person, record)) return { kind: 'contractUnknown', contractId: record.contract.id };
  if (!isAdministrator(person.id, record)) return { kind: 'notAdministrator' };
  return undefined;
}

/** Four eyes: an administrator of this contract who is neither the requester nor the person it is for. */
export function decides(person: Person, record: ContractRecord, request: RoleRequest): Verdict {
  const against = administers(person, record);
  if (against) return against;
  if (request.state !== 'pending') return { kind: 'notPending', request };
  if (isParty(person.id, request)) return { kind: 'ownRequest' };
  if (request.firstApproval?.by === person.id) return { kind: 'firstApprover' };
  return undefined;
}

/** The administrators who may decide this request while it is pending. */
export function decidersOf(record: ContractRecord, request: Pick<RoleRequest, 'requesterId' | 'beneficiaryId' | 'firstApproval'>): string[] {
  return administratorsOf(record).filter((id) => !isParty(id, request) && id !== request.firstApproval?.by);
}

/** A requester sees, corrects and withdraws the own request. */
export function withdraws(person: Person, record: ContractRecord, request: RoleRequest): Verdict {
  if (!seesContract(person, record)) return { kind: 'requestUnknown' };
  if (request.requesterId !== person.id) return { kind: 'notRequester' };
  if (request.state !== 'pending') return { kind: 'notPending', request };
  return undefined;
}

/** Who may look at a request: its requester, the person it is for, and the administrators of the contract. */
export function seesRequest(person: Person, record: ContractRecord, request: RoleRequest): boolean {
  return seesContract(person, record) && (isParty(person.id, request) || isAdministrator(person.id, record));
}

/** The last administrator of a contract stays (fact 80); one who inherits the right is none of this contract's own. */
export function removes(person: Person, record: ContractRecord, assignment: Assignment): Verdict {
  const against = administers(person, record);
  if (against) return against;
  if (assignment.role !== 'administrator' || assignment.state === 'failed') return undefined;
  const others = record.assignments.filter((a) => a.role === 'administrator' && a.personId !== assignment.personId && a.state !== 'failed');
  if (others.length === 0) return { kind: 'lastAdministrator' };
  // Who is in the portal enters the others there; until then nobody else could.
  return assignment.state !== 'approved' && others.every((a) => a.state === 'approved') ? { kind: 'successorNotApplied' } : undefined;
}

/** Saying whether a role works: the one who holds it. */
export function confirms(person: Person, record: ContractRecord, assignment: Assignment): Verdict {
  if (!seesContract(person, record) || assignment.personId !== person.id) return { kind: 'assignmentUnknown' };
  return assignment.state === 'applied' ? undefined : { kind: 'notApplied' };
}

/** Running the bot itself. It gives no right on any contract, and no right on a contract gives it (fact 6). */
export function operates(person: Pick<Person, 'mail'>, operators: ReadonlySet<string>): Verdict {
  return operators.has(person.mail) ? undefined : { kind: 'notOperator' };
}

/** The requester, or the person it is for. */
export function isParty(personId: string, request: Pick<RoleRequest, 'requesterId' | 'beneficiaryId'>): boolean {
  return request.requesterId === personId || request.beneficiaryId === personId;
}
