import { z } from 'zod';
import { AssignmentId, Day, Instant, PersonId, RequestId } from './ids.ts';
import { Role } from './role.ts';

/** `approved` is decided here; it exists in Microsoft's portal only from `applied` on, and works from `active` on. */
export const ASSIGNMENT_STATES = ['approved', 'applied', 'active', 'failed'] as const;

/** What the page Manage Assignments says of a person (facts 86-91). */
export const PORTAL_STATUSES = ['active', 'inProgress', 'failed', 'invitationSent', 'invitationExpired', 'userNotFound'] as const;
export const PortalStatus = z.enum(PORTAL_STATUSES);
export type PortalStatus = z.infer<typeof PortalStatus>;

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
  /** The last day of a temporary role; it ends by itself after it (UTC). */
  until: Day.optional(),
  /** Entered in the portal as an external user (fact 96). */
  external: z.boolean().optional(),
  /** When it was entered in the portal, and by whom; no one: the provisioner did. */
  appliedAt: Instant.optional(),
  appliedBy: PersonId.optional(),
  /** The provisioner entered it, under this very id, and removes it too. */
  provisioned: z.boolean().optional(),
  /** When the person said that it works, or that it does not. */
  confirmedAt: Instant.optional(),
  notYetAt: Instant.optional(),
  /** What the portal said of the person when its list was last compared. */
  portalStatus: PortalStatus.optional(),
  /** When an administrator last said in a review that it stays. */
  reviewedAt: Instant.optional(),
});
export type Assignment = z.infer<typeof Assignment>;

/** A role that was taken away here and still is in the portal, until somebody removed it there too. `byTime`: it ended by itself. */
export const Leftover = z.object({ id: AssignmentId, personId: PersonId, role: Role, at: Instant, byTime: z.boolean().optional(), provisioned: z.boolean().optional() });
export type Leftover = z.infer<typeof Leftover>;
