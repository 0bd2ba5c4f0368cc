import type { Asker } from '../knowledge/cases.ts';
import { agreementOf } from '../model/contract.ts';
import type { Person } from '../model/person.ts';
import type { ContractStore } from '../ports.ts';
import { rolesOf } from './lists.ts';

/** What a person's contracts tell about the person's case: only what all of them have in common. */
export async function askerOf(contracts: ContractStore, person: Person): Promise<Asker> {
  const own = (await rolesOf(contracts, person)).map(({ record }) => record.contract);
  return { agreement: common(own.map(({ program }) => agreementOf(program))), cloud: common(own.map(({ cloud }) => cloud)) };
}

function common<T>(values: T[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
