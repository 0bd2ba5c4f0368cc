import { z } from 'zod';
import { Assignment } from './assignment.ts';
import { Contract } from './contract.ts';
import { Event } from './event.ts';
import { RoleRequest } from './request.ts';

/** Everything that belongs to one contract: it is loaded and saved as one, and its version guards all of it. */
export const ContractRecord = z.object({
  version: z.number().int().nonnegative(),
  contract: Contract,
  assignments: z.array(Assignment),
  requests: z.array(RoleRequest),
  events: z.array(Event),
});
export type ContractRecord = z.infer<typeof ContractRecord>;
