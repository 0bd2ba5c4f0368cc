import { LANGUAGES } from '../model/language.ts';
import { tidy } from '../text/typed.ts';
import type { Aside } from './aside.ts';
import { ASIDES } from './aside.ts';
import type { Model } from './classifier.ts';
import type { Entry } from './entry.ts';
import type { Terms } from './features.ts';
import { Features } from './features.ts';
import type { Example } from './learning.ts';
import { learn } from './learning.ts';
import type { Knowledge } from './load.ts';

/** What questions are found by: plain data, made once for a knowledge. */
export interface Index {
  terms: Terms;
  model: Model;
  /** What is an example word by word, tidied, and what it means. */
  wholes: Map<string, string>;
  /** Error messages, banners and subjects that people paste, squeezed, and whose they are. */
  exacts: { text: string; id: string }[];
}

/** Indexes a knowledge; takes a second or two for a hundred entries, and does not yield. */
export function indexOf({ entries, terms, asides }: Knowledge): Index {
  const features = new Features(terms);
  const all = LANGUAGES.flatMap((lang) => [...entries[lang].values()]);
  const beside = ASIDES.flatMap((aside) => LANGUAGES.flatMap((lang) => asides[aside][lang].map((text) => [text, asideLabel(aside)] as const)));
  const said = (text: string, label: string): Example => ({ features: features.of(text), label });
  const model = learn([
    ...all.flatMap((entry) => learntFrom(entry).map((text) => said(text, entry.id))),
    ...beside.map(([text, label]) => said(text, label)),
  ]);
  return {
    terms,
    model,
    wholes: new Map([...beside, ...all.flatMap((entry) => [entry.title, ...entry.exact, ...entry.questions].map((text) => [text, entry.id] as const))].map(([text, label]) => [tidy(text), label])),
    exacts: all.flatMap((entry) => entry.exact.map((text) => ({ text: squeezed(text), id: entry.id }))),
  };
}

/** What an entry is recognised by: how people ask for it, what they paste, and its own words. */
function learntFrom({ title, exact, questions, paragraphs }: Entry): string[] {
  return [title, ...exact, ...questions, ...paragraphs.map(({ text }) => text)];
}

/** Without blanks and marks: a pasted text breaks its lines where it likes. */
export function squeezed(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{P}\p{S}]/gu, '');
}

const asideLabel = (aside: Aside): string => `!${aside}`;
const BY_LABEL = new Map(ASIDES.map((aside) => [asideLabel(aside), aside]));

/** The aside that a label of the model stands for; undefined for an entry. */
export function asideOf(label: string): Aside | undefined {
  return BY_LABEL.get(label);
}
