import type { Language } from '../model/language.ts';

const CJK_RUN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu;
const LATIN_WORD = /[a-z0-9][a-z0-9'’.@_-]*/g;

const ENGLISH_STOP_WORDS = new Set(
  'a an and are as at be been but by can could did do does for from get got had has have how i im if in is it its just me my no not of on or our out so some that the their them then there they this to up us was we were what when where which who why will with would you your yours should shall must may might am any anyone anybody somebody someone something anything about after before again all also because before being both don dont each else every he her here his into let like lets lot many more most much now only other please really same she still such tell than thanks thing things these those through too under until very want wants well while yes yet she'.split(' '),
);

/** Words and, for Japanese, pairs of neighbouring characters: robust against spelling variants and without a dictionary. */
export function tokensOf(text: string, lang: Language): string[] {
  const said = text.normalize('NFKC').toLowerCase();
  const words = (said.match(LATIN_WORD) ?? [])
    .map((word) => word.replace(/['’]s$|['’.]/g, ''))
    .filter((word) => lang === 'ja' || !ENGLISH_STOP_WORDS.has(word))
    .map((word) => (lang === 'en' ? stem(word) : word));
  return [...words, ...(said.match(CJK_RUN) ?? []).flatMap(pairs)];
}

/** Hiragana pairs are mostly grammar; they weigh little anyway, but those of one particle only add noise. */
function pairs(run: string): string[] {
  if (run.length === 1) return [run];
  return Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)).filter((pair) => !/^[\u3041-\u309f]{2}$/.test(pair));
}

/** Folds plurals and the commonest verb endings; enough for short questions. */
function stem(word: string): string {
  if (word.length <= 4) return word.replace(/(?<=[a-z]{2,})s$/, '');
  return word.replace(/(?:ies)$/, 'y').replace(/(?:ing|ed|es|s)$/, '');
}
