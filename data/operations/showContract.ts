import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { ContractStore } from '../ports.ts';
import { administers } from '../rules/rules.ts';
import { loadContract } from './load.ts';

/** A contract with its people and its history, for its administrators. */
export async function showContract(contracts: ContractStore, actor: Person, typedId: string): Promise<Result<ContractRecord, Refusal>> {
  const loaded = await loadContract(contracts, actor, typedId);
  if (!loaded.ok) return loaded;
  const against = administers(actor, loaded.value);
  return against ? refuse(against) : ok(loaded.value);
}
