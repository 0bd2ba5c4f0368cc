import { z } from 'zod';
import { Day, Instant, PersonId, RequestId } from './ids.ts';
import { Role } from './role.ts';

/** A request is pending until one decision, ever, or until it is withdrawn or expires. */
export const REQUEST_STATES = ['pending', 'approved', 'denied', 'withdrawn', 'expired'] as const;
export const RequestState = z.enum(REQUEST_STATES);
export type RequestState = z.infer<typeof RequestState>;

/** Where one copy of a card stands: a conversation and the activity in it. Opaque outside the notifier. */
export const Place = z.object({ conversation: z.record(z.unknown()), activityId: z.string() });
export type Place = z.infer<typeof Place>;

/**
 * One copy of a request's card in front of one person, and what it shows. `decide`: sent so that the person decides;
 * `outcome`: sent to tell what became of it; `reminder`: sent again because nobody decided; `copy`: opened by the person.
 */
export const Notice = z.object({
  id: z.string().uuid(),
  personId: PersonId,
  kind: z.enum(['decide', 'outcome', 'reminder', 'copy']),
  place: Place.optional(),
  /** `applied`, `active`: what was approved is entered in the portal, and works. `hidden`: the person may not see the request any more. Absent: nothing that is true now. */
  shows: z.enum([...REQUEST_STATES, 'applied', 'active', 'hidden']).optional(),
  /** The version of the request it shows. */
  version: z.number().int().optional(),
  /** Which reminder, from 1. */
  level: z.number().int().optional(),
  /** Set while the person could not be reached. */
  unreachable: z.boolean().default(false),
});
export type Notice = z.infer<typeof Notice>;

/** Who decided, when, the comment (required when denying; empty otherwise), and the roles that were approved when they are fewer than asked. */
export const Decision = z.object({ by: PersonId, at: Instant, comment: z.string().max(1000), roles: z.array(Role).optional() });
export type Decision = z.infer<typeof Decision>;

/** A request for roles on the contract it is kept with. */
export const RoleRequest = z.object({
  version: z.number().int().positive(),
  id: RequestId,
  requesterId: PersonId,
  beneficiaryId: PersonId,
  roles: z.array(Role).min(1),
  reason: z.string().min(1).max(1000),
  /** The number of a ticket in another system. */
  ticket: z.string().max(50).optional(),
  /** The last day it is asked for. */
  until: Day.optional(),
  /** For somebody outside of the organization (fact 96). */
  external: z.boolean().optional(),
  at: Instant,
  state: RequestState,
  decision: Decision.optional(),
  /** The first of two approvals; the request still waits for the second. */
  firstApproval: Decision.optional(),
  notices: z.array(Notice).default([]),
});
export type RoleRequest = z.infer<typeof RoleRequest>;
