import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { againstRoles, readUntil } from './against.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadByRequest, ownPending, withRequest } from './load.ts';
import type { RoleWish } from './requestRole.ts';
import { comesByItself, floods, readSaid, withoutDecider } from './requestRole.ts';

/** Changes what the own pending request asks for; whoever was looking at it before decides on what it says now. A first approval is void. */
export async function correctRequest(
  deps: Deps,
  actor: Person,
  wish: Pick<RoleWish, 'roles' | 'reason' | 'ticket' | 'until'> & { requestId: string; version: number },
): Promise<Result<{ record: ContractRecord; request: RoleRequest }, Refusal>> {
  const roles = [...new Set(wish.roles)];
  const flood = await floods(deps, actor);
  if (flood) return refuse(flood);
  return change(deps, () => loadByRequest(deps.contracts, actor, wish.requestId), (record) => {
    const found = ownPending(record, actor, wish);
    if (!found.ok) return found;
    const said = readSaid(wish, roles);
    if (!said.ok) return said;
    const at = deps.clock.now().toISOString();
    const until = readUntil(wish.until, at, record);
    if (!until.ok) return until;
    const { beneficiaryId } = found.value;
    const forbidden = withoutDecider(deps.policy, record, { requesterId: actor.id, beneficiaryId, roles }) ?? comesByItself(record, roles) ?? (beneficiaryId === actor.id ? againstRoles(record, beneficiaryId, roles) : undefined) ?? pendingElsewhere(record, found.value, roles);
    if (forbidden) return refuse(forbidden);
    const { reason, ticket } = said.value;
    const { ticket: _ticket, until: _until, firstApproval: _void, ...before } = found.value;
    const request: RoleRequest = { ...before, version: before.version + 1, roles, reason, ...(ticket === '' ? {} : { ticket }), ...(until.value === undefined ? {} : { until: until.value }) };
    const next = withRequest(record, request);
    return ok({
      record: next,
      value: { record: next, request },
      acts: [{ kind: 'corrected', at, by: actor.id, requestId: request.id, roles, reason, before: before.roles.join(' '), after: roles.join(' ') }],
    });
  });
}

function pendingElsewhere(record: ContractRecord, corrected: RoleRequest, roles: RoleRequest['roles']): Refusal | undefined {
  const others = record.requests.filter((r) => r.state === 'pending' && r.id !== corrected.id && r.requesterId === corrected.requesterId && r.beneficiaryId === corrected.beneficiaryId);
  const pending = roles.filter((role) => others.some((r) => r.roles.includes(role)));
  return pending.length > 0 ? { kind: 'rolesPending', roles: pending } : undefined;
}
