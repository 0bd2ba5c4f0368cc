import { createRequire } from 'node:module';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { Features } from '../../data/knowledge/features.ts';
import type { Knowledge } from '../../data/knowledge/load.ts';
import { loadKnowledge } from '../../data/knowledge/load.ts';
import { indexOf } from '../../data/knowledge/indexing.ts';
import { searchIn } from '../../data/knowledge/search.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import type { Language } from '../../data/model/language.ts';
import type { Case } from './cases.ts';
import { faultOf, readCases } from './cases.ts';

// `npm run engines`: the same knowledge and the same questions through several ways of finding; the table in README.md.
// Right means that the entry found first holds what the case asks for; off the subject is told apart by the engine's own
// score (area under the curve: 0.5 is chance, 1 is always).

interface Engine {
  name: string;
  /** Of one language, from the same texts. */
  build(texts: { text: string; id: string }[], lang: Language): Promise<(question: string) => Promise<{ id: string; score: number }>>;
}

// nlp.js prints every round of its training.
console.log = () => undefined;
const knowledge = await loadKnowledge(join(process.cwd(), 'data/knowledge'));
const cases = (await Promise.all(['dev', 'own', 'heldout'].map((name) => readCases(`test/answers/${name}.jsonl`)))).flat();
const nothing = { id: '', score: 0 };

const segmented = (lang: Language) => {
  const segmenter = new Intl.Segmenter(lang, { granularity: 'word' });
  return (text: string): string[] => [...segmenter.segment(text.normalize('NFKC').toLowerCase())].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
};
const trigrams = (text: string): string[] => {
  const said = ` ${text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')} `;
  return Array.from({ length: Math.max(0, said.length - 2) }, (_, i) => said.slice(i, i + 3));
};

const lexical = (name: string, tokens: (lang: Language) => (text: string) => string[]): Engine => ({
  name,
  build: async (texts, lang) => {
    const mini = new MiniSearch({ fields: ['text'], storeFields: ['entry'], tokenize: tokens(lang), processTerm: (term) => term, searchOptions: { combineWith: 'OR' } });
    mini.addAll(texts.map(({ text, id }, i) => ({ id: i, text, entry: id })));
    return async (question) => {
      const [best] = mini.search(question);
      return best ? { id: best['entry'] as string, score: best.score / Math.sqrt(Math.max(1, tokens(lang)(question).length)) } : nothing;
    };
  },
});

/** The library's own neural network, with its own stemmers and stop words. */
const nlpJs: Engine = {
  name: 'nlp.js 4.27',
  build: async (texts, lang) => {
    const require = createRequire(import.meta.url);
    const { containerBootstrap } = require('@nlpjs/core') as { containerBootstrap: () => Promise<{ use(plugin: unknown): void; get(name: string): NlpJs }> };
    const { Nlp } = require('@nlpjs/nlp') as { Nlp: unknown };
    const language = lang === 'ja' ? (require('@nlpjs/lang-ja') as { LangJa: unknown }).LangJa : (require('@nlpjs/lang-en') as { LangEn: unknown }).LangEn;
    const container = await containerBootstrap();
    container.use(Nlp);
    container.use(language);
    const nlp = container.get('nlp');
    Object.assign(nlp.settings, { autoSave: false, log: false, threshold: 0, nlu: { log: false } });
    nlp.addLanguage(lang);
    for (const { text, id } of texts) nlp.addDocument(lang, text, id);
    await nlp.train();
    return async (question) => {
      const { intent, score } = await nlp.process(lang, question);
      return { id: intent ?? '', score: intent === 'None' ? 0 : score };
    };
  },
};

interface NlpJs {
  settings: object;
  addLanguage(lang: string): void;
  addDocument(lang: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(lang: string, text: string): Promise<{ intent?: string; score: number }>;
}

const ours = (name: string, changed: (all: Knowledge, lang: Language) => Knowledge): Engine => ({
  name,
  build: async (_texts, lang) => {
    const search = searchIn(indexOf(changed(knowledge, lang)));
    return async (question) => {
      const answering = search.answer(question);
      const [id = ''] = answering.kind === 'sure' || answering.kind === 'between' ? answering.entries : search.nearest(question, 1);
      return { id, score: answering.kind === 'sure' ? 1 : answering.kind === 'between' ? 0.5 : 0 };
    };
  },
});

const noAsides = Object.fromEntries(Object.keys(knowledge.asides).map((aside) => [aside, { ja: [], en: [] }])) as unknown as Knowledge['asides'];
const ofOne = (all: Knowledge, lang: Language): Knowledge => ({ ...all, entries: { ja: new Map(), en: new Map(), [lang]: all.entries[lang] } });

const engines: Engine[] = [
  lexical('MiniSearch + Intl.Segmenter', segmented),
  lexical('MiniSearch + character 3-grams', () => trigrams),
  lexical('MiniSearch + our features', () => {
    const features = new Features(knowledge.terms);
    return (text) => features.of(text).map(String);
  }),
  nlpJs,
  ours('classifier, one language, no terms', (all, lang) => ({ ...ofOne(all, lang), terms: {} })),
  ours('classifier, both languages, no terms', (all) => ({ ...all, terms: {} })),
  ours('classifier, no examples off the subject', (all) => ({ ...all, asides: noAsides })),
  ours('classifier (the bot’s)', (all) => all),
];

process.stdout.write('| engine | right ja | right en | off the subject ja | en | build | a question | memory |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n');
for (const engine of engines) process.stdout.write(`${await row(engine)}\n`);

async function row(engine: Engine): Promise<string> {
  const right: string[] = [];
  const off: string[] = [];
  let build = 0;
  let asking = 0;
  const before = process.memoryUsage().rss;
  for (const lang of LANGUAGES) {
    const texts = [...knowledge.entries[lang].values()].flatMap(({ id, title, questions, exact, paragraphs }) => [title, ...exact, ...questions, ...paragraphs.map(({ text }) => text)].map((text) => ({ text, id })));
    const began = performance.now();
    const find = await engine.build(texts, lang);
    build += performance.now() - began;
    const own = cases.filter((one) => one.lang === lang);
    const found: { one: Case; id: string; score: number }[] = [];
    const asked = performance.now();
    for (const one of own) found.push({ one, ...(await find(one.text)) });
    asking += (performance.now() - asked) / own.length;
    const inside = found.filter(({ one }) => one.kind === 'answerable');
    const outside = found.filter(({ one }) => one.kind === 'out-of-scope');
    right.push(`${((100 * inside.filter(({ one, id }) => holds(one, lang, id)).length) / inside.length).toFixed(0)} %`);
    const wins = inside.flatMap((a) => outside.map((b): number => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)));
    off.push((wins.reduce((sum, win) => sum + win, 0) / wins.length).toFixed(2));
  }
  const memory = Math.max(0, process.memoryUsage().rss - before) / 1e6;
  return `| ${engine.name} | ${right.join(' | ')} | ${off.join(' | ')} | ${build.toFixed(0)} ms | ${((asking / 2) * 1000).toFixed(0)} µs | ${memory.toFixed(0)} MB |`;
}

function holds(one: Case, lang: Language, id: string): boolean {
  const entry = knowledge.entries[lang].get(id);
  if (!entry) return false;
  const text = [entry.title, ...entry.paragraphs.map((paragraph) => paragraph.text), ...entry.steps, ...entry.links.map(({ url }) => url)].join('\n').replaceAll('**', '');
  return faultOf(one, { text, isAnswer: true, isQuestion: false }) === undefined;
}
