import { ContractId } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { ContractStore } from '../ports.ts';
import type { Deps } from './deps.ts';
import type { RoleWish } from './requestRole.ts';
import { requestRole } from './requestRole.ts';

/** Contracts in one form. */
export const CONTRACTS_AT_ONCE = 20;

/** What became of a form for several contracts. */
export interface RequestsReport {
  sent: { record: ContractRecord; request: RoleRequest }[];
  /** `typed`: the contract ID as it was typed. */
  refused: { typed: string; refusal: Refusal }[];
}

/** Asks for the same roles on each of the contracts that were typed; what is refused for one stops no other. */
export async function requestRoles(deps: Deps, actor: Person, wish: RoleWish & { contractIds: string }): Promise<RequestsReport> {
  const report: RequestsReport = { sent: [], refused: [] };
  const ids = await contractIdsIn(deps.contracts, actor, wish.contractIds);
  if (ids.length > CONTRACTS_AT_ONCE) return { sent: [], refused: [{ typed: '', refusal: { kind: 'tooManyAtOnce', most: CONTRACTS_AT_ONCE } }] };
  for (const contractId of ids) {
    const result = await requestRole(deps, actor, { ...wish, contractId });
    if (result.ok) report.sent.push(result.value);
    else report.refused.push({ typed: contractId, refusal: result.refusal });
  }
  return report;
}

/**
 * The contract IDs in a pasted list, each once: one a line, or with commas between. A blank may stand inside an ID as well as between two:
 * it is between when the whole is no contract of the actor's tenant and every part is one.
 */
export async function contractIdsIn(contracts: ContractStore, actor: Person, typed: string): Promise<string[]> {
  const pieces = typed.normalize('NFKC').split(/[\n\r,;、\t]+/u).map((piece) => piece.trim()).filter((piece) => piece !== '');
  const ids: string[] = [];
  for (const piece of pieces) {
    const parts = piece.split(/\s+/u);
    const isKnown = async (one: string): Promise<boolean> => {
      const id = ContractId.safeParse(one);
      return id.success && (await contracts.get(actor.tenantId, id.data)) !== undefined;
    };
    const isList = parts.length > 1 && !(await isKnown(piece)) && (await Promise.all(parts.map(isKnown))).every(Boolean);
    ids.push(...(isList ? parts : [piece]));
  }
  const byId = new Map(ids.map((id) => [ContractId.safeParse(id).data ?? id, id]));
  return pieces.length === 0 ? [''] : [...byId.values()];
}
