import { LANGUAGES } from '../model/language.ts';
import type { Entry } from './entry.ts';
import { tidy } from '../text/typed.ts';
import { ASIDES } from './aside.ts';
import type { Knowledge } from './load.ts';
import type { Search } from './search.ts';

/** How many facts there are (numbered from 1); each is stated by an entry. */
const FACTS = 118;
/** Characters of prose, without the numbered steps. */
const LONGEST = 600;
const LONGEST_STEP = 160;

/**
 * What is wrong with the knowledge as a whole, a sentence each; an entry that is wrong by itself does not even load. Every
 * fact is stated, answers are short, and each entry is found first by its own questions, in both languages.
 */
export function checkKnowledge({ entries, asides }: Knowledge, search: Search): string[] {
  const stated = new Set([...entries.ja.values()].flatMap(({ facts }) => facts));
  const missing = Array.from({ length: FACTS }, (_, i) => i + 1).filter((fact) => !stated.has(fact));
  return [
    ...missing.map((fact) => `Fact ${fact} is in no entry.`),
    ...LANGUAGES.flatMap((lang) => [...entries[lang].values()].flatMap((entry) => againstEntry(entry, search))),
    ...twice(asides),
  ];
}

function againstEntry(entry: Entry, search: Search): string[] {
  const file = `${entry.id}.${entry.lang}.md`;
  const prose = entry.paragraphs.reduce((sum, { text }) => sum + text.length, 0);
  const pasted = entry.exact.filter((text) => {
    const answering = search.answer(text);
    return answering.kind !== 'sure' || !answering.entries.includes(entry.id);
  });
  // By what was learnt alone: that a whole question is known word by word would hide that it is a neighbour's.
  const asked = [entry.title, ...entry.questions].filter((question) => search.nearest(question, 1)[0] !== entry.id);
  return [
    ...(prose > LONGEST ? [`${file}: ${prose} characters of prose; at most ${LONGEST} are read.`] : []),
    ...entry.steps.filter((step) => step.length > LONGEST_STEP).map((step) => `${file}: the step "${step.slice(0, 30)}…" is too long.`),
    ...[...pasted, ...asked].map((question) => `${file}: "${question}" finds another answer. Whose question is it?`),
  ];
}

/** Small talk is recognised word by word: what stands in two lists would be one by chance. */
function twice(asides: Knowledge['asides']): string[] {
  const first = new Map<string, string>();
  return ASIDES.flatMap((aside) => LANGUAGES.flatMap((lang) => asides[aside][lang])
    .filter((phrase) => (first.get(tidy(phrase)) ?? aside) !== aside || !first.set(tidy(phrase), aside))
    .map((phrase) => `asides.yaml: "${phrase}" is in ${aside} and in ${first.get(tidy(phrase))}.`));
}
