import { z } from 'zod';
import { Day, Instant, Mail, ObjectId, PersonId, TenantId } from './ids.ts';
import { Language } from './language.ts';

/**
 * Somebody the bot knows. From an import or a form only the sign-in mail is known; `objectId` is bound when the
 * person first speaks, from the Teams roster.
 */
export const Person = z.object({
  version: z.number().int().nonnegative(),
  id: PersonId,
  tenantId: TenantId,
  mail: Mail,
  objectId: ObjectId.optional(),
  name: z.string().max(256).optional(),
  language: Language.optional(),
  /** True once the person chose the language; then messages no longer change it. */
  languageChosen: z.boolean().default(false),
  /** Where the person's own chat with the bot is: opaque here, written and read by the notifier. */
  reference: z.record(z.unknown()).optional(),
  /** IANA name of the time zone of the client that was used last. */
  timeZone: z.string().max(60).optional(),
  seenAt: Instant.optional(),
  /** Not there through this day; a deputy, if one was named, decides meanwhile. */
  away: z.object({ until: Day, deputyId: PersonId.optional() }).optional(),
  /** When everything of the person was erased; what is left is the id, which others name, and a pseudonym in the place of the mail. */
  erasedAt: Instant.optional(),
});
export type Person = z.infer<typeof Person>;
