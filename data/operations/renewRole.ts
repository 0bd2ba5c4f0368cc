import type { Assignment } from '../model/assignment.ts';
import type { Act } from '../model/event.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { administers } from '../rules/rules.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract } from './load.ts';

const DAY_MS = 24 * 60 * 60_000;

interface Wish {
  contractId: string;
  assignmentId: string;
  /** The version of the assignment that was looked at. */
  version: number;
}

type Outcome = { record: ContractRecord; assignment: Assignment };

/** A temporary role goes on for so many days after its last one (or after today), at most to the end of the contract. */
export async function renewRole(deps: Deps, actor: Person, wish: Wish & { days: number }): Promise<Result<Outcome, Refusal>> {
  return onAssignment(deps, actor, wish, (assignment, record, at) => {
    const from = Math.max(Date.parse(assignment.until ?? at.slice(0, 10)), Date.parse(at.slice(0, 10)));
    const later = new Date(from + wish.days * DAY_MS).toISOString().slice(0, 10);
    const { endDate } = record.contract;
    const until = endDate !== undefined && endDate < later ? endDate : later;
    return { to: { ...assignment, until }, act: { kind: 'renewed', before: assignment.until ?? '', after: until } };
  });
}

/** An administrator says in a review that a role stays. */
export async function keepRole(deps: Deps, actor: Person, wish: Wish): Promise<Result<Outcome, Refusal>> {
  return onAssignment(deps, actor, wish, (assignment, _record, at) => ({ to: { ...assignment, reviewedAt: at }, act: { kind: 'reviewed' } }));
}

async function onAssignment(
  deps: Deps,
  actor: Person,
  wish: Wish,
  changed: (assignment: Assignment, record: ContractRecord, at: string) => { to: Assignment; act: { kind: 'renewed' | 'reviewed'; before?: string; after?: string } },
): Promise<Result<Outcome, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const against = administers(actor, record);
    if (against) return refuse(against);
    const found = record.assignments.find((a) => a.id === wish.assignmentId);
    if (!found) return refuse({ kind: 'assignmentUnknown' });
    if (found.version !== wish.version) return refuse({ kind: 'stale' });
    const at = deps.clock.now().toISOString();
    const { to, act } = changed(found, record, at);
    const assignment = { ...to, version: found.version + 1 };
    const next = { ...record, assignments: record.assignments.map((a) => (a.id === found.id ? assignment : a)) };
    return ok({ record: next, value: { record: next, assignment }, acts: [{ ...act, at, by: actor.id, forId: found.personId, role: found.role } satisfies Act] });
  });
}
