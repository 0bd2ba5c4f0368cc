import type { Company } from './write.ts';

/** A company of usual size, in which people ask and go through guides. */
export const USUAL: Company = { contracts: 8, assignments: 80, administrators: 4, holders: 40 };

/** One in which roles are asked for again and again: a contract holds few requests of each of many people. */
export const DECIDED: Company = { contracts: 640, assignments: 1280, administrators: 16, holders: 0 };
