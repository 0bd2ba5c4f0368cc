import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { administers } from '../rules/rules.ts';
import { againstCloud, againstExternal, againstInvoiceReader, againstOneApproval, endedOn, heldBy, readUntil } from './against.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { grant, granted } from './grant.ts';
import { loadContract, readMail } from './load.ts';

/** One person on one contract, as the assignment form says it. */
export interface AssignWish {
  contractId: string;
  roles: Role[];
  /** Sign-in mail as typed. */
  forMail: string;
  /** Last day, YYYY-MM-DD; may be empty. */
  until: string;
  external: boolean;
}

export interface Assigned {
  record: ContractRecord;
  person: Person;
  /** Those that were given: without what the person held already. */
  roles: Role[];
}

/** An administrator gives roles on a contract without a request. */
export async function assignRoles(deps: Deps, actor: Person, wish: AssignWish): Promise<Result<Assigned, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), async (record) => {
    const checked = await checkAssignment(deps, actor, record, wish);
    if (!checked.ok) return checked;
    const { mail, roles, until, at } = checked.value;
    const person = await deps.people.ensure(actor.tenantId, mail);
    const grants = { personId: person.id, roles, by: actor.id, at, until, external: wish.external };
    const next = { ...record, assignments: [...record.assignments, ...grant(deps, grants)] };
    return ok({ record: next, value: { record: next, person, roles }, acts: granted(grants) });
  });
}

/** What an assignment would do, and whether this person may; changes nothing. */
export async function checkAssignment(
  deps: Deps,
  actor: Person,
  record: ContractRecord,
  wish: AssignWish,
): Promise<Result<{ mail: string; known: Person | undefined; roles: Role[]; until: string | undefined; at: string }, Refusal>> {
  const at = deps.clock.now().toISOString();
  const asked = [...new Set(wish.roles)];
  const forbidden = administers(actor, record) ?? endedOn(record, at);
  if (forbidden) return refuse(forbidden);
  if (asked.length === 0) return refuse({ kind: 'rolesMissing' });
  if (wish.forMail.trim() === '') return refuse({ kind: 'mailMissing' });
  const mail = readMail(actor, wish.forMail);
  if (!mail.ok) return mail;
  const until = readUntil(wish.until, at, record);
  if (!until.ok) return until;
  const known = await deps.people.byMail(actor.tenantId, mail.value);
  const held = heldBy(record, known?.id, asked);
  const roles = asked.filter((role) => !held.includes(role));
  if (roles.length === 0) return refuse({ kind: 'rolesHeld', roles: held });
  const against = againstOneApproval(deps.policy, roles) ?? againstInvoiceReader(record, known?.id, roles) ?? againstCloud(deps.policy, record, known ?? { mail: mail.value }) ?? againstExternal(record, wish.external);
  return against ? refuse(against) : ok({ mail: mail.value, known, roles, until: until.value, at });
}
