import type { Assignment } from '../model/assignment.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { administers, removes } from '../rules/rules.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract } from './load.ts';

/** Which assignment, as the person was looking at it. */
export interface RemoveWish {
  contractId: string;
  assignmentId: string;
  version: number;
}

/** Whether this person may take this role away now; changes nothing. What the confirmation card asks before it is drawn. */
export async function checkRemoval(
  deps: Pick<Deps, 'contracts'>,
  actor: Person,
  wish: RemoveWish,
): Promise<Result<{ record: ContractRecord; assignment: Assignment }, Refusal>> {
  const loaded = await loadContract(deps.contracts, actor, wish.contractId);
  return loaded.ok ? removable(actor, loaded.value, wish) : loaded;
}

/** Takes one role of one person away. */
export async function removeAssignment(
  deps: Deps,
  actor: Person,
  wish: RemoveWish,
): Promise<Result<{ record: ContractRecord; assignment: Assignment }, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const found = removable(actor, record, wish);
    if (!found.ok) return found;
    const { assignment } = found.value;
    const next = { ...record, assignments: record.assignments.filter((a) => a.id !== assignment.id) };
    const at = deps.clock.now().toISOString();
    return ok({
      record: next,
      value: { record: next, assignment },
      acts: [{ kind: 'removed', at, by: actor.id, forId: assignment.personId, role: assignment.role }],
    });
  });
}

function removable(actor: Person, record: ContractRecord, wish: RemoveWish): Result<{ record: ContractRecord; assignment: Assignment }, Refusal> {
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
