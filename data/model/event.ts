import { z } from 'zod';
import { Instant, PersonId } from './ids.ts';
import { Role } from './role.ts';

const base = { at: Instant, by: PersonId.optional() };

/** What happened on a contract. `by` is absent when an import did it. */
export const Act = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('imported') }),
  z.object({ ...base, kind: z.literal('requested'), requestId: z.string(), forId: PersonId, roles: z.array(Role) }),
  z.object({ ...base, kind: z.literal('approved'), requestId: z.string(), comment: z.string() }),
  z.object({ ...base, kind: z.literal('denied'), requestId: z.string(), comment: z.string() }),
  z.object({ ...base, kind: z.literal('withdrawn'), requestId: z.string() }),
  z.object({ ...base, kind: z.literal('assigned'), forId: PersonId, role: Role }),
  z.object({ ...base, kind: z.literal('removed'), forId: PersonId, role: Role }),
]);
export type Act = z.infer<typeof Act>;

/** An act in the audit chain: `hash` is SHA-256 over the act and `previous`, the hash of the event before (empty for the first). */
export const Event = z.object({ act: Act, previous: z.string(), hash: z.string() });
export type Event = z.infer<typeof Event>;
