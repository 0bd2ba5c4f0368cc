import { z } from 'zod';
import { Assignment, Leftover } from './assignment.ts';
import { Contract } from './contract.ts';
import { Event } from './event.ts';
import { Instant, PersonId } from './ids.ts';
import { Reconciliation } from './reconciliation.ts';
import { RoleRequest } from './request.ts';

/** Everything that belongs to one contract: it is loaded and saved as one, and its version guards all of it. */
export const ContractRecord = z.object({
  version: z.number().int().nonnegative(),
  contract: Contract,
  assignments: z.array(Assignment),
  requests: z.array(RoleRequest),
  events: z.array(Event),
  leftovers: z.array(Leftover).default([]),
  /** The last comparison with the portal's list. */
  reconciliation: Reconciliation.optional(),
  /** What was sent when its time had come, so that it is sent once: see `Due`. `failed`: it was given up. */
  sent: z.array(z.object({ key: z.string(), at: Instant, failed: z.boolean().optional() })).default([]),
  /** The administrators of the parent contract (facts 103, 104): the store fills it in and never saves it. */
  inherited: z.array(PersonId).default([]),
});
export type ContractRecord = z.infer<typeof ContractRecord>;

/** A contract as it begins. */
export function newRecord(contract: Contract): ContractRecord {
  return { version: 0, contract, assignments: [], requests: [], events: [], leftovers: [], sent: [], inherited: [] };
}
