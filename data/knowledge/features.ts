/** The words of the subject: each name stands for all the expressions people use for one notion, in every language. */
export type Terms = Record<string, readonly string[]>;

const LATIN_WORD = /[a-z0-9][a-z0-9'@._]*[a-z0-9]|[a-z0-9]/g;
const JAPANESE_RUN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const KANJI = /\p{Script=Han}/gu;

/** Words that say nothing by themselves; in pairs they do (`who is`, `do i`). */
const STOP_WORDS = new Set(
  "a an the is are was were be been am i im me my we our us you your it its to of in on at for and or but so as by with this that these those there here do does did have has had just from".split(' '),
);

/**
 * How telling each kind of feature is at the same rarity: a notion of the subject most, then words and pairs of kanji or
 * kana, least the pieces that only bridge typos. Found by measurement (test/answers/README.md).
 */
const WEIGHT = { term: 1.6, word: 1, words: 1, piece: 0.7, two: 0.8, one: 0.4 } as const;
export type FeatureKind = keyof typeof WEIGHT;
export const weightOf = (feature: string): number => WEIGHT[feature.slice(0, feature.indexOf(':')) as FeatureKind];

/**
 * What a text is recognised by, whatever its language: the subject's notions in it, its words, pairs of neighbouring words and
 * pieces of words; for Japanese, pairs of neighbouring characters and single kanji, which need no dictionary and survive
 * spelling variants.
 */
export class Features {
  /** Japanese expressions by their first character. */
  private readonly japanese = new Map<string, { expression: string; term: string }[]>();
  /** Stemmed words with blanks between. */
  private readonly latin = new Map<string, string[]>();
  private mostWords = 0;

  constructor(terms: Terms) {
    for (const [term, expressions] of Object.entries(terms)) for (const expression of expressions) this.learn(term, expression);
  }

  of(text: string): string[] {
    const said = spelled(text);
    const words = latinWords(said);
    const stems = words.map(stem);
    const found = new Set<string>();
    for (const stemmed of stems) if (!STOP_WORDS.has(stemmed)) found.add(`word:${stemmed}`);
    for (const [i, stemmed] of stems.entries()) if (i > 0) found.add(`words:${stems[i - 1]} ${stemmed}`);
    for (const word of words) if (word.length >= 4 && !STOP_WORDS.has(word)) for (const piece of runs(`^${word}$`, 4)) found.add(`piece:${piece}`);
    for (const [run] of said.matchAll(JAPANESE_RUN)) {
      for (const two of runs(run, 2)) found.add(`two:${two}`);
      for (const [one] of run.matchAll(KANJI)) found.add(`one:${one}`);
    }
    for (const term of this.termsIn(said, stems)) found.add(`term:${term}`);
    return [...found];
  }

  /** The notions a text speaks of. */
  termsOf(text: string): string[] {
    const said = spelled(text);
    return [...this.termsIn(said, latinWords(said).map(stem))];
  }

  private learn(term: string, expression: string): void {
    const said = spelled(expression);
    const words = latinWords(said).map(stem);
    if (JAPANESE.test(said)) {
      const joined = said.replaceAll(' ', '');
      const first = joined.charAt(0);
      this.japanese.set(first, [...(this.japanese.get(first) ?? []), { expression: joined, term }]);
    } else {
      const key = words.join(' ');
      this.latin.set(key, [...(this.latin.get(key) ?? []), term]);
      this.mostWords = Math.max(this.mostWords, words.length);
    }
  }

  private *termsIn(said: string, stems: string[]): Generator<string> {
    const joined = said.replaceAll(/\s/g, '');
    for (let i = 0; i < joined.length; i += 1) {
      for (const { expression, term } of this.japanese.get(joined.charAt(i)) ?? []) if (joined.startsWith(expression, i)) yield term;
    }
    for (let from = 0; from < stems.length; from += 1) {
      let run = '';
      for (const word of stems.slice(from, from + this.mostWords)) {
        run += run === '' ? word : ` ${word}`;
        yield* this.latin.get(run) ?? [];
      }
    }
  }
}

/** NFKC, lower case, one apostrophe; サーバー and サーバ are the same word. */
function spelled(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/(?<=[ァ-ヴ]{2})ー(?![ァ-ヴ])/g, '');
}

function latinWords(said: string): string[] {
  return (said.match(LATIN_WORD) ?? []).map((word) => word.replaceAll("'", ''));
}

/** Folds plurals and the commonest endings of verbs; enough for short questions. */
function stem(word: string): string {
  if (word.length <= 3) return word;
  const single = word.replace(/ies$/, 'y').replace(/s$/, '');
  const base = single.length > 5 ? single.replace(/(?:ing|ed)$/, '') : single;
  return base.length > 4 ? base.replace(/e$/, '') : base;
}

function* runs(text: string, length: number): Generator<string> {
  for (let i = 0; i + length <= text.length; i += 1) yield text.slice(i, i + length);
}
