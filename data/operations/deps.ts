import type { Policy } from '../model/policy.ts';
import type { Clock, ContractStore, Ids, PeopleStore } from '../ports.ts';

/** What every act on a contract needs. */
export interface Deps {
  contracts: ContractStore;
  people: PeopleStore;
  clock: Clock;
  ids: Ids;
  policy: Policy;
}
