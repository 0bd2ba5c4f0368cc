import type { Person } from '../model/person.ts';
import { isEnterprise } from '../model/contract.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { administratorsOf, decidersOf, isAdministrator } from '../rules/rules.ts';
import { visible } from '../text/visible.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract, readMail } from './load.ts';

/** Requests of one person that wait on one contract; more would flood its administrators. */
const PENDING_LIMIT = 10;

/** Characters. */
export const REASON_LIMIT = 1000;

/** What the request form sends. */
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
  const reason = visible(wish.reason);
  const found = await loadContract(deps.contracts, actor, wish.contractId);
  if (!found.ok) return found;
  if (roles.length === 0) return refuse({ kind: 'rolesMissing' });
  if (reason === '') return refuse({ kind: 'reasonMissing' });
  if (reason.length > REASON_LIMIT) return refuse({ kind: 'reasonTooLong' });
  const mail = readMail(actor, wish.forMail);
  if (!mail.ok) return mail;

  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), async (record) => {
    const at = deps.clock.now().toISOString();
    const known = await deps.people.byMail(actor.tenantId, mail.value);
    const against =
      endedOn(record, at) ??
      tooMany(record, actor) ??
      (maySeeRolesOf(actor, record, known) ? againstRoles(record, known?.id, roles) : undefined) ??
      alreadyPending(actor, record, known, roles) ??
      withoutDecider(record, { requesterId: actor.id, beneficiaryId: known?.id ?? '' });
    if (against) return refuse(against);
    // Only now: what is refused leaves no trace of whoever was typed.
    const beneficiary = known ?? (await deps.people.ensure(actor.tenantId, mail.value));
    const parties = { requesterId: actor.id, beneficiaryId: beneficiary.id };
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

/** The roles of these that a person holds on a contract. */
export function heldBy(record: ContractRecord, personId: string | undefined, roles: readonly Role[]): Role[] {
  return roles.filter((role) => record.assignments.some((a) => a.personId === personId && a.role === role && a.state !== 'failed'));
}

/** Fact 75: outside EA/EAS nobody is both administrator and invoice reader of a contract. */
export function againstInvoiceReader(record: ContractRecord, personId: string | undefined, roles: Role[]): Refusal | undefined {
  if (isEnterprise(record.contract.program)) return undefined;
  const both: Role[] = ['administrator', 'invoiceReader'];
  const wouldHold = new Set([...heldBy(record, personId, both), ...roles]);
  return roles.some((role) => both.includes(role)) && both.every((role) => wouldHold.has(role)) ? { kind: 'invoiceReaderNotForAdministrators' } : undefined;
}

/** What speaks against giving this person these roles, whoever gives them; a person not known yet holds none. */
export function againstRoles(record: ContractRecord, personId: string | undefined, roles: Role[]): Refusal | undefined {
  const held = heldBy(record, personId, roles);
  return held.length > 0 ? { kind: 'rolesHeld', roles: held } : againstInvoiceReader(record, personId, roles);
}

/** Who holds what is for the person and the administrators: a request for somebody else must not tell it. */
function maySeeRolesOf(actor: Person, record: ContractRecord, person: Person | undefined): boolean {
  return person?.id === actor.id || isAdministrator(actor.id, record);
}

/** The actor's own requests are known to the actor; those of others only to whom their roles are. */
function alreadyPending(actor: Person, record: ContractRecord, person: Person | undefined, roles: Role[]): Refusal | undefined {
  const known = record.requests.filter((r) => r.state === 'pending' && r.beneficiaryId === person?.id && (r.requesterId === actor.id || maySeeRolesOf(actor, record, person)));
  const pending = roles.filter((role) => known.some((r) => r.roles.includes(role)));
  return pending.length > 0 ? { kind: 'rolesPending', roles: pending } : undefined;
}

function tooMany(record: ContractRecord, actor: Person): Refusal | undefined {
  const count = record.requests.filter((r) => r.state === 'pending' && r.requesterId === actor.id).length;
  return count >= PENDING_LIMIT ? { kind: 'tooManyPending', count } : undefined;
}

function withoutDecider(record: ContractRecord, parties: { requesterId: string; beneficiaryId: string }): Refusal | undefined {
  if (administratorsOf(record).length === 0) return { kind: 'noAdministrator' };
  return decidersOf(record, parties).length === 0 ? { kind: 'nobodyElseDecides' } : undefined;
}
