import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { GuideSaid, GuideState } from '../../dialogs/guide.flow.ts';
import { next, progress, startGuide, stepOf } from '../../dialogs/guide.flow.ts';
import { loadGuides, problemsOf } from '../../dialogs/guide.load.ts';
import type { Guide } from '../../dialogs/guide.ts';
import { understand } from '../../dialogs/guide.understand.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import { viewOf } from '../../dialogs/guide.view.ts';
import { guideCard } from '../../cards/guide.ts';
import { problemsOfCard } from '../support/cardSchema.ts';

const guides = await loadGuides(join(process.cwd(), 'dialogs/guides'));

/** Every way through a guide, each as what was said on it. */
function walks(guide: Guide, state = startGuide(guide, 'r'), said: GuideSaid[] = []): { state: GuideState; said: GuideSaid[] }[] {
  const step = stepOf(guide, state);
  const ways: GuideSaid[] = step.kind === 'end' ? [] : step.kind === 'say' ? [{ move: 'next' }] : step.options.map((o) => ({ move: 'choose', option: o.id }));
  if (ways.length === 0) return [{ state, said }];
  return ways.flatMap((way) => {
    const moved = next(guide, state, way);
    if (moved.kind !== 'moved') throw new Error(`${guide.id}: ${state.step} does not go on with ${JSON.stringify(way)}`);
    return walks(guide, moved.state, [...said, way]);
  });
}

/** Every state that can be reached. */
function states(guide: Guide): GuideState[] {
  const all = new Map<string, GuideState>();
  const visit = (state: GuideState): void => {
    const key = [...state.path, state.step].join('>');
    if (all.has(key)) return;
    all.set(key, state);
    const step = stepOf(guide, state);
    const ways: GuideSaid[] = step.kind === 'say' ? [{ move: 'next' }] : step.kind === 'choose' ? step.options.map((o) => ({ move: 'choose', option: o.id })) : [];
    for (const way of ways) {
      const moved = next(guide, state, way);
      if (moved.kind === 'moved') visit(moved.state);
    }
  };
  visit(startGuide(guide, 'r'));
  return [...all.values()];
}

test('the two guides of the first registration and the missing page are there', () => {
  expect([...guides.keys()]).toEqual(expect.arrayContaining(['registration', 'page-not-visible']));
});

describe.each([...guides.values()].map((guide) => ({ id: guide.id, guide })))('$id', ({ guide }) => {
  test('every way ends, every step is on one of them, and every option leads on', () => {
    const ways = walks(guide);
    const ended = ways.every(({ state }) => stepOf(guide, state).kind === 'end');
    expect(ended).toBe(true);
    expect(new Set(ways.flatMap(({ state }) => [...state.path, state.step])).size).toBe(Object.keys(guide.steps).length);
    expect(problemsOf(guide)).toEqual([]);
  });

  test('progress begins at 1, goes up by one, never promises fewer steps than come, and ends full', () => {
    for (const state of states(guide)) {
      const { at, of } = progress(guide, state);
      expect(at).toBe(state.path.length + 1);
      expect(of).toBeGreaterThanOrEqual(at);
      if (stepOf(guide, state).kind === 'end') expect(at).toBe(of);
    }
  });

  test('from every state: back undoes, restart begins anew, cancel ends, nonsense and buttons of other steps stay', () => {
    for (const state of states(guide)) {
      const back = next(guide, state, { move: 'back' });
      if (state.path.length === 0) expect(back).toMatchObject({ kind: 'stayed', why: 'noBack' });
      else expect(back).toMatchObject({ kind: 'moved', state: { step: state.path.at(-1), path: state.path.slice(0, -1), rev: state.rev + 1 } });
      expect(next(guide, state, { move: 'restart' })).toMatchObject({ kind: 'moved', state: { step: guide.start, path: [], answers: {} } });
      expect(next(guide, state, { move: 'cancel' })).toEqual({ kind: 'cancelled' });
      expect(next(guide, state, { move: 'choose', option: 'no-such-option' })).toMatchObject({ kind: 'stayed', state });
      if (stepOf(guide, state).kind !== 'say') expect(next(guide, state, { move: 'next' })).toMatchObject({ kind: 'stayed', state });
      expect(understand(stepOf(guide, state), 'purple monkey dishwasher')).toBeUndefined();
    }
  });

  test('what stands on the buttons can be typed, in either language, and its number too', () => {
    for (const step of Object.values(guide.steps)) {
      if (step.kind !== 'choose') continue;
      step.options.forEach((option, i) => {
        for (const lang of LANGUAGES) {
          expect([option.label[lang], understand(step, option.label[lang])]).toEqual([option.label[lang], { move: 'choose', option: option.id }]);
          for (const word of option.words?.[lang] ?? []) expect([word, understand(step, word)]).toEqual([word, { move: 'choose', option: option.id }]);
        }
        for (const number of [`${i + 1}`, String.fromCodePoint(0xff11 + i), `${i + 1}番`, ` ${i + 1}. `]) expect(understand(step, number)).toEqual({ move: 'choose', option: option.id });
      });
    }
  });

  test('every state draws a card that fits the schema, in both languages', () => {
    for (const id of Object.keys(guide.steps)) {
      for (const lang of LANGUAGES) {
        const state = { ...startGuide(guide, 'r'), step: id };
        expect(problemsOfCard(guideCard(lang, viewOf(guides, guide, state, lang)))).toEqual([]);
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
    ['a circle', { ...base, steps: { ...base.steps, a: { ...base.steps['a']!, goto: 'a' } } }, 'steps go in a circle: a > a'],
  ])('%s', (_name, guide, problem) => {
    expect(problemsOf(guide as Guide)).toContain(problem);
  });
});

test('next at a choice is understood as that, and moves nothing', () => {
  const guide = guides.get('registration')!;
  const state = startGuide(guide, 'r');
  expect(understand(stepOf(guide, state), 'next')).toEqual({ move: 'next' });
  expect(next(guide, state, { move: 'next' })).toMatchObject({ kind: 'stayed', why: 'notUnderstood' });
});

describe('typed words', () => {
  const guide = guides.get('registration')!;
  test.each([
    ['はい', 'appeared', 'yes'], ['ＹＥＳ！', 'appeared', 'yes'], ['いいえ。', 'appeared', 'no'], ['いえ', 'appeared', undefined],
    ['Open Valu', 'agreement', 'other'], ['enterprize agreement', 'agreement', 'enterprise'], ['EA', 'agreement', 'enterprise'],
    ['gcc', 'cloud', 'public'], ['GCC  High', 'cloud', 'gcchigh'], ['gcchigh', 'cloud', 'gcchigh'], ['４', 'cloud', undefined], ['0', 'cloud', undefined],
    ['i have none', 'entra', undefined], ['i dont know', 'entra', undefined], ['あるかわからない', 'entra', undefined], ['はいれません', 'entra', undefined], ['no idea', 'entra', undefined], ['not sure', 'appeared', undefined],
    ['登録', 'before', undefined], ['no', 'before', 'no'],
  ])('%s at %s', (typed, step, option) => {
    expect(understand(guide.steps[step]!, typed)).toEqual(option === undefined ? undefined : { move: 'choose', option });
  });
});
