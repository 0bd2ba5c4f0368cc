import { z } from 'zod';
import { Instant } from './ids.ts';

/** What the bot remembers of one conversation: the dialog in progress and the card that shows it. */
export const Chat = z.object({
  version: z.number().int().nonnegative(),
  conversationId: z.string().min(1),
  /** State of the running dialog, as botbuilder-dialogs keeps it. */
  dialog: z.record(z.unknown()).default({}),
  /** The activities that moved the dialog last, so that one that is delivered again, even to the next process, moves nothing. */
  handled: z.array(z.string()).default([]),
  /** Activity id of the card that shows the running guide. */
  guideCard: z.string().optional(),
  at: Instant,
});
export type Chat = z.infer<typeof Chat>;
