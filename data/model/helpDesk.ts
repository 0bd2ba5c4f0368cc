import { z } from 'zod';
import { Instant, PersonId, TenantId } from './ids.ts';
import { Language } from './language.ts';

/** The help desk of a tenant: a channel of a team. */
export const HelpDesk = z.object({
  version: z.number().int().nonnegative(),
  tenantId: TenantId,
  /** Conversation reference of the channel itself, not of one of its threads; absent when the tenant has a help desk no more. */
  conversation: z.record(z.unknown()).optional(),
  /** What is posted there is in the language of whoever said so. */
  language: Language,
  by: PersonId,
  at: Instant,
});
export type HelpDesk = z.infer<typeof HelpDesk>;
