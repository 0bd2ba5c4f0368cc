import type { Person } from '../model/person.ts';
import { isEnterprise } from '../model/contract.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { administratorsOf, decidersOf, isAdministrator } from '../rules/rules.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract, loadPerson } from './load.ts';

export const REASON_LIMIT = 1000;

export interface RoleWish {
  /** As typed. */
  contractId: string;
  roles: Role[];
  /** Sign-in mail as typed; empty: for oneself. */
  forMail: string;
  reason: string;
}

/** Asks the administrators of a contract for roles; nothing is given by it. Returns the pending request in its contract. */
export async function requestRole(
  deps: Deps,
  actor: Person,
  wish: RoleWish,
): Promise<Result<{ record: ContractRecord; request: RoleRequest }, Refusal>> {
  const roles = [...new Set(wish.roles)];
  const reason = wish.reason.trim();
  const found = await loadContract(deps.contracts, actor, wish.contractId);
  if (!found.ok) return found;
  if (roles.length === 0) return refuse({ kind: 'rolesMissing' });
  if (reason === '') return refuse({ kind: 'reasonMissing' });
  if (reason.length > REASON_LIMIT) return refuse({ kind: 'reasonTooLong' });
  const beneficiary = await loadPerson(deps.people, actor, wish.forMail);
  if (!beneficiary.ok) return beneficiary;
  const parties = { requesterId: actor.id, beneficiaryId: beneficiary.value.id };

  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), (record) => {
    const at = deps.clock.now().toISOString();
    const against =
      endedOn(record, at) ??
      againstRoles(record, beneficiary.value.id, roles) ??
      alreadyPending(record, beneficiary.value.id, roles) ??
      withoutDecider(record, parties);
    if (against) return refuse(against);
    const request: RoleRequest = { version: 1, id: deps.ids.request(), ...parties, roles, reason, at, state: 'pending', notices: [] };
    const next = { ...record, requests: [...record.requests, request] };
    return ok({
      record: next,
      value: { record: next, request },
      acts: [{ kind: 'requested', at, by: actor.id, requestId: request.id, forId: parties.beneficiaryId, roles }],
    });
  });
}

/** A contract lives through its last day. */
export function endedOn(record: ContractRecord, at: string): Refusal | undefined {
  const { endDate } = record.contract;
  return endDate !== undefined && endDate < at.slice(0, 10) ? { kind: 'contractEnded', endDate } : undefined;
}

/** What speaks against giving this person these roles, whoever gives them. */
export function againstRoles(record: ContractRecord, personId: string, roles: Role[]): Refusal | undefined {
  const held = roles.filter((role) => record.assignments.some((a) => a.personId === personId && a.role === role && a.state !== 'failed'));
  if (held.length > 0) return { kind: 'rolesHeld', roles: held };
  // Fact 75: outside EA/EAS the invoice reader role cannot be given to the VL administrator.
  if (roles.includes('invoiceReader') && !isEnterprise(record.contract.program) && isAdministrator(personId, record)) {
    return { kind: 'invoiceReaderNotForAdministrators' };
  }
  return undefined;
}

function alreadyPending(record: ContractRecord, personId: string, roles: Role[]): Refusal | undefined {
  const waiting = record.requests.filter((r) => r.state === 'pending' && r.beneficiaryId === personId).flatMap((r) => r.roles);
  const pending = roles.filter((role) => waiting.includes(role));
  return pending.length > 0 ? { kind: 'rolesPending', roles: pending } : undefined;
}

function withoutDecider(record: ContractRecord, parties: { requesterId: string; beneficiaryId: string }): Refusal | undefined {
  if (administratorsOf(record).length === 0) return { kind: 'noAdministrator' };
  return decidersOf(record, parties).length === 0 ? { kind: 'nobodyElseDecides' } : undefined;
}
