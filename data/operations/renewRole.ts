import type { Assignment } from '../model/assignment.ts';
import type { Act } from '../model/event.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { administers } from '../rules/rules.ts';
import { endedOn } from './against.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract } from './load.ts';
import { standingOf } from './standing.ts';

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
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const against = administers(actor, record);
    if (against) return refuse(against);
    const found = record.assignments.find((a) => a.id === wish.assignmentId);
    if (!found) return refuse({ kind: 'assignmentUnknown' });
    if (found.version !== wish.version) return refuse({ kind: 'stale' });
    if (found.until === undefined) return refuse({ kind: 'nothingToDo' });
    const at = deps.clock.now().toISOString();
    const ended = endedOn(record, at);
    if (ended) return refuse(ended);
    const from = Math.max(Date.parse(found.until), Date.parse(at.slice(0, 10)));
    const later = new Date(from + wish.days * DAY_MS).toISOString().slice(0, 10);
    const { endDate } = record.contract;
    const until = endDate !== undefined && endDate < later ? endDate : later;
    if (until <= found.until) return refuse({ kind: 'nothingToDo' });
    const assignment = { ...found, version: found.version + 1, until };
    const next = { ...record, assignments: record.assignments.map((a) => (a.id === found.id ? assignment : a)) };
    return ok({ record: next, value: { record: next, assignment }, acts: [{ kind: 'renewed', at, by: actor.id, forId: found.personId, role: found.role, before: found.until, after: until }] });
  });
}

/** An administrator says in a review that a person's roles stay. `version`: see `standingOf`. */
export async function keepPerson(deps: Deps, actor: Person, wish: { contractId: string; personId: string; version: number }): Promise<Result<{ record: ContractRecord }, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const against = administers(actor, record);
    if (against) return refuse(against);
    if (standingOf(record, wish.personId) !== wish.version) return refuse({ kind: 'stale' });
    const kept = record.assignments.filter((a) => a.personId === wish.personId);
    if (kept.length === 0) return refuse({ kind: 'assignmentUnknown' });
    const at = deps.clock.now().toISOString();
    const next = { ...record, assignments: record.assignments.map((a) => (kept.includes(a) ? { ...a, version: a.version + 1, reviewedAt: at } : a)) };
    return ok({ record: next, value: { record: next }, acts: kept.map((a): Act => ({ kind: 'reviewed', at, by: actor.id, forId: a.personId, role: a.role })) });
  });
}
