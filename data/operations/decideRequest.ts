import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Decision, RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { decidersOf, decides, isAdministrator } from '../rules/rules.ts';
import { visible } from '../text/visible.ts';
import { againstCloud, againstExternal, againstInvoiceReader, endedOn, heldBy } from './against.ts';
import type { Changed } from './change.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { grant, granted } from './grant.ts';
import { loadByRequest, requestIn, withRequest } from './load.ts';
import { approvalsNeeded } from './requestRole.ts';

/** Characters. */
export const COMMENT_LIMIT = 1000;

/** What a pressed Approve or Deny says. */
export interface DecisionWish {
  requestId: string;
  /** The version of the request that the person was looking at. */
  version: number;
  decision: 'approved' | 'denied';
  /** Required when denying. */
  comment: string;
  /** The roles to give when they are fewer than asked; absent: all of them. */
  roles?: Role[];
}

type Decided = { record: ContractRecord; request: RoleRequest };

/**
 * Decides a pending request, once and for ever. Approving adds the roles as assignments in the same save. The first of two
 * approvals leaves it pending; the second gives what both approved.
 */
export async function decideRequest(deps: Deps, actor: Person, wish: DecisionWish): Promise<Result<Decided, Refusal>> {
  const comment = visible(wish.comment);
  return change(deps, () => loadByRequest(deps.contracts, actor, wish.requestId), async (record) => {
    const found = requestIn(record, wish.requestId);
    if (!found.ok) return found;
    const against = decides(actor, record, found.value) ?? againstWish(found.value, wish, comment);
    if (against) return refuse(against);
    const at = deps.clock.now().toISOString();
    if (wish.decision === 'denied') return ok(settled(record, found.value, { by: actor.id, at, comment }, 'denied'));
    return approve(deps, record, found.value, { by: actor.id, at, comment }, wish.roles ?? found.value.roles);
  });
}

function againstWish(request: RoleRequest, wish: DecisionWish, comment: string): Refusal | undefined {
  if (request.version !== wish.version) return { kind: 'stale' };
  if (wish.decision === 'denied' && comment === '') return { kind: 'commentMissing' };
  if (comment.length > COMMENT_LIMIT) return { kind: 'commentTooLong' };
  if (wish.decision === 'denied' || wish.roles === undefined) return undefined;
  if (wish.roles.length === 0) return { kind: 'rolesMissing' };
  return wish.roles.every((role) => request.roles.includes(role)) ? undefined : { kind: 'rolesNotAsked' };
}

async function approve(deps: Deps, record: ContractRecord, asked: RoleRequest, decision: Decision, wanted: Role[]): Promise<Result<Changed<Decided>, Refusal>> {
  const { firstApproval, ...fresh } = asked;
  // Who has lost the right since has approved nothing.
  const request: RoleRequest = firstApproval && isAdministrator(firstApproval.by, record) ? asked : fresh;
  const before = request.firstApproval?.roles ?? request.roles;
  const approved = request.roles.filter((role) => wanted.includes(role) && before.includes(role));
  if (approved.length === 0) return refuse({ kind: 'rolesNotAsked' });
  const beneficiary = await deps.people.get(record.contract.tenantId, request.beneficiaryId);
  if (!beneficiary) throw new Error('the person a request is for is gone from the store');
  const given = rolesToGive(record, request, approved);
  // What was true when it was asked may not be any more.
  const forbidden =
    given.length > 0 ? (endedOn(record, decision.at) ?? againstOver(request, decision.at) ?? againstInvoiceReader(record, beneficiary.id, given) ?? againstCloud(deps.policy, record, beneficiary) ?? againstExternal(record, request.external === true)) : undefined;
  if (forbidden) return refuse(forbidden);
  const fewer = approved.length < request.roles.length ? { ...decision, roles: approved } : decision;
  if (approvalsNeeded(deps.policy, given) === 2 && !request.firstApproval) return firstOfTwo(record, request, fewer);
  const { record: next, value, acts } = settled(record, request, fewer, 'approved');
  const grants = { personId: beneficiary.id, roles: given, by: decision.by, at: decision.at, requestId: request.id, until: request.until, external: request.external };
  const full = { ...next, assignments: [...next.assignments, ...grant(deps, grants)] };
  return ok({ record: full, value: { ...value, record: full }, acts: [...acts, ...granted(grants)] });
}

/** The last day it was asked for may be over by now. */
function againstOver({ until }: RoleRequest, at: string): Refusal | undefined {
  return until !== undefined && until < at.slice(0, 10) ? { kind: 'untilInvalid' } : undefined;
}

function firstOfTwo(record: ContractRecord, before: RoleRequest, decision: Decision): Result<Changed<Decided>, Refusal> {
  const request: RoleRequest = { ...before, version: before.version + 1, firstApproval: decision };
  if (decidersOf(record, request).length === 0) return refuse({ kind: 'secondApproverMissing' });
  const next = withRequest(record, request);
  return ok({ record: next, value: { record: next, request }, acts: [{ kind: 'firstApproved', at: decision.at, by: decision.by, requestId: request.id, comment: decision.comment, after: (decision.roles ?? request.roles).join(' ') }] });
}

function settled(record: ContractRecord, before: RoleRequest, decision: Decision, state: 'approved' | 'denied'): Changed<Decided> {
  const request: RoleRequest = { ...before, version: before.version + 1, state, decision };
  const next = withRequest(record, request);
  return {
    record: next,
    value: { record: next, request },
    acts: [{ kind: state, at: decision.at, by: decision.by, requestId: request.id, comment: decision.comment, before: 'pending', after: decision.roles ? `${state} ${decision.roles.join(' ')}` : state }],
  };
}

/** A role may have been assigned directly since it was asked for. */
function rolesToGive(record: ContractRecord, request: RoleRequest, approved: Role[]): Role[] {
  const held = heldBy(record, request.beneficiaryId, approved);
  return approved.filter((role) => !held.includes(role));
}
