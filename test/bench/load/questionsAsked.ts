import { readKnowing } from '../../../bot/knowing.ts';
import { followUpOf } from '../../../data/knowledge/followUp.ts';
import { ordinalOf } from '../../../data/knowledge/ordinal.ts';
import type { Language } from '../../../data/model/language.ts';
import { mask } from '../../../data/text/mask.ts';
import { roleWordsIn } from '../../../data/text/roleNames.ts';
import { commandOf, languageOf } from '../../../data/text/typed.ts';
import { readCases } from '../../answers/cases.ts';

/** A real question, and what the product's own knowledge answers it with. */
export interface Asked {
  text: string;
  lang: Language;
  /** The entries, and the titles of their cards. */
  answers: { entry: string; title: string }[];
}

/**
 * The questions of test/answers/ (but those held out) that are answered for sure, whatever was said before: none that is a
 * command, leans on the answer before it, or carries a secret. In an order that has nothing to do with their content.
 */
export async function questionsAsked(): Promise<Asked[]> {
  const { knowledge, search } = await readKnowing();
  const cases = (await Promise.all(['own', 'dev'].map((name) => readCases(`test/answers/${name}.jsonl`)))).flat();
  const asked = cases.flatMap(({ text }): Asked[] => {
    const answering = search.answer(text);
    const lang = languageOf(text);
    const isAlone = commandOf(text) === undefined && followUpOf(text) === undefined && ordinalOf(text) === undefined && roleWordsIn(text) === undefined && mask(text).secrets.length === 0;
    if (answering.kind !== 'sure' || lang === undefined || !isAlone) return [];
    return [{ text, lang, answers: answering.entries.map((entry) => ({ entry, title: knowledge.entries[lang].get(entry)?.title ?? '' })) }];
  });
  return shuffled(asked);
}

/** Every time in the same order: by multiples of a number that has no divisor in common with how many there are. */
function shuffled<T>(all: T[]): T[] {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
  let step = Math.floor(all.length * 0.618);
  while (common(all.length, step) !== 1) step += 1;
  return all.map((_, i) => all[(i * step) % all.length] as T);
}
