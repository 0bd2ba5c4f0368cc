import { z } from 'zod';
import { ALLOWED_HOSTS } from '../data/knowledge/entry.ts';
import { COMMANDS } from '../data/model/command.ts';
import { AGREEMENTS, Cloud } from '../data/model/contract.ts';

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

const base = { text: StepText, links: z.array(Link).max(3).default([]) };

const Step = z.discriminatedUnion('kind', [
  /** An instruction; Next goes on. */
  z.object({ kind: z.literal('say'), ...base, goto: StepId }).strict(),
  z.object({ kind: z.literal('choose'), ...base, options: z.array(Option).min(2).max(5) }).strict(),
  /** The guide is over; `after` are commands and `guide` another guide that fit now. */
  z.object({ kind: z.literal('end'), ...base, outcome: z.enum(['solved', 'open']), after: z.array(z.enum(COMMANDS)).max(3).default([]), guide: StepId.optional() }).strict(),
]);
export type Step = z.infer<typeof Step>;

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
