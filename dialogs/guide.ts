import { z } from 'zod';
import { ALLOWED_HOSTS } from '../data/knowledge/entry.ts';
import { COMMANDS } from '../data/model/command.ts';
import { AGREEMENTS, Cloud } from '../data/model/contract.ts';
import { PacketKind } from '../data/model/packet.ts';

/** A sentence in both languages; a guide that lacks one does not load. */
const Said = z.object({ ja: z.string().min(1), en: z.string().min(1) }).strict();
const StepText = z.object({ ja: z.string().min(1).max(500), en: z.string().min(1).max(500) }).strict();
const Label = z.object({ ja: z.string().min(1).max(60), en: z.string().min(1).max(60) }).strict();
const StepId = z.string().regex(/^[a-z0-9-]+$/);

const Link = z
  .object({
    title: Label,
    url: z.string().url().refine((url) => url.startsWith('https://') && ALLOWED_HOSTS.includes(new URL(url).host), 'host is not on the list'),
  })
  .strict();

/** What guides ask people to type. */
export const SLOTS = ['signInId', 'earlierId', 'newId', 'businessMail', 'contractId', 'domain', 'phone', 'sender', 'subject', 'since', 'problem'] as const;
export type Slot = (typeof SLOTS)[number];

/** What a guide can look at for itself: the account of `signInId`, the TXT records of `domain`, and its directory. */
export const LOOKS = ['signInId', 'txtRecord', 'directory'] as const;
export type Look = (typeof LOOKS)[number];

/** What each look needs. */
export const LOOKS_AT: Readonly<Record<Look, Slot>> = { signInId: 'signInId', txtRecord: 'domain', directory: 'domain' };

/** What every look and decision can come to; a guide has a way for each. */
export const FINDINGS = {
  /** consumer: a personal account; onmicrosoft: not linked to a domain; viral: self-service (unmanaged); other: not the ID known from before; government: on GCC High or DoD; managed: fine; unknown: no organization has that domain. */
  signInId: ['consumer', 'onmicrosoft', 'viral', 'other', 'government', 'managed', 'unknown'],
  /** An MS= record is seen by every DNS server that was asked, by some of them only, by none; no-domain: the domain does not exist. */
  txtRecord: ['there', 'not-everywhere', 'absent', 'no-domain'],
  /** The directory of a domain: self-service still, managed, or none. */
  directory: ['viral', 'managed', 'unknown'],
  /** By `sender` and `subject`: the welcome mail, the EA/EAS notification, the confirmation, the notice of January 2026, an old VLSC mail, none of these. */
  mail: ['welcome', 'ea', 'confirmation', 'at-risk', 'vlsc', 'suspicious'],
  /** By `since`: less than 2 hours ago, less than 10, more. */
  waiting: ['within-2h', 'within-10h', 'overdue'],
} as const;
export const DECISIONS = ['mail', 'waiting'] as const;
export type Decision = (typeof DECISIONS)[number];

const Option = z
  .object({
    id: StepId,
    label: Label,
    /** Other words that mean this option when typed. */
    words: z.object({ ja: z.array(z.string()).default([]), en: z.array(z.string()).default([]) }).strict().optional(),
    /** What choosing it tells of the person's case; later answers begin with it. */
    learn: z.object({ agreement: z.enum(AGREEMENTS).optional(), cloud: Cloud.optional() }).strict().optional(),
    goto: StepId,
  })
  .strict();

/** A picture of what to look for; it says in words what it shows. */
const Picture = z.object({ url: Link.shape.url, alt: Label }).strict();

const base = { text: StepText, links: z.array(Link).max(3).default([]), picture: Picture.optional() };

const Step = z.discriminatedUnion('kind', [
  /** An instruction; Next goes on. */
  z.object({ kind: z.literal('say'), ...base, goto: StepId }).strict(),
  z.object({ kind: z.literal('choose'), ...base, options: z.array(Option).min(2).max(6) }).strict(),
  /** Something to type, kept under the name of its slot; not asked again when it is known. `unsure`: where it goes on without, and `without`: what that button says, if not that it is not known. */
  z.object({ kind: z.literal('ask'), ...base, slot: z.enum(SLOTS), goto: StepId, unsure: StepId.optional(), without: Label.optional() }).strict(),
  /** Looks for itself, with consent, and goes on by what it finds; `compare: false`: another ID than before is no finding; `skip`: nobody consented, or nothing could be found out. */
  z.object({ kind: z.literal('check'), ...base, look: z.enum(LOOKS), compare: z.boolean().default(true), found: z.record(StepId, StepId), skip: StepId }).strict(),
  /** Decides by what was said, at once; nobody sees it. */
  z.object({ kind: z.literal('decide'), by: z.enum(DECISIONS), on: z.record(StepId, StepId) }).strict(),
  /**
   * The guide is over; `after` are commands and `guide` another guide that fit now. `copy`: a text to hand on, in the
   * person's language or in one of its own. `packet`: what Microsoft's VL support asks for, and `problem`: what happened, when nobody was asked. `remind`: hours after `since` when the bot asks again.
   */
  z
    .object({
      kind: z.literal('end'),
      ...base,
      outcome: z.enum(['solved', 'open']),
      after: z.array(z.enum(COMMANDS)).max(3).default([]),
      guide: StepId.optional(),
      copy: z.union([z.string().max(1500), z.object({ ja: z.string().max(1500), en: z.string().max(1500) }).strict()]).optional(),
      packet: PacketKind.optional(),
      problem: StepText.optional(),
      remind: z.union([z.literal(2), z.literal(10)]).optional(),
    })
    .strict(),
]);
export type Step = z.infer<typeof Step>;

/** A step that has a card; the others are passed through. */
export type ShownStep = Exclude<Step, { kind: 'decide' }>;

/** A guide as its YAML file says it. */
export const Guide = z
  .object({
    title: Label,
    /** As it stands in the list of symptoms under `troubleshoot`; a guide without one is not listed there. */
    symptom: Said.optional(),
    start: StepId,
    steps: z.record(StepId, Step),
  })
  .strict();
export type Guide = z.infer<typeof Guide> & { id: string };
