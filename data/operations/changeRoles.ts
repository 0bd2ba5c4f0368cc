import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { administers, removes } from '../rules/rules.ts';
import { againstCloud, againstInvoiceReader, againstOneApproval, endedOn, readUntil } from './against.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { grant, granted } from './grant.ts';
import { loadContract } from './load.ts';
import { without } from './removeRoles.ts';
import { standingOf } from './standing.ts';

export interface ChangeWish {
  contractId: string;
  personId: string;
  /** What was looked at: see `standingOf`. */
  version: number;
  /** The roles the person is to hold, and no other. */
  roles: Role[];
  /** Last day of what is given anew, and of what is temporary already, YYYY-MM-DD; empty: what is given anew has no end, and nothing else changes. */
  until: string;
}

export interface RolesChanged {
  record: ContractRecord;
  given: Role[];
  removed: Role[];
  renewed: Role[];
}

/** Gives, takes away and limits the roles of one person on a contract in one step. */
export async function changeRoles(deps: Deps, actor: Person, wish: ChangeWish): Promise<Result<RolesChanged, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), async (record) => {
    const forbidden = administers(actor, record);
    if (forbidden) return refuse(forbidden);
    if (standingOf(record, wish.personId) !== wish.version) return refuse({ kind: 'stale' });
    const person = await deps.people.get(actor.tenantId, wish.personId);
    if (!person) return refuse({ kind: 'assignmentUnknown' });
    const at = deps.clock.now().toISOString();
    const until = readUntil(wish.until, at, record);
    if (!until.ok) return until;
    const held = record.assignments.filter((a) => a.personId === wish.personId);
    if (held.length === 0) return refuse({ kind: 'assignmentUnknown' });
    if (wish.roles.length === 0) return refuse({ kind: 'rolesMissing' });
    const removed = held.filter((a) => !wish.roles.includes(a.role));
    if (wish.personId === actor.id && removed.some((a) => a.role === 'administrator')) return refuse({ kind: 'ownAdministrator' });
    const given = [...new Set(wish.roles)].filter((role) => !held.some((a) => a.role === role));
    // Only what is temporary already gets another day: a role without end keeps none.
    const renewed = held.filter((a) => wish.roles.includes(a.role) && until.value !== undefined && a.until !== undefined && a.until !== until.value);
    if (removed.length + given.length + renewed.length === 0) return refuse({ kind: 'nothingToDo' });
    const { record: rest, acts: removals } = without(record, removed, { at, by: actor.id });
    const against = removed.map((a) => removes(actor, record, a)).find((verdict) => verdict !== undefined) ?? (given.length > 0 ? (endedOn(record, at) ?? againstOneApproval(deps.policy, given) ?? againstInvoiceReader(rest, wish.personId, given) ?? againstCloud(deps.policy, record, person)) : undefined);
    if (against) return refuse(against);
    const grants = { personId: wish.personId, roles: given, by: actor.id, at, until: until.value };
    const renewals = new Set(renewed.map((a) => a.id));
    const kept = rest.assignments.map((a) => (renewals.has(a.id) ? limited(a, until.value) : a));
    const next = { ...rest, assignments: [...kept, ...grant(deps, grants)] };
    const renewalActs = renewed.map((a) => ({ kind: 'renewed' as const, at, by: actor.id, forId: a.personId, role: a.role, before: a.until ?? '', after: until.value ?? '' }));
    return ok({ record: next, value: { record: next, given, removed: removed.map((a) => a.role), renewed: renewed.map((a) => a.role) }, acts: [...removals, ...granted(grants), ...renewalActs] });
  });
}

type Assignments = ContractRecord['assignments'];

function limited({ until: _before, ...assignment }: Assignments[number], until: string | undefined): Assignments[number] {
  return { ...assignment, version: assignment.version + 1, ...(until === undefined ? {} : { until }) };
}
