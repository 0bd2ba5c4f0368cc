import type { Company } from './write.ts';

/** A company of usual size, in which people ask and go through guides. */
export const USUAL: Company = { contracts: 8, assignments: 80, administrators: 4, holders: 40 };

/** One in which roles are asked for again and again: a contract holds few requests of each of many people. */
export const DECIDED: Company = { contracts: 640, assignments: 1280, administrators: 16, holders: 0 };

/** Contracts that one administrator has, where a company has so many. */
export const ADMINISTERED = 40;

/** One with so many contracts, each with two of its administrators; the first ten contracts have the same at every size. */
export function grown(contracts: number, assignments: number): Company {
  return { contracts, assignments, administrators: Math.max(11, (contracts * 2) / ADMINISTERED), holders: Math.max(100, assignments / 5) };
}
