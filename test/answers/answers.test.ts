import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestBot } from '../support/bot.ts';
import { testBot } from '../support/bot.ts';
import { askAll } from './ask.ts';
import { faultOf, readCases } from './cases.ts';

const TARGET = 0.95;
/** Another order of the same examples moves the held-out figures by up to two questions (README.md), which is no fault. */
const HELD_OUT_FLOOR = 0.93;

let bot: TestBot;
beforeAll(async () => {
  bot = await testBot();
});
afterAll(() => bot.stop());

test.each([
  ['dev', TARGET],
  ['own', TARGET],
  ['heldout', HELD_OUT_FLOOR],
])('%s: of each language and kind at least %d is right, through the whole bot', async (name, target) => {
  const asked = await askAll(bot, await readCases(`test/answers/${name}.jsonl`));
  for (const lang of ['ja', 'en'] as const) {
    for (const kind of ['answerable', 'out-of-scope'] as const) {
      const these = asked.filter(({ one }) => one.lang === lang && one.kind === kind);
      const wrong = these.filter(({ fault }) => fault !== undefined);
      expect(these.length).toBeGreaterThanOrEqual(8);
      const share = 1 - wrong.length / these.length;
      expect({ lang, kind, wrong: share >= target ? [] : wrong.map(({ one, fault }) => (name === 'heldout' ? one.id : `${one.text}: ${fault}`)) }).toEqual({ lang, kind, wrong: [] });
    }
  }
}, 120_000);

test('a wrong reply is told from a right one', () => {
  const one = { id: 'x', lang: 'en' as const, kind: 'answerable' as const, text: 'q', fact: [38], must: [['junk', 'spam']], mustNot: ['TXT'] };
  const reply = { text: 'Look in the junk folder.', isAnswer: true, isQuestion: false };
  expect(faultOf(one, reply)).toBeUndefined();
  expect(faultOf(one, { ...reply, text: 'Look elsewhere.' })).toContain('junk');
  expect(faultOf(one, { ...reply, text: 'junk and TXT' })).toContain('TXT');
  const off = { ...one, kind: 'out-of-scope' as const, must: [] };
  expect(faultOf(off, reply)).toBe('is answered');
  expect(faultOf(off, { ...reply, isAnswer: false, isQuestion: true })).toBe('is asked back');
  expect(faultOf(off, { ...reply, isAnswer: false })).toBeUndefined();
});

test('more than 150 questions of our own, different from the first 80, each with an id of its own', async () => {
  const [dev, own, heldout] = await Promise.all(['dev', 'own', 'heldout'].map((name) => readCases(`test/answers/${name}.jsonl`)));
  const all = [...dev!, ...own!, ...heldout!];
  expect(own!.length + heldout!.length).toBeGreaterThanOrEqual(150);
  expect(heldout!.length * 3).toBeGreaterThanOrEqual(own!.length + heldout!.length);
  for (const key of ['id', 'text'] as const) expect(new Set(all.map((one) => one[key])).size).toBe(all.length);
});
