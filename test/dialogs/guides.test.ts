import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Slot, ShownStep } from '../../dialogs/guide.ts';
import { FINDINGS } from '../../dialogs/guide.ts';
import type { GuideSaid, GuideState } from '../../dialogs/guide.flow.ts';
import { isFound, learnt, next, progress, startGuide, stepOf } from '../../dialogs/guide.flow.ts';
import { loadGuides, problemsOf } from '../../dialogs/guide.load.ts';
import type { Guide } from '../../dialogs/guide.ts';
import { understand } from '../../dialogs/guide.understand.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import { TEXTS } from '../../data/text/index.ts';
import { viewOf } from '../../dialogs/guide.view.ts';
import { guideCard } from '../../cards/guide.ts';
import { problemsOfCard } from '../support/cardSchema.ts';

const guides = await loadGuides(join(process.cwd(), 'dialogs/guides'));

const now = new Date('2026-11-23T06:00:00.000Z');
const given = { known: {}, now };
const here = { now, timeZone: 'Asia/Tokyo' };

/** What may be typed where a value is asked for: one for each way it can go on. */
const TYPED: Record<Slot, string[]> = {
  signInId: ['taro@contoso.co.jp'],
  earlierId: ['old@contoso.co.jp'], newId: ['new@contoso.co.jp'],
  businessMail: ['keiyaku@contoso.co.jp'],
  contractId: ['12345678'],
  domain: ['contoso.co.jp'],
  phone: ['03-1234-5678'],
  sender: ['microsoft-noreply@microsoft.com', 'vlsc@microsoft.com', 'evil@micros0ft.com'],
  subject: ['Action required: Sign in to manage your volume licensing assets', 'Permission changes for Microsoft Volume Licensing contracts', 'Registration successful: Welcome to Microsoft admin center', 'Action Required: Ensure Correct Account Access by January 19th, 2026.', 'VLSC: you are invited', 'Win a prize'],
  since: ['30 分前', '5 時間前', '3 日前'],
  problem: ['画面が真っ白です'],
};

/** All that can be said at a step and fits it. */
function waysOf(guide: Guide, state: GuideState): GuideSaid[] {
  const step = stepOf(guide, state);
  switch (step.kind) {
    case 'say':
      return [{ move: 'next' }];
    case 'choose':
      return step.options.map(({ id }) => ({ move: 'choose', option: id }));
    case 'ask':
      return [...TYPED[step.slot].map((typed): GuideSaid => understand(step, typed, here) ?? { move: 'next' }), ...(step.unsure === undefined ? [] : [{ move: 'unsure' } as const])];
    case 'check':
      return [...FINDINGS[step.look].filter((finding) => finding !== 'other' || step.compare).map((finding): GuideSaid => ({ move: 'found', finding, detail: 'portal.example' })), { move: 'skip' }];
    case 'end':
      return [];
  }
}

/** Every state that can be reached, by its step, what is known of the case, and what was typed: more ways lead to the same. */
function states(guide: Guide): GuideState[] {
  const all = new Map<string, GuideState>();
  const visit = (state: GuideState): void => {
    const key = JSON.stringify([state.step, learnt(guide, state), state.values, state.path.at(-1)]);
    if (all.has(key)) return;
    all.set(key, state);
    for (const way of waysOf(guide, state)) {
      const moved = next(guide, state, way, given);
      if (moved.kind !== 'moved') throw new Error(`${guide.id}: ${state.step} does not go on with ${JSON.stringify(way)}`);
      visit(moved.state);
    }
  };
  visit(startGuide(guide, 'r', given));
  return [...all.values()];
}

test('every guide is there', () => {
  expect([...guides.keys()]).toEqual(['access-2026', 'azure-redirect', 'new-entra-id', 'page-not-visible', 'profile-error', 'ready-to-become-admin', 'registration', 'status', 'support-case', 'waiting', 'welcome-mail']);
});

describe.each([...guides.values()].map((guide) => ({ id: guide.id, guide })))('$id', ({ guide }) => {
  const all = states(guide);

  test('every way goes on to an end, and every step is on one of them', () => {
    const shown = Object.entries(guide.steps).flatMap(([id, step]) => (step.kind === 'decide' ? [] : [id]));
    expect([...new Set(all.map(({ step }) => step))].toSorted()).toEqual(shown.toSorted());
    expect(problemsOf(guide)).toEqual([]);
  });

  test('progress begins at 1, goes up by one, never promises fewer steps than come, and ends full', () => {
    for (const state of all) {
      const { at, of } = progress(guide, state);
      expect(at).toBe(state.path.length + 1);
      expect(of).toBeGreaterThanOrEqual(at);
      if (stepOf(guide, state).kind === 'end') expect(at).toBe(of);
    }
  });

  test('from every state: back undoes, restart begins anew, cancel ends, nonsense and buttons of other steps stay', () => {
    for (const state of all) {
      const step = stepOf(guide, state);
      const back = next(guide, state, { move: 'back' }, given);
      if (state.path.length === 0) expect(back).toMatchObject({ kind: 'stayed', why: 'noBack' });
      // What a look found may come of a slip: the question is asked again.
      else if (isFound(guide, state)) expect(back).toMatchObject({ kind: 'moved', state: { step: expect.stringMatching(/^(?:sign-in|sign-in-id|id|domain)$/), rev: state.rev + 1 } });
      else expect(back).toMatchObject({ kind: 'moved', state: { step: state.path.at(-1), path: state.path.slice(0, -1), rev: state.rev + 1 } });
      expect(next(guide, state, { move: 'restart' }, given)).toMatchObject({ kind: 'moved', state: { path: [], answers: {}, values: {} } });
      expect(next(guide, state, { move: 'cancel' }, given)).toEqual({ kind: 'cancelled' });
      for (const said of [{ move: 'choose', option: 'no-such-option' }, { move: 'found', finding: 'nonsense', detail: '' }, { move: 'look' }] as const) expect(next(guide, state, said, given)).toMatchObject({ kind: 'stayed', state });
      if (step.kind !== 'say') expect(next(guide, state, { move: 'next' }, given)).toMatchObject({ kind: 'stayed', state });
      if (step.kind !== 'ask') expect(next(guide, state, { move: 'typed', value: 'x' }, given)).toMatchObject({ kind: 'stayed', state });
      if (step.kind !== 'ask' || !['problem', 'sender', 'subject'].includes(step.slot)) expect(understand(step, 'purple monkey dishwasher', here)).toBeUndefined();
      // Help goes its own way, and the guide waits.
      for (const word of ['ヘルプ', 'help']) expect(understand(step, word, here)).toBeUndefined();
      for (const [word, move] of [['戻る', 'back'], ['start over', 'restart'], ['キャンセル', 'cancel']] as const) expect(understand(step, word, here)).toEqual({ move });
    }
  });

  test('what stands on the buttons can be typed, in either language, and its number too', () => {
    for (const step of Object.values(guide.steps)) {
      for (const lang of LANGUAGES) {
        const { look, skip, unsure } = TEXTS[lang].guide;
        if (step.kind === 'say') expect(understand(step, TEXTS[lang].buttons.next, here)).toEqual({ move: 'next' });
        if (step.kind === 'check') expect([understand(step, look, here), understand(step, skip, here)]).toEqual([{ move: 'look' }, { move: 'skip' }]);
        if (step.kind === 'ask' && step.unsure !== undefined) expect(understand(step, unsure, here)).toEqual({ move: 'unsure' });
      }
      if (step.kind !== 'choose') continue;
      step.options.forEach((option, i) => {
        for (const lang of LANGUAGES) {
          expect([option.label[lang], understand(step, option.label[lang], here)]).toEqual([option.label[lang], { move: 'choose', option: option.id }]);
          for (const word of option.words?.[lang] ?? []) expect([word, understand(step, word, here)]).toEqual([word, { move: 'choose', option: option.id }]);
        }
        for (const number of [`${i + 1}`, String.fromCodePoint(0xff11 + i), `${i + 1}番`, ` ${i + 1}. `]) expect(understand(step, number, here)).toEqual({ move: 'choose', option: option.id });
      });
    }
  });

  test('every state draws a card that fits the schema, in both languages, without a gap in its text', () => {
    for (const state of all) {
      for (const lang of LANGUAGES) {
        const card = guideCard(lang, viewOf(guides, guide, state, lang, here));
        expect(problemsOfCard(card)).toEqual([]);
        expect(JSON.stringify(card)).not.toMatch(/\$\{|\{(?:signInId|domain|detail|contractId)\}|undefined/);
      }
    }
  });
});

test('a guide asks whether it helped in the words of the contract', () => {
  const labels = [...guides.values()].flatMap((guide) => Object.values(guide.steps).flatMap((step) => (step.kind === 'choose' ? step.options.map((o) => `${o.label.ja} / ${o.label.en}`) : [])));
  expect(labels).toEqual(expect.arrayContaining(['解決した / Solved', '解決しない / Not solved', 'はい / Yes', 'いいえ / No']));
});

describe('a wrong guide does not load', () => {
  const text = { ja: 'あ', en: 'a' };
  const base: Guide = { id: 'g', title: text, start: 'a', steps: { a: { kind: 'say', text, links: [], goto: 'b' }, b: { kind: 'end', text, links: [], outcome: 'solved', after: [] } } };
  test.each([
    ['a step that does not exist', { ...base, steps: { ...base.steps, a: { ...base.steps['a']!, goto: 'nowhere' } } }, 'step nowhere does not exist'],
    ['a step that is never reached', { ...base, steps: { ...base.steps, c: base.steps['b']! } }, 'step c is never reached'],
    ['a placeholder that is nothing', { ...base, steps: { ...base.steps, a: { ...base.steps['a']!, text: { ja: '{domian}', en: 'a' } } } }, 'step a speaks of {domian}, which is nothing'],
    ['a value that was not asked for', { ...base, steps: { ...base.steps, a: { ...base.steps['a']!, text: { ja: 'あ', en: '{domain}' } } } }, 'step a needs domain, which is not asked before'],
    ['a look at what was not asked for', { ...base, steps: { ...base.steps, a: { kind: 'check', text, links: [], look: 'txtRecord', found: { there: 'b', 'not-everywhere': 'b', absent: 'b', 'no-domain': 'b' }, skip: 'b' } } }, 'step a needs domain, which is not asked before'],
    ['a finding without a way', { ...base, steps: { ...base.steps, a: { kind: 'check', text, links: [], look: 'txtRecord', found: { there: 'b', 'not-everywhere': 'b', absent: 'b' }, skip: 'b' } } }, 'step a has no way for no-domain'],
    ['a way that is never found', { ...base, steps: { ...base.steps, a: { kind: 'decide', by: 'waiting', on: { 'within-2h': 'b', 'within-10h': 'b', overdue: 'b', never: 'b' } } } }, 'step a never finds never'],
    ['a circle', { ...base, steps: { ...base.steps, a: { ...base.steps['a']!, goto: 'a' } } }, 'steps go in a circle: a > a'],
  ])('%s', (_name, guide, problem) => {
    expect(problemsOf(guide as Guide)).toContain(problem);
  });
});

test('next at a choice is understood as that, and moves nothing', () => {
  const guide = guides.get('registration')!;
  const state = startGuide(guide, 'r', given);
  expect(understand(stepOf(guide, state), 'next', here)).toEqual({ move: 'next' });
  expect(next(guide, state, { move: 'next' }, given)).toMatchObject({ kind: 'stayed', why: 'notUnderstood' });
});

describe('typed words', () => {
  const guide = guides.get('registration')!;
  test.each([
    ['はい', 'appeared', 'yes'], ['ＹＥＳ！', 'appeared', 'yes'], ['いいえ。', 'appeared', 'no'], ['いえ', 'appeared', undefined],
    ['Open Valu', 'agreement', 'other'], ['enterprize agreement', 'agreement', 'enterprise'], ['EA', 'agreement', 'enterprise'],
    ['gcc', 'cloud', 'public'], ['GCC  High', 'cloud', 'gcchigh'], ['gcchigh', 'cloud', 'gcchigh'], ['５', 'cloud', undefined], ['0', 'cloud', undefined],
    ['i have none', 'entra', undefined], ['i dont know', 'entra', undefined], ['あるかわからない', 'entra', undefined], ['はいれません', 'entra', undefined], ['no idea', 'entra', undefined], ['not sure', 'appeared', undefined],
    ['登録', 'before', undefined], ['no', 'before', 'no'],
  ])('%s at %s', (typed, step, option) => {
    expect(understand(guide.steps[step]! as ShownStep, typed, here)).toEqual(option === undefined ? undefined : { move: 'choose', option });
  });
});
