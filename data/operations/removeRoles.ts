import type { Assignment, Leftover } from '../model/assignment.ts';
import type { Act } from '../model/event.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { administers, removes } from '../rules/rules.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract } from './load.ts';
import { standingOf } from './standing.ts';

/** Which assignment, as the person was looking at it. */
export interface RemoveWish {
  contractId: string;
  assignmentId: string;
  version: number;
}

type Removed = { record: ContractRecord; assignment: Assignment };

/** Whether this person may take this role away now; changes nothing. What the confirmation card asks before it is drawn. */
export async function checkRemoval(deps: Pick<Deps, 'contracts'>, actor: Person, wish: RemoveWish): Promise<Result<Removed, Refusal>> {
  const loaded = await loadContract(deps.contracts, actor, wish.contractId);
  return loaded.ok ? removable(actor, loaded.value, wish) : loaded;
}

/** Takes one role of one person away. */
export async function removeAssignment(deps: Deps, actor: Person, wish: RemoveWish): Promise<Result<Removed, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const found = removable(actor, record, wish);
    if (!found.ok) return found;
    const { assignment } = found.value;
    const { record: next, acts } = without(record, [assignment], { at: deps.clock.now().toISOString(), by: actor.id });
    return ok({ record: next, value: { record: next, assignment }, acts });
  });
}

/** Takes every role of a person on a contract away (fact 102). Refused with `nothingToDo` when there is none. */
export async function removePerson(deps: Deps, actor: Person, wish: { contractId: string; personId: string; version: number }): Promise<Result<{ record: ContractRecord; removed: Assignment[] }, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const forbidden = administers(actor, record);
    if (forbidden) return refuse(forbidden);
    const removed = record.assignments.filter((a) => a.personId === wish.personId);
    if (removed.length === 0) return refuse({ kind: 'nothingToDo' });
    if (standingOf(record, wish.personId) !== wish.version) return refuse({ kind: 'stale' });
    const against = removed.map((a) => removes(actor, record, a)).find((verdict) => verdict !== undefined);
    if (against) return refuse(against);
    const { record: next, acts } = without(record, removed, { at: deps.clock.now().toISOString(), by: actor.id });
    return ok({ record: next, value: { record: next, removed }, acts });
  });
}

/** An administrator removed in Microsoft's portal too what was taken away here. */
export async function removedInPortal(deps: Deps, actor: Person, wish: { contractId: string; leftoverIds: readonly string[] }): Promise<Result<{ record: ContractRecord; removed: Leftover[] }, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const against = administers(actor, record);
    if (against) return refuse(against);
    const removed = record.leftovers.filter((one) => wish.leftoverIds.includes(one.id));
    if (removed.length === 0) return refuse({ kind: 'leftoverUnknown' });
    const next = { ...record, leftovers: record.leftovers.filter((one) => !removed.includes(one)) };
    const at = deps.clock.now().toISOString();
    return ok({ record: next, value: { record: next, removed }, acts: removed.map((one): Act => ({ kind: 'removedInPortal', at, by: actor.id, forId: one.personId, role: one.role })) });
  });
}

/** A contract without these assignments; what is in the portal is left over there until it is removed too. `by` is absent when the time is over. */
export function without(record: ContractRecord, removed: readonly Assignment[], { at, by }: { at: string; by?: string }): { record: ContractRecord; acts: Act[] } {
  const ids = new Set(removed.map((a) => a.id));
  const leftovers = removed.filter((a) => a.state !== 'approved' || a.provisioned === true).map(({ id, personId, role, provisioned }): Leftover => ({ id, personId, role, at, ...(by === undefined ? { byTime: true } : {}), ...(provisioned === true ? { provisioned } : {}) }));
  return {
    record: { ...record, assignments: record.assignments.filter((a) => !ids.has(a.id)), leftovers: [...record.leftovers, ...leftovers] },
    acts: removed.map((a): Act => ({ kind: 'removed', at, ...(by === undefined ? {} : { by }), forId: a.personId, role: a.role, before: a.state })),
  };
}

function removable(actor: Person, record: ContractRecord, wish: RemoveWish): Result<Removed, Refusal> {
  // Asked first: nobody but an administrator learns whether an assignment exists.
  const forbidden = administers(actor, record);
  if (forbidden) return refuse(forbidden);
  const assignment = record.assignments.find((a) => a.id === wish.assignmentId);
  if (!assignment) return refuse({ kind: 'assignmentUnknown' });
  const against = removes(actor, record, assignment);
  if (against) return refuse(against);
  if (assignment.version !== wish.version) return refuse({ kind: 'stale' });
  return ok({ record, assignment });
}
