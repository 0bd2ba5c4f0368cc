import MiniSearch from 'minisearch';
import type { Language } from '../model/language.ts';
import { LANGUAGES } from '../model/language.ts';
import type { Entry } from './entry.ts';
import type { Knowledge } from './load.ts';
import { tidy } from '../text/typed.ts';
import { tokensOf } from './tokens.ts';

/** An entry that has to do with a question. */
export interface Found {
  entry: Entry;
  /** How much of what was asked the entry's own words cover, weighted by how telling they are: 0 to 1. */
  cover: number;
  score: number;
  confidence: number;
}

/** Either the answer, or what comes near. */
export type Answering = { kind: 'sure'; entry: Entry } | { kind: 'unsure'; near: Entry[] };

/** Finds the entry that answers a question. */
export interface Search {
  find(question: string, lang: Language): Found[];
  answer(question: string, lang: Language): Answering;
}

/**
 * How sure one can be of the best find: its score, which grows with the length of the question and so is divided by the
 * root of it, times how much of the question it covers. Below this it is no answer, only near.
 */
const SURE = 3.5;
/** Below it, what was found is not even near. */
const NEAR_COVER = 0.15;
const NEAR = 3;

/** Builds the index of every language; takes well under a second. */
export function buildSearch(knowledge: Knowledge): Search {
  const indexes = Object.fromEntries(LANGUAGES.map((lang) => [lang, new Index(lang, [...knowledge[lang].values()])])) as Record<Language, Index>;
  return {
    find: (question, lang) => indexes[lang].find(question),
    answer: (question, lang) => {
      const found = indexes[lang].find(question);
      const best = found[0];
      // One word says what it is about, not what is asked.
      if (best && (best.confidence === Infinity || (best.confidence >= SURE && tokensOf(question, lang).length > 1))) return { kind: 'sure', entry: best.entry };
      return { kind: 'unsure', near: found.filter(({ cover }) => cover >= NEAR_COVER).slice(0, NEAR).map(({ entry }) => entry) };
    },
  };
}

/** One language's entries: every example question, the title and the text are documents of their own. */
class Index {
  private readonly mini: MiniSearch<{ id: string; entry: string; text: string; boost: number }>;
  private readonly weight = new Map<string, number>();
  private readonly words = new Map<string, Set<string>>();
  private readonly exact = new Map<string, string>();
  private readonly entries: Map<string, Entry>;
  private readonly lang: Language;

  constructor(lang: Language, entries: Entry[]) {
    this.lang = lang;
    this.entries = new Map(entries.map((entry) => [entry.id, entry]));
    this.mini = new MiniSearch({
      fields: ['text'],
      storeFields: ['entry', 'boost'],
      tokenize: (text) => tokensOf(text, lang),
      processTerm: (term) => term,
      searchOptions: { boostDocument: (_id, _term, stored) => stored?.['boost'] as number, combineWith: 'OR' },
    });
    for (const entry of entries) this.add(entry);
    this.weigh(entries.length);
  }

  find(question: string): Found[] {
    const asked = [...new Set(tokensOf(question, this.lang))];
    const best = new Map<string, number>();
    const exact = this.exact.get(tidy(question));
    if (exact !== undefined) best.set(exact, Infinity);
    for (const hit of this.mini.search(question)) {
      const id = hit['entry'] as string;
      const before = best.get(id);
      // The best document counts, the others a little: several phrasings that fit are a better sign than one.
      best.set(id, before === undefined ? hit.score : before + hit.score * 0.05);
    }
    const total = asked.reduce((sum, token) => sum + this.weightOf(token), 0);
    return [...best]
      .toSorted(([, a], [, b]) => b - a)
      .flatMap(([id, score]) => {
        const entry = this.entries.get(id);
        const own = this.words.get(id);
        if (!entry || !own) return [];
        const covered = asked.reduce((sum, token) => sum + (own.has(token) ? this.weightOf(token) : 0), 0);
        const cover = id === exact ? 1 : total === 0 ? 0 : covered / total;
        return [{ entry, score, cover, confidence: (cover * score) / Math.sqrt(Math.max(1, asked.length)) }];
      });
  }

  private add(entry: Entry): void {
    const texts = [
      ...entry.questions.map((text) => ({ text, boost: 1 })),
      { text: entry.title, boost: 1.1 },
      { text: [...entry.paragraphs, ...entry.steps].join('\n'), boost: 0.6 },
    ];
    this.mini.addAll(texts.map(({ text, boost }, i) => ({ id: `${entry.id} ${i}`, entry: entry.id, text, boost })));
    for (const said of [entry.title, ...entry.questions]) this.exact.set(tidy(said), entry.id);
    this.words.set(entry.id, new Set(texts.flatMap(({ text }) => tokensOf(text, this.lang))));
  }

  /** Inverse document frequency over entries; a word that no entry knows weighs as much as the rarest. */
  private weigh(count: number): void {
    const frequency = new Map<string, number>();
    for (const own of this.words.values()) for (const token of own) frequency.set(token, (frequency.get(token) ?? 0) + 1);
    for (const [token, n] of frequency) this.weight.set(token, Math.log(1 + count / n));
    this.weight.set('', Math.log(1 + count));
  }

  private weightOf(token: string): number {
    return this.weight.get(token) ?? this.weight.get('') ?? 1;
  }
}
