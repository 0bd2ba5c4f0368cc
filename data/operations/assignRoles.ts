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
import { loadContract, readMail } from './load.ts';
import { againstRoles, endedOn } from './requestRole.ts';

/** What the assignment form sends. */
export interface AssignWish {
  contractId: string;
  roles: Role[];
  /** Sign-in mail as typed. */
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
    if (wish.forMail.trim() === '') return refuse({ kind: 'mailMissing' });
    const mail = readMail(actor, wish.forMail);
    if (!mail.ok) return mail;
    const known = await deps.people.byMail(actor.tenantId, mail.value);
    const against = againstRoles(record, known?.id, roles);
    if (against) return refuse(against);
    const person = known ?? (await deps.people.ensure(actor.tenantId, mail.value));
    const assignments = grant(deps, { personId: person.id, roles, by: actor.id, at });
    const next = { ...record, assignments: [...record.assignments, ...assignments] };
    return ok({
      record: next,
      value: { record: next, person, roles },
      acts: roles.map((role) => ({ kind: 'assigned' as const, at, by: actor.id, forId: person.id, role })),
    });
  });
}
