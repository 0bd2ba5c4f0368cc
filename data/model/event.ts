import { z } from 'zod';
import { Instant, PersonId } from './ids.ts';
import { Role } from './role.ts';

/** `before` and `after`: the state or the roles in their own words, as the acted-on thing was and became. */
const base = { at: Instant, by: PersonId.optional(), before: z.string().optional(), after: z.string().optional() };
const onRequest = { ...base, requestId: z.string() };
const onRole = { ...base, forId: PersonId, role: Role };

/** What happened on a contract. `by` is absent when an import, the time or the provisioner did it. */
export const Act = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('imported') }),
  z.object({ ...onRequest, kind: z.literal('requested'), forId: PersonId, roles: z.array(Role), reason: z.string().optional() }),
  z.object({ ...onRequest, kind: z.literal('corrected'), roles: z.array(Role), reason: z.string().optional() }),
  z.object({ ...onRequest, kind: z.literal('firstApproved'), comment: z.string() }),
  z.object({ ...onRequest, kind: z.literal('approved'), comment: z.string() }),
  z.object({ ...onRequest, kind: z.literal('denied'), comment: z.string() }),
  z.object({ ...onRequest, kind: z.literal('withdrawn') }),
  z.object({ ...onRequest, kind: z.literal('expired') }),
  z.object({ ...onRole, kind: z.literal('assigned') }),
  z.object({ ...onRole, kind: z.literal('applied') }),
  z.object({ ...onRole, kind: z.literal('confirmed') }),
  z.object({ ...onRole, kind: z.literal('notYet') }),
  z.object({ ...onRole, kind: z.literal('renewed') }),
  z.object({ ...onRole, kind: z.literal('removed') }),
  z.object({ ...onRole, kind: z.literal('removedInPortal') }),
  z.object({ ...onRole, kind: z.literal('reviewed') }),
  /** What a person wrote, or was named in, was erased. `rehashedFrom`: the event, from 1, from which on the hashes are new; absent: all are as they were. */
  z.object({ ...base, kind: z.literal('erased'), forId: PersonId.optional(), rehashedFrom: z.number().int().positive().optional() }),
  z.object({ ...base, kind: z.literal('reconciled'), forId: PersonId.optional(), role: Role.optional() }),
]);
export type Act = z.infer<typeof Act>;

/**
 * An act in the audit chain: `hash` is SHA-256 over the act and `previous`, the hash of the event before (empty for the first). What
 * people wrote in it is covered through a seal made with `salt`; `seal` is kept in the salt's place once the words were
 * erased (see `operations/chain.ts`). An event of the time before seals has neither.
 */
export const Event = z.object({ act: Act, salt: z.string().optional(), seal: z.string().optional(), previous: z.string(), hash: z.string() });
export type Event = z.infer<typeof Event>;
