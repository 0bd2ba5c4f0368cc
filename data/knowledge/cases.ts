import type { Agreement, Cloud } from '../model/contract.ts';
import type { Language } from '../model/language.ts';
import type { Case, Entry, Paragraph } from './entry.ts';

/** What is known about whoever asks; undefined where nothing is, or where it is not one thing. */
export interface Asker {
  agreement?: Agreement | undefined;
  cloud?: Cloud | undefined;
}

/** How a paragraph of an answer begins that holds for one case only. */
const LABELS: Record<Language, readonly (readonly [string, Case])[]> = {
  ja: [
    ['EA/EAS', { agreement: 'ea' }],
    ['EA/EAS 以外', { agreement: 'other' }],
    ['GCC High', { cloud: 'gcchigh' }],
    ['DoD', { cloud: 'dod' }],
    ['パブリック クラウドと GCC', { cloud: 'public' }],
  ],
  en: [
    ['EA/EAS', { agreement: 'ea' }],
    ['Not EA/EAS', { agreement: 'other' }],
    ['GCC High', { cloud: 'gcchigh' }],
    ['DoD', { cloud: 'dod' }],
    ['Public cloud and GCC', { cloud: 'public' }],
  ],
};

/** `EA/EAS: …` -> the case and the text behind its label. */
export function paragraphOf(lang: Language, written: string): Paragraph {
  const text = written.replaceAll('\n', ' ');
  for (const [label, one] of LABELS[lang]) if (text.startsWith(`${label}: `)) return { text: text.slice(label.length + 2), case: one };
  return { text };
}

/** The label of a case, as people read it. */
export function labelOf(lang: Language, wanted: Case): string {
  return LABELS[lang].find(([, one]) => isSame(one, wanted))?.[0] ?? '';
}

/** An answer's paragraphs for this asker: what holds for the asker's case first, what holds for another case last. */
export function paragraphsFor(entry: Entry, asker: Asker): Paragraph[] {
  const rank = ({ case: one }: Paragraph): number => {
    const isTheirs = one && holds(one, asker);
    return isTheirs === undefined ? 1 : isTheirs ? 0 : 2;
  };
  return entry.paragraphs.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether an answer says something of its own for a case. */
export function tellsOf(entry: Entry, wanted: Case): boolean {
  return entry.paragraphs.some(({ case: one }) => one !== undefined && isSame(one, wanted));
}

/** Undefined when it is not known. GCC is on the public cloud (fact 10). */
function holds(one: Case, { agreement, cloud }: Asker): boolean | undefined {
  if ('agreement' in one) return agreement && one.agreement === agreement;
  return cloud && one.cloud === (cloud === 'gcc' ? 'public' : cloud);
}

function isSame(a: Case, b: Case): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
