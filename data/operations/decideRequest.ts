import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { decides } from '../rules/rules.ts';
import { visible } from '../text/visible.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { grant } from './grant.ts';
import { loadByRequest, requestIn, withRequest } from './load.ts';
import { againstInvoiceReader, endedOn, heldBy } from './requestRole.ts';

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
}

/** Decides a pending request, once and for ever. Approving adds the roles as assignments in the same save. */
export async function decideRequest(
  deps: Deps,
  actor: Person,
  wish: DecisionWish,
): Promise<Result<{ record: ContractRecord; request: RoleRequest }, Refusal>> {
  const comment = visible(wish.comment);
  return change(deps, () => loadByRequest(deps.contracts, actor, wish.requestId), (record) => {
    const found = requestIn(record, wish.requestId);
    if (!found.ok) return found;
    const against = decides(actor, record, found.value);
    if (against) return refuse(against);
    if (found.value.version !== wish.version) return refuse({ kind: 'stale' });
    if (wish.decision === 'denied' && comment === '') return refuse({ kind: 'commentMissing' });
    if (comment.length > COMMENT_LIMIT) return refuse({ kind: 'commentTooLong' });

    const at = deps.clock.now().toISOString();
    const given = wish.decision === 'approved' ? rolesToGive(record, found.value) : [];
    // What was true when it was asked may not be any more.
    const forbidden = given.length > 0 ? (endedOn(record, at) ?? againstInvoiceReader(record, found.value.beneficiaryId, given)) : undefined;
    if (forbidden) return refuse(forbidden);

    const request: RoleRequest = {
      ...found.value,
      version: found.value.version + 1,
      state: wish.decision,
      decision: { by: actor.id, at, comment },
    };
    const assignments = grant(deps, { personId: request.beneficiaryId, roles: given, by: actor.id, at, requestId: request.id });
    const next = { ...withRequest(record, request), assignments: [...record.assignments, ...assignments] };
    return ok({
      record: next,
      value: { record: next, request },
      acts: [
        { kind: wish.decision, at, by: actor.id, requestId: request.id, comment },
        ...given.map((role) => ({ kind: 'assigned' as const, at, by: actor.id, forId: request.beneficiaryId, role })),
      ],
    });
  });
}

/** A role may have been assigned directly since it was asked for. */
function rolesToGive(record: ContractRecord, request: RoleRequest): Role[] {
  const held = heldBy(record, request.beneficiaryId, request.roles);
  return request.roles.filter((role) => !held.includes(role));
}
