import { z } from 'zod';
import { AGREEMENTS, Cloud } from './contract.ts';
import { Instant } from './ids.ts';
import { Language } from './language.ts';
import { PacketKind } from './packet.ts';
import { Role } from './role.ts';
import { Line } from './ticket.ts';

/** An answer that was given: the entry, and the question as `Gap` keeps one (empty when a button was pressed). */
const Given = z.object({ entry: z.string().min(1), question: z.string().max(300), at: Instant });
export type Given = z.infer<typeof Given>;

/** What the bot remembers of one conversation: the dialog in progress and the card that shows it. */
export const Chat = z.object({
  version: z.number().int().nonnegative(),
  /** Empty in a record of the time when the conversation alone told it; see `NO_TENANT` for channels that name none. */
  tenantId: z.string().default(''),
  conversationId: z.string().min(1),
  /** State of the running dialog, as botbuilder-dialogs keeps it. */
  dialog: z.record(z.unknown()).default({}),
  /** The activities that moved the dialog last, so that one that is delivered again, even to the next process, moves nothing. */
  handled: z.array(z.string()).default([]),
  /** Activity id of the card that shows the running guide. */
  guideCard: z.string().optional(),
  /** The answers given last, the newest at the end: what a follow-up refers to, and what a rating is about. */
  answers: z.array(Given).default([]),
  /** The entries that were offered to choose from last, in the order of their buttons. */
  offered: z.object({ entries: z.array(z.string().min(1)), at: Instant }).optional(),
  /** What was said in a guide: about the own case, and what was typed. The next guide does not ask again; "start over" forgets it. */
  known: z.object({ agreement: z.enum(AGREEMENTS).optional(), cloud: Cloud.optional(), values: z.record(z.string().max(500)).optional() }).default({}),
  /** What the last guide gathered for Microsoft's VL support: the guide's run, the situation, and each item; `helpDeskAt`: when it went to the help desk. */
  packet: z.object({ run: z.string(), kind: PacketKind, values: z.record(z.string().max(2000)), helpDeskAt: Instant.optional() }).optional(),
  /** Roles to assign that were previewed and wait for confirmation. */
  plan: z.object({ id: z.string(), wishes: z.array(z.object({ contractId: z.string(), forMail: z.string(), roles: z.array(Role), until: z.string(), external: z.boolean() })) }).optional(),
  /** When the running guide was last moved. */
  guideAt: Instant.optional(),
  /** When the bot is to ask again whether something waited for is there: the guide, the language, and where to write. */
  reminders: z.array(z.object({ at: Instant, guide: z.string().min(1), language: Language, conversation: z.record(z.unknown()) })).max(3).optional(),
  /** Answers in a row that did not help, and when the last one was given. */
  misses: z.object({ count: z.number().int().nonnegative(), at: Instant }).optional(),
  /** When a person was asked for, and nothing was known of what it is about: what is typed next is that. */
  asksForPerson: Instant.optional(),
  /** The guide that was moved last: the step it stands at, and the steps before with what was chosen or found. */
  lastGuide: z.object({ id: z.string(), step: z.string(), path: z.array(z.object({ step: z.string(), answer: z.string().optional() })), detail: z.string().optional() }).optional(),
  /** On channels with a help desk of their own: a person was asked for there, or has the chat. */
  handoff: z.enum(['asked', 'accepted']).optional(),
  /** What was said last, secrets masked, for whoever takes over; kept where there is a help desk. */
  said: z.array(Line).default([]),
  at: Instant,
});
export type Chat = z.infer<typeof Chat>;
