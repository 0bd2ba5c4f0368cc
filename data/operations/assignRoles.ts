import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { administers } from '../rules/rules.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { grant } from './grant.ts';
import { loadContract, loadPerson } from './load.ts';
import { againstRoles, endedOn } from './requestRole.ts';

export interface AssignWish {
  contractId: string;
  roles: Role[];
  /** Sign-in mail as typed; empty: the actor. */
  forMail: string;
}

/** An administrator gives roles on a contract without a request. */
export async function assignRoles(
  deps: Deps,
  actor: Person,
  wish: AssignWish,
): Promise<Result<{ record: ContractRecord; person: Person; roles: Role[] }, Refusal>> {
  const roles = [...new Set(wish.roles)];
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), async (record) => {
    const at = deps.clock.now().toISOString();
    const forbidden = administers(actor, record) ?? endedOn(record, at);
    if (forbidden) return refuse(forbidden);
    if (roles.length === 0) return refuse({ kind: 'rolesMissing' });
    const person = await loadPerson(deps.people, actor, wish.forMail);
    if (!person.ok) return person;
    const against = againstRoles(record, person.value.id, roles);
    if (against) return refuse(against);
    const assignments = grant(deps, { personId: person.value.id, roles, by: actor.id, at });
    const next = { ...record, assignments: [...record.assignments, ...assignments] };
    return ok({
      record: next,
      value: { record: next, person: person.value, roles },
      acts: roles.map((role) => ({ kind: 'assigned' as const, at, by: actor.id, forId: person.value.id, role })),
    });
  });
}
