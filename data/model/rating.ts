import { z } from 'zod';
import { Instant, PersonId, TenantId } from './ids.ts';
import { Language } from './language.ts';

/** What the people of a tenant thought of one knowledge entry: the last vote of each person counts; with the question as `Gap` keeps one. */
export const Rating = z.object({
  version: z.number().int().nonnegative(),
  tenantId: TenantId,
  entryId: z.string().min(1),
  votes: z.record(PersonId, z.object({ helpful: z.boolean(), language: Language, at: Instant, question: z.string().max(300).default('') })),
});
export type Rating = z.infer<typeof Rating>;
