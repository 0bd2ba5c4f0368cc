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
const WEIGHT = { term: 1.6, word: 1, words: 0.7, piece: 0.35, three: 0.6, two: 0.8, one: 0.4 } as const;
export type FeatureKind = keyof typeof WEIGHT;
export const weightOf = (feature: string): number => WEIGHT[feature.slice(0, feature.indexOf(':')) as FeatureKind];

/**
 * What a text is recognised by, whatever its language: the subject's notions in it, its words, pairs of neighbouring words and
 * pieces of words; for Japanese, runs of one to three characters, which need no dictionary and survive spelling variants.
 */
export class Features {
  private readonly terms = new Map<string, string[]>();
  private longest = { characters: 0, words: 0 };

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
      for (const three of runs(run, 3)) found.add(`three:${three}`);
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
    const isJapanese = JAPANESE.test(said);
    const key = isJapanese ? said.replaceAll(' ', '') : ` ${words.join(' ')}`;
    this.terms.set(key, [...(this.terms.get(key) ?? []), term]);
    if (isJapanese) this.longest.characters = Math.max(this.longest.characters, key.length);
    else this.longest.words = Math.max(this.longest.words, words.length);
  }

  private *termsIn(said: string, stems: string[]): Generator<string> {
    const joined = said.replaceAll(/\s/g, '');
    if (JAPANESE.test(joined)) for (const piece of upTo(Array.from(joined), this.longest.characters, '')) yield* this.terms.get(piece) ?? [];
    for (const piece of upTo(stems, this.longest.words, ' ')) yield* this.terms.get(` ${piece}`) ?? [];
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

/** All runs of one to `longest` neighbours. */
function* upTo(parts: string[], longest: number, glue: string): Generator<string> {
  for (let from = 0; from < parts.length; from += 1) {
    let run = '';
    for (let to = from; to < Math.min(parts.length, from + longest); to += 1) {
      run += (to === from ? '' : glue) + parts[to];
      yield run;
    }
  }
}
