import type { Assignment } from '../model/assignment.ts';
import type { Act } from '../model/event.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadOf } from './load.ts';

interface Where {
  tenantId: string;
  contractId: string;
  assignmentId: string;
}

/** Noted before the provisioner begins: what is removed meanwhile is removed in the portal too. Refused with `notToApply`. */
export async function beginProvisioning(deps: Deps, where: Where): Promise<Result<ContractRecord, Refusal>> {
  return change(deps, () => loadOf(deps.contracts, where), (record) => {
    const found = record.assignments.find((a) => a.id === where.assignmentId && a.state === 'approved');
    if (!found) return refuse({ kind: 'notToApply' });
    const next = { ...record, assignments: record.assignments.map((a) => (a === found ? { ...found, provisioned: true } : a)) };
    return ok({ record: next, value: next, acts: [] });
  });
}

/** The provisioner entered one role through Microsoft's API. Refused with `notToApply` when it was done or removed meanwhile. */
export async function provisioned(deps: Deps, where: Where): Promise<Result<ContractRecord, Refusal>> {
  return change(deps, () => loadOf(deps.contracts, where), (record) => {
    const found = record.assignments.find((a) => a.id === where.assignmentId && a.state === 'approved');
    if (!found) return refuse({ kind: 'notToApply' });
    const at = deps.clock.now().toISOString();
    const applied: Assignment = { ...found, version: found.version + 1, state: 'applied', appliedAt: at, provisioned: true };
    const next = { ...record, assignments: record.assignments.map((a) => (a === found ? applied : a)) };
    return ok({ record: next, value: next, acts: [{ kind: 'applied', at, forId: found.personId, role: found.role, before: found.state, after: 'applied' }] });
  });
}

/** The provisioner removed one role through Microsoft's API. */
export async function removedByProvisioner(deps: Deps, where: Where & { role: Role }): Promise<Result<ContractRecord, Refusal>> {
  return change(deps, () => loadOf(deps.contracts, where), (record) => {
    const found = record.leftovers.find((one) => one.id === where.assignmentId);
    if (!found) return refuse({ kind: 'leftoverUnknown' });
    const act: Act = { kind: 'removedInPortal', at: deps.clock.now().toISOString(), forId: found.personId, role: found.role };
    const next = { ...record, leftovers: record.leftovers.filter((one) => one !== found) };
    return ok({ record: next, value: next, acts: [act] });
  });
}
