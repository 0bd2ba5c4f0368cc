import { z } from 'zod';
import { AGREEMENTS, Cloud } from './contract.ts';
import { Instant, Mail, ObjectId, PersonId, TenantId, TicketId } from './ids.ts';
import { Language } from './language.ts';

/** What a talk with the help desk is about; channels may be for one of them. */
export const SUBJECTS = ['registration', 'roles', 'other'] as const;
export const Subject = z.enum(SUBJECTS);
export type Subject = z.infer<typeof Subject>;

/** A member of a help desk: known to the bot, or of a system of its own that speaks through the HTTP API. */
export const Helper = z.object({ id: PersonId.optional(), objectId: ObjectId.optional(), name: z.string().min(1).max(200) });
export type Helper = z.infer<typeof Helper>;

/** What cannot be carried between the two chats; `text`: the end of one that is too long. */
export const LOST = ['text', 'image', 'file', 'card', 'other'] as const;

/** What somebody wrote, as it is carried to the other side. `html`: with the formatting that Teams shows; `text` says the same without. */
export const Content = z.object({
  text: z.string().max(30_000),
  html: z.string().max(60_000).optional(),
  files: z.array(z.object({ kind: z.enum(['image', 'file']), name: z.string().max(300), url: z.string().max(120_000), type: z.string().max(100) })).max(20).default([]),
  lost: z.array(z.enum(LOST)).max(20).default([]),
});
export type Content = z.infer<typeof Content>;

/** Where a message came from, so that one that is delivered again is known: conversation and activity id, or the caller's own key. */
const source = z.string().min(1).max(800);
const base = { at: Instant };
/** The place of the message in the log that is edited or deleted. */
const of = z.number().int().nonnegative();

/** What happened in a ticket, in order. The log is the ticket: everything that is shown or sent follows from it. */
export const TicketEvent = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('opened') }),
  /** The person wrote. */
  z.object({ ...base, kind: z.literal('said'), source, content: Content }),
  /** A helper wrote. */
  z.object({ ...base, kind: z.literal('replied'), source, by: Helper, content: Content }),
  /** A helper sent a knowledge entry. */
  z.object({ ...base, kind: z.literal('answered'), by: Helper, entry: z.string().min(1).max(100) }),
  /** Among helpers; never reaches the person. */
  z.object({ ...base, kind: z.literal('noted'), source, by: Helper, text: z.string().max(30_000) }),
  z.object({ ...base, kind: z.literal('edited'), source, of, content: Content }),
  z.object({ ...base, kind: z.literal('deleted'), of }),
  /** `to`: another helper than the one who did it. */
  z.object({ ...base, kind: z.literal('claimed'), by: Helper, to: Helper.optional() }),
  /** Back to the queue; without `by` the time did it. */
  z.object({ ...base, kind: z.literal('released'), by: Helper.optional() }),
  /** To another channel; `from`: where it was, and its thread. Without `by` the time did it. */
  z.object({ ...base, kind: z.literal('moved'), by: Helper.optional(), to: z.string().min(1), note: z.string().max(2000).optional(), from: z.object({ channel: z.string().min(1), thread: z.string().min(1).optional() }).optional() }),
  /** Nobody has claimed it yet. */
  z.object({ ...base, kind: z.literal('reminded') }),
  z.object({ ...base, kind: z.literal('closed'), by: z.union([Helper, z.enum(['person', 'time', 'noDesk'])]), reason: z.string().max(2000).optional() }),
  z.object({ ...base, kind: z.literal('reopened') }),
  z.object({ ...base, kind: z.literal('rated'), solved: z.boolean(), sentence: z.string().max(2000).optional() }),
  /** A message did not reach the other side: the channel refuses it, or did not take it for too long (`late`). */
  z.object({ ...base, kind: z.literal('undelivered'), of, late: z.boolean().optional() }),
]);
export type TicketEvent = z.infer<typeof TicketEvent>;

/**
 * One who is told what happens: the person, the help desk's thread, a system elsewhere. `next`: the first event that was
 * not told yet. `trying`: that event is being sent; found at a start, nobody knows whether it arrived. `sent`: where each
 * told event stands. `unsure`: what may have arrived or not, and is offered to be shown instead of being sent twice.
 */
export const Follower = z.object({
  next: z.number().int().nonnegative().default(0),
  trying: z.boolean().default(false),
  tries: z.number().int().nonnegative().default(0),
  sent: z.record(z.object({ in: z.string(), id: z.string() })).default({}),
  unsure: z.array(of).default([]),
});
export type Follower = z.infer<typeof Follower>;

/** What was said before a person took over, as the help desk reads it; secrets are masked. */
export const Line = z.object({ at: Instant, by: z.enum(['person', 'bot']), text: z.string().max(1000) });
export type Line = z.infer<typeof Line>;

/** What is known when somebody asks for a person. */
export const Briefing = z.object({
  agreement: z.enum(AGREEMENTS).optional(),
  cloud: Cloud.optional(),
  /** Answers that were given, the newest last, and whether they were rejected. */
  answers: z.array(z.object({ entry: z.string(), question: z.string().max(300), rejected: z.boolean() })).default([]),
  /** The guide that was running or the last one that ended: the steps that led to where it is, with what was chosen or found. */
  guide: z.object({ id: z.string(), step: z.string(), path: z.array(z.object({ step: z.string(), answer: z.string().optional() })), detail: z.string().optional() }).optional(),
  /** What was typed in guides, by its slot. */
  values: z.record(z.string().max(2000)).default({}),
  /** Contracts on which the person holds a role or waits for one. */
  contracts: z.array(z.string()).default([]),
  /** Requests of the person that wait. */
  requests: z.array(z.string()).default([]),
  transcript: z.array(Line).default([]),
});
export type Briefing = z.infer<typeof Briefing>;

/** A talk of one person with the help desk: loaded and saved as one, and its version guards all of it. */
export const Ticket = z.object({
  version: z.number().int().nonnegative(),
  id: TicketId,
  tenantId: TenantId,
  personId: PersonId,
  name: z.string().max(300),
  mail: Mail,
  language: Language,
  /** IANA name. */
  timeZone: z.string().default('UTC'),
  subject: Subject,
  question: z.string().max(2000),
  /** The run of the guide that gathered it, when it came from one. */
  run: z.string().optional(),
  briefing: Briefing,
  /** The person's own chat: its id, the conversation reference, and the card that is kept current there. */
  place: z.object({ conversationId: z.string().min(1), conversation: z.record(z.unknown()), card: z.string().optional() }),
  /** The conversation id of the help desk's channel; absent where the help desk works elsewhere. */
  channel: z.string().optional(),
  /** Activity id of the message that begins its thread there. */
  thread: z.string().optional(),
  /** All messages that begin, or began, a thread of this ticket: those it has left, and those of which the bot was never told. */
  threads: z.array(z.object({ channel: z.string().min(1), thread: z.string().min(1) })).default([]),
  log: z.array(TicketEvent),
  person: Follower.default({}),
  desk: Follower.default({}),
  elsewhere: Follower.default({}),
  /** Whether a system elsewhere is told of it. */
  isElsewhere: z.boolean().default(false),
});
export type Ticket = z.infer<typeof Ticket>;
