import { z } from 'zod';
import { PortalStatus } from './assignment.ts';
import { AssignmentId, Instant, Mail, PersonId } from './ids.ts';
import { Role } from './role.ts';

/**
 * One difference between what the bot knows and the portal's list. `notThere`: held here, not in the portal; `notHere`: in
 * the portal, not held here; `works`: entered, and Active there; `status`: there, with a status that needs an act.
 */
export const Difference = z.object({
  id: z.string().uuid(),
  kind: z.enum(['notThere', 'notHere', 'works', 'status']),
  mail: Mail,
  /** Absent: the portal's list does not say which roles. */
  role: Role.optional(),
  assignmentId: AssignmentId.optional(),
  /** The assignment's version when it was compared. */
  version: z.number().int().optional(),
  status: PortalStatus.optional(),
  acceptedAt: Instant.optional(),
});
export type Difference = z.infer<typeof Difference>;

/** A comparison of a contract with the portal's list of its users. */
export const Reconciliation = z.object({ by: PersonId.optional(), at: Instant, people: z.number().int().nonnegative(), differences: z.array(Difference) });
export type Reconciliation = z.infer<typeof Reconciliation>;
