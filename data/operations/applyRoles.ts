import type { Assignment } from '../model/assignment.ts';
import type { Act } from '../model/event.ts';
import type { Person } from '../model/person.ts';
import { VISIBLE_AFTER_MS, VISIBLE_AT_LATEST_MS } from '../model/policy.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { administers, confirms } from '../rules/rules.ts';
import type { Changed } from './change.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract } from './load.ts';

/** Roles of one person on one contract. */
export interface Applied {
  record: ContractRecord;
  personId: string;
  roles: Role[];
}

/** The roles of a person on a contract that were approved and are not in the portal yet. */
export function toApply(record: ContractRecord, personId: string): Assignment[] {
  return record.assignments.filter((a) => a.personId === personId && a.state === 'approved');
}

/** Those entered in the portal of which the person has not said yet that they work. */
export function toConfirm(record: ContractRecord, personId: string): Assignment[] {
  return record.assignments.filter((a) => a.personId === personId && a.state === 'applied');
}

/** When a role that was entered is usually visible (facts 98, 99). Undefined while it is not entered. */
export function visibleAt({ appliedAt }: Assignment): Date | undefined {
  return appliedAt === undefined ? undefined : new Date(Date.parse(appliedAt) + VISIBLE_AFTER_MS);
}

/** Entered so long ago that it should be there, and nobody said that it is. */
export function isStuck(assignment: Assignment, now: Date): boolean {
  return assignment.state === 'applied' && now.getTime() - Date.parse(assignment.appliedAt ?? assignment.givenAt) > VISIBLE_AT_LATEST_MS;
}

/** An administrator entered what was approved for a person in Microsoft's portal. Refused with `notToApply` when there is nothing (more) to enter. */
export async function applyRoles(deps: Deps, actor: Person, wish: { contractId: string; assignmentIds: readonly string[] }): Promise<Result<Applied, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const against = administers(actor, record);
    if (against) return refuse(against);
    const due = record.assignments.filter((a) => a.state === 'approved' && wish.assignmentIds.includes(a.id));
    if (due.length === 0) return refuse({ kind: 'notToApply' });
    const at = deps.clock.now().toISOString();
    return ok(changed(record, due, (a) => ({ ...a, state: 'applied', appliedAt: at, appliedBy: actor.id }), { kind: 'applied', at, by: actor.id }));
  });
}

/** The person says that the roles that were entered until an instant work: they are active. Or not yet: then they stay applied, and it is noted. */
export async function confirmRoles(deps: Deps, actor: Person, wish: { contractId: string; works: boolean; at: string }): Promise<Result<Applied, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const own = toConfirm(record, actor.id).filter((a) => (a.appliedAt ?? '') <= wish.at);
    const [first] = own;
    const against = first ? confirms(actor, record, first) : ({ kind: 'notApplied' } as const);
    if (against) return refuse(against);
    const at = deps.clock.now().toISOString();
    const by = actor.id;
    return ok(
      wish.works
        ? changed(record, own, (a) => ({ ...a, state: 'active', confirmedAt: at }), { kind: 'confirmed', at, by })
        : changed(record, own, (a) => ({ ...a, notYetAt: at }), { kind: 'notYet', at, by }),
    );
  });
}

function changed(record: ContractRecord, due: Assignment[], to: (a: Assignment) => Assignment, act: Pick<Act, 'at' | 'by'> & { kind: 'applied' | 'confirmed' | 'notYet' }): Changed<Applied> {
  const ids = new Set(due.map((a) => a.id));
  const assignments = record.assignments.map((a) => (ids.has(a.id) ? { ...to(a), version: a.version + 1 } : a));
  const next = { ...record, assignments };
  const acts = due.map((a): Act => ({ ...act, forId: a.personId, role: a.role, before: a.state, after: to(a).state }));
  return { record: next, value: { record: next, personId: due[0]?.personId ?? '', roles: due.map((a) => a.role) }, acts };
}
