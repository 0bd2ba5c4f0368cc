import { z } from 'zod';
import type { Agreement, Cloud } from '../model/contract.ts';
import { AGREEMENTS } from '../model/contract.ts';
import type { Command } from '../model/command.ts';
import { COMMANDS } from '../model/command.ts';
import type { Language } from '../model/language.ts';

/** The pages that answers rest on, with the date of the version they follow. */
export const SOURCES = {
  'vl-sign-in': { path: 'microsoft-365/commerce/licenses/vl-sign-in', date: '2026-01-19' },
  'manage-roles': { path: 'microsoft-365/commerce/licenses/manage-user-roles-vl', date: '2025-11-13' },
  'contact-support': { path: 'microsoft-365/commerce/licenses/contact-vl-support', date: '2025-05-12' },
} as const;
/** The name of a source page. */
export type SourcePage = keyof typeof SOURCES;

/** An answer never links anywhere else. */
export const ALLOWED_HOSTS: readonly string[] = [
  'admin.microsoft.com',
  'portal.office365.us',
  'portal.apps.mil',
  'learn.microsoft.com',
  'support.serviceshub.microsoft.com',
  'security.microsoft.com',
];

const Link = z.object({
  title: z.string().min(1).max(60),
  url: z.string().url().refine((url) => url.startsWith('https://') && ALLOWED_HOSTS.includes(new URL(url).host), 'host is not on the list'),
});

/** What continues an answer. */
export type NextStep = { kind: 'guide'; guide: string } | { kind: 'answer'; entry: string } | { kind: 'command'; command: Command };

/** Whom an answer is for: what comes up at one kind of agreement only, and who has to act. */
const Audience = z
  .object({
    agreements: z.enum(['all', ...AGREEMENTS]),
    people: z.array(z.enum(['user', 'administrator', 'it'])).min(1),
  })
  .strict();

/** The front matter of `entries/<id>.<lang>.md`. */
export const FrontMatter = z
  .object({
    title: z.string().min(1).max(60),
    /** Numbers of the facts the answer states. */
    facts: z.array(z.number().int().positive()).min(1),
    source: z.enum(Object.keys(SOURCES) as [SourcePage, ...SourcePage[]]),
    for: Audience,
    /** What is pasted when this is asked: an error message, a banner, the subject of a mail, as the portal words it. */
    exact: z.array(z.string().min(5)).default([]),
    /** How people ask for it: what the bot learns to recognise it by. */
    questions: z.array(z.string().min(2)).min(3),
    links: z.array(Link).max(3).default([]),
    related: z.array(z.string()).max(3).default([]),
    /** As it stands in the list of symptoms under `troubleshoot`. */
    symptom: z.string().optional(),
    /** `guide <name>`, `command <words>` or `answer <id>`: what fits next. */
    next: z.string(),
  })
  .strict();

/** What a paragraph holds for only: an agreement or a cloud. */
export type Case = { agreement: Agreement } | { cloud: Cloud };

/** A paragraph, with the case it holds for, if it does not for all. */
export interface Paragraph {
  text: string;
  case?: Case;
}

/** One answer to one question, in one language. */
export interface Entry {
  id: string;
  lang: Language;
  title: string;
  facts: number[];
  source: { page: SourcePage; url: string; date: string };
  for: z.infer<typeof Audience>;
  exact: string[];
  questions: string[];
  links: { title: string; url: string }[];
  related: string[];
  symptom?: string;
  next: NextStep;
  paragraphs: Paragraph[];
  steps: string[];
}

/** `command request role` -> requestRole. */
export function parseNext(next: string): NextStep {
  const [kind, ...words] = next.split(' ');
  const [name] = words;
  if (name !== undefined && words.length === 1) {
    if (kind === 'guide') return { kind, guide: name };
    if (kind === 'answer') return { kind, entry: name };
  }
  const camel = words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const command = COMMANDS.find((known) => known === camel);
  if (kind === 'command' && command) return { kind, command };
  throw new Error(`next "${next}" is neither "guide <name>", "command <words>" nor "answer <id>"`);
}
