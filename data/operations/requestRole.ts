import { isEnterprise } from '../model/contract.ts';
import type { Person } from '../model/person.ts';
import type { Policy } from '../model/policy.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { administratorsOf, decidersOf, isAdministrator } from '../rules/rules.ts';
import { visible } from '../text/visible.ts';
import { againstCloud, againstExternal, againstRoles, endedOn, readUntil } from './against.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadContract, readMail } from './load.ts';

/** Requests of one person that wait on one contract; more would flood its administrators. */
const PENDING_LIMIT = 10;

/** Characters. */
export const REASON_LIMIT = 1000;
const TICKET_LIMIT = 50;
const HOUR_MS = 60 * 60_000;

/** What the request form says about any contract. */
export interface RoleWish {
  roles: Role[];
  /** Sign-in mail as typed; empty: for oneself. */
  forMail: string;
  reason: string;
  /** Number of a ticket elsewhere, as typed; may be empty. */
  ticket: string;
  /** Last day, YYYY-MM-DD; may be empty. */
  until: string;
  /** Whether it is for somebody outside of the organization. */
  external: boolean;
}

/** Asks the administrators of a contract (its ID as typed) for roles; nothing is given by it. Returns the pending request in its contract. */
export async function requestRole(
  deps: Deps,
  actor: Person,
  wish: RoleWish & { contractId: string },
): Promise<Result<{ record: ContractRecord; request: RoleRequest }, Refusal>> {
  const roles = [...new Set(wish.roles)];
  const found = await loadContract(deps.contracts, actor, wish.contractId);
  if (!found.ok) return found;
  const said = readSaid(wish, roles);
  if (!said.ok) return said;
  const mail = readMail(actor, wish.forMail);
  if (!mail.ok) return mail;
  const flood = await floods(deps, actor);
  if (flood) return refuse(flood);

  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), async (record) => {
    const at = deps.clock.now().toISOString();
    const until = readUntil(wish.until, at, record);
    if (!until.ok) return until;
    const known = await deps.people.byMail(actor.tenantId, mail.value);
    const parties = { requesterId: actor.id, beneficiaryId: known?.id ?? '' };
    const against =
      endedOn(record, at) ??
      tooMany(record, actor) ??
      againstCloud(deps.policy, record, known ?? { mail: mail.value }) ??
      againstExternal(record, wish.external) ??
      comesByItself(record, roles) ??
      (maySeeRolesOf(actor, record, known) ? againstRoles(record, known?.id, roles) : undefined) ??
      alreadyPending(actor, record, known, roles) ??
      (maySeeRolesOf(actor, record, known) ? withoutDecider(deps.policy, record, { ...parties, roles }) : withoutAdministrator(record));
    if (against) return refuse(against);
    // Only now: what is refused leaves no trace of whoever was typed.
    const beneficiary = known ?? (await deps.people.ensure(actor.tenantId, mail.value));
    const { reason, ticket } = said.value;
    const request: RoleRequest = {
      version: 1, id: deps.ids.request(), requesterId: actor.id, beneficiaryId: beneficiary.id, roles, reason, at, state: 'pending', notices: [],
      ...(ticket === '' ? {} : { ticket }),
      ...(until.value === undefined ? {} : { until: until.value }),
      ...(wish.external ? { external: true } : {}),
    };
    const next = { ...record, requests: [...record.requests, request] };
    return ok({
      record: next,
      value: { record: next, request },
      acts: [{ kind: 'requested', at, by: actor.id, requestId: request.id, forId: beneficiary.id, roles, reason, after: 'pending' }],
    });
  });
}

/** What was said in words, in the form that is kept. */
export function readSaid(wish: Pick<RoleWish, 'reason' | 'ticket'>, roles: Role[]): Result<{ reason: string; ticket: string }, Refusal> {
  const reason = visible(wish.reason);
  const ticket = visible(wish.ticket).replaceAll(/\s+/g, ' ');
  if (roles.length === 0) return refuse({ kind: 'rolesMissing' });
  if (reason === '') return refuse({ kind: 'reasonMissing' });
  if (reason.length > REASON_LIMIT) return refuse({ kind: 'reasonTooLong' });
  return ticket.length > TICKET_LIMIT ? refuse({ kind: 'ticketTooLong' }) : ok({ reason, ticket });
}

/** Fact 75: outside EA/EAS the Bill To contact has it by itself; on EA/EAS it is given like any other. */
export function comesByItself(record: ContractRecord, roles: readonly Role[]): Refusal | undefined {
  return roles.includes('invoiceReader') && !isEnterprise(record.contract.program) ? { kind: 'invoiceReaderComesByItself' } : undefined;
}

/** Who asks for, or corrects, very much in an hour waits until the oldest of it is an hour old. */
export async function floods({ contracts, clock, policy }: Deps, actor: Person): Promise<Refusal | undefined> {
  const now = clock.now().getTime();
  const sent = (await contracts.ofTenant(actor.tenantId))
    .flatMap(({ events }) => events.filter(({ act }) => act.by === actor.id && (act.kind === 'requested' || act.kind === 'corrected')).map(({ act }) => Date.parse(act.at)))
    .filter((at) => now - at < HOUR_MS)
    .toSorted((a, b) => a - b);
  const oldest = sent.at(-policy.requestsPerHour);
  return oldest === undefined ? undefined : { kind: 'tooManyRequests', minutes: Math.ceil((HOUR_MS - (now - oldest)) / 60_000) };
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

/** That the person it is for is the only administrator is not told to others (fact 78): the request waits, and the operators see it. */
function withoutAdministrator(record: ContractRecord): Refusal | undefined {
  return administratorsOf(record).length === 0 ? { kind: 'noAdministrator' } : undefined;
}

/** Who could decide: nobody, or too few for what is asked. */
export function withoutDecider(policy: Policy, record: ContractRecord, request: { requesterId: string; beneficiaryId: string; roles: readonly Role[] }): Refusal | undefined {
  const without = withoutAdministrator(record);
  if (without) return without;
  const deciders = decidersOf(record, request).length;
  if (deciders === 0) return { kind: 'nobodyElseDecides' };
  return deciders < approvalsNeeded(policy, request.roles) ? { kind: 'secondApproverMissing' } : undefined;
}

/** How many have to approve roles. */
export function approvalsNeeded(policy: Policy, roles: readonly Role[]): number {
  return roles.includes('administrator') ? policy.administratorApprovals : 1;
}
