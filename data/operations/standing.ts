import type { ContractRecord } from '../model/record.ts';

/** Grows with everything that happens to a person's roles on a contract. */
export function standingOf({ events }: ContractRecord, personId: string): number {
  return events.filter(({ act }) => 'forId' in act && act.forId === personId).length;
}
