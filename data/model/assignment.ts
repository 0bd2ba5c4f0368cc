import { z } from 'zod';
import { AssignmentId, Instant, PersonId, RequestId } from './ids.ts';
import { Role } from './role.ts';

/** `approved` is decided here; it exists in Microsoft's portal only from `applied` on, and works from `active` on. */
export const ASSIGNMENT_STATES = ['approved', 'applied', 'active', 'failed'] as const;

/** One role of one person on the contract it is kept with. */
export const Assignment = z.object({
  version: z.number().int().positive(),
  id: AssignmentId,
  personId: PersonId,
  role: Role,
  state: z.enum(ASSIGNMENT_STATES),
  /** Who gave it; absent when it came in with an import. */
  givenBy: PersonId.optional(),
  givenAt: Instant,
  requestId: RequestId.optional(),
});
export type Assignment = z.infer<typeof Assignment>;
