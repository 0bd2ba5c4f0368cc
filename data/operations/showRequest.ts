import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { ContractStore } from '../ports.ts';
import { seesRequest } from '../rules/rules.ts';
import { loadByRequest, requestIn } from './load.ts';

/** A request as it is now, for those it concerns; for everybody else it does not exist. */
export async function showRequest(
  contracts: ContractStore,
  actor: Person,
  requestId: string,
): Promise<Result<{ record: ContractRecord; request: RoleRequest }, Refusal>> {
  const loaded = await loadByRequest(contracts, actor, requestId);
  if (!loaded.ok) return loaded;
  const found = requestIn(loaded.value, requestId);
  if (!found.ok) return found;
  if (!seesRequest(actor, loaded.value, found.value)) return refuse({ kind: 'requestUnknown' });
  return ok({ record: loaded.value, request: found.value });
}
