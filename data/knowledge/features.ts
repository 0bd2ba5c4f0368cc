/** The words of the subject: each name stands for all the expressions people use for one notion, in every language. */
export type Terms = Record<string, readonly string[]>;

const LATIN_WORD = /[a-z0-9][a-z0-9'@._]*[a-z0-9]|[a-z0-9]/g;
const JAPANESE_RUN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const KANJI = /\p{Script=Han}/u;
/** One or two hiragana are grammar. */
const JAPANESE_GRAMMAR = /^[ぁ-ん]{1,2}$/;
const SEGMENTER = new Intl.Segmenter('ja', { granularity: 'word' });

/** Words that say nothing by themselves; in pairs they do (`who is`, `do i`). */
const STOP_WORDS = new Set(
  "a an the is are was were be been am i im me my we our us you your it its to of in on at for and or but so as by with this that these those there here do does did have has had just from".split(' '),
);

/** The kinds of features: a notion of the subject, a word, two words, a piece of a word, two characters, one kanji. */
const TERM = 0;
const WORD = 1;
const WORDS = 2;
const PIECE = 3;
const TWO = 4;
const ONE = 5;
/** How telling each kind is at the same rarity. Found by measurement (test/answers/README.md). */
const WEIGHTS = [1.6, 1, 1, 0.7, 0.8, 0.4];
const PIECE_LENGTH = 4;

/** Features are numbers: three bits of kind and 26 of hash. Two features of the same number are rarer than typos. */
const HASH_BITS = 26;

/** How telling a feature is by its kind. */
export function weightOf(feature: number): number {
  return WEIGHTS[feature >>> HASH_BITS] ?? 0;
}

/** FNV-1a over a part of a text. */
function numbered(kind: number, text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5 ^ kind;
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (kind << HASH_BITS) | ((hash ^ (hash >>> 15)) & ((1 << HASH_BITS) - 1));
}

/**
 * What a text is recognised by, whatever its language: the subject's notions in it, its words, pairs of neighbouring words and
 * pieces of words; for Japanese, besides its words, pairs of neighbouring characters and single kanji, which need no
 * dictionary and survive spelling variants.
 */
export class Features {
  /** Japanese expressions by their first character. */
  private readonly japanese = new Map<string, { expression: string; term: string }[]>();
  /** Stemmed words with blanks between; without terms where they only begin an expression. */
  private readonly latin = new Map<string, string[]>();

  constructor(terms: Terms) {
    for (const [term, expressions] of Object.entries(terms)) for (const expression of expressions) this.learn(term, expression);
  }

  /** The features of a text, each once. */
  of(text: string): number[] {
    const said = spelled(text);
    const words = latinWords(said);
    const stems = words.map(stem);
    const found = new Set<number>();
    for (const [i, word] of words.entries()) {
      const stemmed = stems[i] ?? word;
      if (i > 0) found.add(numbered(WORDS, `${stems[i - 1]} ${stemmed}`));
      if (STOP_WORDS.has(stemmed)) continue;
      found.add(numbered(WORD, stemmed));
      if (word.length < PIECE_LENGTH || STOP_WORDS.has(word)) continue;
      const marked = `^${word}$`;
      for (let at = 0; at + PIECE_LENGTH <= marked.length; at += 1) found.add(numbered(PIECE, marked, at, at + PIECE_LENGTH));
    }
    for (const run of said.match(JAPANESE_RUN) ?? []) {
      for (let at = 0; at < run.length; at += 1) {
        if (at + 2 <= run.length) found.add(numbered(TWO, run, at, at + 2));
        if (KANJI.test(run.charAt(at))) found.add(numbered(ONE, run, at, at + 1));
      }
    }
    let before: string | undefined;
    for (const word of japaneseWords(said)) {
      found.add(numbered(WORD, word));
      if (before !== undefined) found.add(numbered(WORDS, `${before} ${word}`));
      before = word;
    }
    this.eachTerm(said, stems, (term) => found.add(numbered(TERM, term)));
    return [...found];
  }

  private learn(term: string, expression: string): void {
    const said = spelled(expression);
    if (JAPANESE.test(said)) {
      const joined = said.replaceAll(' ', '');
      const first = joined.charAt(0);
      this.japanese.set(first, [...(this.japanese.get(first) ?? []), { expression: joined, term }]);
      return;
    }
    const words = latinWords(said).map(stem);
    for (let n = 1; n < words.length; n += 1) {
      const beginning = words.slice(0, n).join(' ');
      if (!this.latin.has(beginning)) this.latin.set(beginning, []);
    }
    const whole = words.join(' ');
    this.latin.set(whole, [...(this.latin.get(whole) ?? []), term]);
  }

  private eachTerm(said: string, stems: string[], visit: (term: string) => void): void {
    const joined = said.replaceAll(/\s/g, '');
    for (let i = 0; i < joined.length; i += 1) {
      for (const { expression, term } of this.japanese.get(joined.charAt(i)) ?? []) if (joined.startsWith(expression, i)) visit(term);
    }
    for (let from = 0; from < stems.length; from += 1) {
      let run = stems[from] ?? '';
      for (let to = from + 1; ; to += 1) {
        const terms = this.latin.get(run);
        if (!terms) break;
        terms.forEach(visit);
        if (to >= stems.length) break;
        run += ` ${stems[to]}`;
      }
    }
  }
}

/** The telling words of a text: stems, and for Japanese pairs of characters that are not mere grammar. */
export function wordsOf(text: string): string[] {
  const said = spelled(text);
  const stems = latinWords(said).map(stem).filter((word) => !STOP_WORDS.has(word));
  const pairs = (said.match(JAPANESE_RUN) ?? []).flatMap((run) => Array.from({ length: Math.max(0, run.length - 1) }, (_, i) => run.slice(i, i + 2)));
  return [...new Set([...stems, ...pairs.filter((pair) => !/^[ぁ-ん]{2}$/.test(pair))])];
}

/** NFKC, lower case, one apostrophe; サーバー and サーバ are the same word; a contract's or phone's number says nothing. */
function spelled(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/\d{5,}/g, ' ')
    .replaceAll(/(?<=[ァ-ヴ]{2})ー(?![ァ-ヴ])/g, '');
}

function latinWords(said: string): string[] {
  return (said.match(LATIN_WORD) ?? []).map((word) => word.replaceAll("'", ''));
}

/** Japanese words that are more than grammar, as they follow one another. */
function japaneseWords(said: string): string[] {
  return JAPANESE.test(said) ? Array.from(SEGMENTER.segment(said), ({ segment }) => segment).filter((word) => JAPANESE.test(word) && !JAPANESE_GRAMMAR.test(word)) : [];
}

/** Folds plurals and the commonest endings of verbs; enough for short questions. */
function stem(word: string): string {
  if (word.length <= 3) return word;
  const single = word.replace(/ies$/, 'y').replace(/s$/, '');
  const base = single.length > 5 ? single.replace(/(?:ing|ed)$/, '') : single;
  return base.length > 4 ? base.replace(/e$/, '') : base;
}
