import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { loadKnowledge, parseEntry } from '../../data/knowledge/load.ts';
import { indexOf } from '../../data/knowledge/indexing.ts';
import { searchIn } from '../../data/knowledge/search.ts';
import { checkKnowledge } from '../../data/knowledge/check.ts';
import type { Entry } from '../../data/knowledge/entry.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import { loadGuides } from '../../dialogs/guide.load.ts';

const knowledge = await loadKnowledge(join(process.cwd(), 'data/knowledge'));
const search = searchIn(indexOf(knowledge));
const entries = LANGUAGES.flatMap((lang) => [...knowledge.entries[lang].values()]);

/** The facts that the owner's document states; the others come from Microsoft's public pages. */
const OWNERS_FACTS = [1, 2, 3, 4, 6, 10, 11, 12, 16, 28, 29, 30, 31, 32, 33, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 64, 65, 66, 67, 109, 110];

test('at least 25 entries, and every fact of the owner’s document in one of them', () => {
  expect(knowledge.entries.ja.size).toBeGreaterThanOrEqual(25);
  const covered = new Set([...knowledge.entries.ja.values()].flatMap((entry) => entry.facts));
  expect(OWNERS_FACTS.filter((fact) => !covered.has(fact))).toEqual([]);
});

test('exact names stand in the answers that state them', () => {
  const text = (id: string, lang: 'ja' | 'en'): string => [...knowledge.entries[lang].get(id)!.paragraphs.map((one) => one.text), ...knowledge.entries[lang].get(id)!.steps].join('\n');
  expect(text('welcome-mail-subject', 'en')).toMatch(/microsoft-noreply@microsoft\.com[\s\S]*Action required: Sign in to manage your volume licensing assets/);
  expect(text('welcome-mail-subject', 'ja')).toMatch(/microsoft-noreply@microsoft\.com[\s\S]*アクションが必要: サインインしてボリューム ライセンス資産を管理する/);
  expect(text('registration-success-mail', 'ja')).toContain('登録に成功しました: Microsoft 管理センターへようこそ');
  expect(text('where-to-sign-in', 'en')).toMatch(/admin\.microsoft\.com[\s\S]*portal\.office365\.us\/adminportal\/home[\s\S]*portal\.apps\.mil\/adminportal\/home/);
  expect(text('support-phone', 'ja')).toContain('0120-737-565');
});

test('where sources disagree, the newer one is given with its date (facts 73, 75, 108)', () => {
  for (const id of ['role-benefits', 'invoice-access', 'role-api']) {
    const said = (lang: 'ja' | 'en'): string => knowledge.entries[lang].get(id)!.paragraphs.map(({ text }) => text).join('\n');
    expect([id, said('ja')]).toEqual([id, expect.stringContaining('2025 年 11 月 13 日')]);
    expect([id, said('en')]).toEqual([id, expect.stringContaining('November 13, 2025')]);
  }
});

test('every entry is short, and is found first by its own questions', () => {
  expect(checkKnowledge(knowledge, search)).toEqual([]);
});

describe('the check says', () => {
  const entry = entries.find(({ id, lang }) => id === 'feedback' && lang === 'en')!;
  // Only what is changed is searched: the whole was above.
  const quiet = (all: Map<string, Entry>): Map<string, Entry> => new Map([...all].map(([id, one]) => [id, { ...one, exact: [], questions: [] }]));
  const few = { ...knowledge, entries: { ja: quiet(knowledge.entries.ja), en: quiet(knowledge.entries.en) } };
  const checked = (changed: Partial<Entry>): string[] => checkKnowledge({ ...few, entries: { ...few.entries, en: new Map([...few.entries.en, [entry.id, { ...entry, ...changed }]]) } }, search);

  test('that an answer is too long', () => {
    expect(checked({ paragraphs: [{ text: 'x'.repeat(601) }] })).toEqual(['feedback.en.md: 601 characters of prose; at most 600 are read.']);
  });

  test('that a step is too long', () => {
    expect(checked({ steps: ['y'.repeat(161)] })).toEqual([expect.stringContaining('is too long')]);
  });

  test('that a question is found by another entry', () => {
    expect(checked({ questions: ['the welcome mail never arrived'] })).toEqual([expect.stringContaining('"the welcome mail never arrived" finds another answer')]);
  });

  test('that small talk is in two lists', () => {
    const asides = { ...knowledge.asides, elsewhere: { ...knowledge.asides.elsewhere, en: [...knowledge.asides.elsewhere.en, 'Hello!'] } };
    expect(checkKnowledge({ ...few, asides }, search)).toEqual(['asides.yaml: "Hello!" is in elsewhere and in hello.']);
  });

  test('that a fact is in no entry', () => {
    const without = new Map([...few.entries.ja].map(([id, one]) => [id, { ...one, facts: one.facts.filter((fact) => fact !== 118) }]));
    expect(checkKnowledge({ ...few, entries: { ...few.entries, ja: without } }, search)).toEqual(['Fact 118 is in no entry.']);
  });
});

test('what an entry goes on with exists', async () => {
  const guides = await loadGuides(join(process.cwd(), 'dialogs/guides'));
  const missing = entries.filter(({ next }) => next.kind === 'guide' && !guides.has(next.guide)).map(({ id }) => id);
  expect(missing).toEqual([]);
});

describe('a wrong entry does not load', () => {
  const entry = (front: string, body = 'Text.'): string => `---\ntitle: x\nfacts: [1]\nsource: vl-sign-in\nfor: { agreements: all, people: [user] }\nquestions: [aaa, bbb, ccc]\n${front}\n---\n${body}\n`;
  test.each([
    ['no front matter', 'Text.', /no front matter/],
    ['a link to elsewhere', entry('next: command person\nlinks: [{ title: x, url: "https://evil.example.com/" }]'), /host is not on the list/],
    ['a link that only begins like an allowed one', entry('next: command person\nlinks: [{ title: x, url: "https://admin.microsoft.com.evil.example/" }]'), /host is not on the list/],
    ['a link without https', entry('next: command person\nlinks: [{ title: x, url: "http://admin.microsoft.com/" }]'), /host is not on the list/],
    ['an unknown field', entry('next: command person\nnextt: x'), /nextt/],
    ['an unknown next step', entry('next: command dance'), /neither/],
    ['no next step', entry('related: []'), /next/],
  ])('%s', (_name, markdown, message) => {
    expect(() => parseEntry('x', 'en', markdown)).toThrow(message);
  });
});

describe('what it does not know', () => {
  test.each([
    ['en', 'what is the weather like'], ['en', 'cheapest flight to Berlin'], ['en', 'reset my password'], ['en', 'how do I add an MX record'], ['en', 'asdf qwer zxcv'], ['en', '🙂'], ['en', ''],
    ['ja', '今日の天気は'], ['ja', 'ラーメンのおいしい店'], ['ja', 'パソコンが遅い'], ['ja', '会議室を予約したい'], ['ja', 'ああああ'], ['ja', '。'],
  ] as const)('%s: %s', (lang, question) => {
    expect(search.answer(question).kind).toBe('unsure');
  });
});

test.each(['agreement', 'contract', 'ロール', '管理者', 'welcome'])('one word is asked back: %s', (word) => {
  expect(search.answer(word).kind).toBe('between');
});

test.each([['invoice', 'invoice-access'], ['請求書', 'invoice-access'], ['MBSA', 'mbsa-opt-in'], ['電話', 'support-phone'], ['ＭＢＳＡ？', 'mbsa-opt-in']])('one word that one entry alone is about is answered: %s', (word, id) => {
  expect(search.answer(word)).toEqual({ kind: 'sure', entries: [id] });
});
