import { z } from 'zod';
import { Instant, TenantId } from './ids.ts';
import { Language } from './language.ts';

/** A question that the bot had no sure answer to, so that whoever writes the answers learns of it. */
export const Gap = z.object({
  version: z.number().int().nonnegative(),
  tenantId: TenantId,
  language: Language,
  /** As asked, without secrets, mail addresses and long numbers (`mask`, `withoutPeople`). */
  question: z.string().min(1).max(300),
  /** Entries that came near, best first. */
  near: z.array(z.string()).max(3),
  /** How often it was asked in these words. */
  times: z.number().int().positive(),
  at: Instant,
});
export type Gap = z.infer<typeof Gap>;
