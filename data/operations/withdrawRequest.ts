import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { loadByRequest, ownPending, withRequest } from './load.ts';

/** Takes the own pending request back. */
export async function withdrawRequest(
  deps: Deps,
  actor: Person,
  wish: { requestId: string; version: number },
): Promise<Result<{ record: ContractRecord; request: RoleRequest }, Refusal>> {
  return change(deps, () => loadByRequest(deps.contracts, actor, wish.requestId), (record) => {
    const found = ownPending(record, actor, wish);
    if (!found.ok) return found;
    const at = deps.clock.now().toISOString();
    const request: RoleRequest = { ...found.value, version: found.value.version + 1, state: 'withdrawn' };
    const next = withRequest(record, request);
    return ok({ record: next, value: { record: next, request }, acts: [{ kind: 'withdrawn', at, by: actor.id, requestId: request.id }] });
  });
}
