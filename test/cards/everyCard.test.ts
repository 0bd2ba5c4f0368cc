import { describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { CardAction } from '../../cards/actions.ts';
import { CARDS } from '../../cards/index.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import { TEXTS } from '../../data/text/index.ts';
import { problemsOfCard } from '../support/cardSchema.ts';
import { actionsOf, walk } from '../support/bot.ts';

const LIMIT = 28 * 1024;
const every = Object.entries(CARDS).flatMap(([card, samples]) => Object.entries(samples).flatMap(([sample, draw]) => LANGUAGES.map((lang) => ({ card, sample, lang, draw }))));

describe.each(every)('$card, $sample, $lang', ({ draw, lang }) => {
  const drawn = draw(lang);
  const json = JSON.stringify(drawn);

  test('fits the Adaptive Cards 1.5 schema', () => {
    expect(problemsOfCard(drawn)).toEqual([]);
  });

  test('stays under the size that Teams takes', () => {
    expect(Buffer.byteLength(json)).toBeLessThan(LIMIT);
  });

  test('leaves nothing of the template behind', () => {
    // What people typed may contain it, and is shown as typed.
    expect(json.replaceAll('${soon}', '').replaceAll('"value":"${x}"', '')).not.toMatch(/\$\{|\$when|\$data|undefined|\[object/);
  });

  test('every button carries a known action, with a fallback for old clients', () => {
    for (const action of actionsOf(drawn)) {
      if (action['type'] === 'Action.OpenUrl' || action['type'] === 'Action.ToggleVisibility') continue;
      expect(action['type']).toBe('Action.Execute');
      expect(CardAction.safeParse(action['data']).error?.issues).toBeUndefined();
      expect(action['verb']).toBe((action['data'] as { verb: string }).verb);
      expect(action['fallback']).toMatchObject({ type: 'Action.Submit', data: action['data'] });
    }
  });

  test('every text wraps and is there', () => {
    walk(drawn, (node) => {
      if (node['type'] !== 'TextBlock') return;
      expect(String(node['text']).trim()).not.toBe('');
      if (String(node['text']).length > 20) expect(node['wrap']).toBe(true);
    });
  });
});

test('every layout has a card with samples', async () => {
  const files = await readdir('cards');
  const shared = ['list'];
  const layouts = files.filter((file) => file.endsWith('.card.json')).map((file) => file.slice(0, -'.card.json'.length));
  expect(layouts.filter((name) => !(name in CARDS) && !shared.includes(name))).toEqual([]);
});

test('every kind of action is drawn by some card', () => {
  const drawn = new Set(every.flatMap(({ draw, lang }) => actionsOf(draw(lang)).map((a) => a['verb'])));
  expect(CardAction.options.map((option) => option.shape.verb.value).filter((verb) => !drawn.has(verb))).toEqual([]);
});

test('the words that people press are the contract', () => {
  const contract = {
    ja: ['承認', '却下', '申請する', '取り下げ', '割り当てる', '削除', 'はい', 'いいえ', '次へ', '戻る', '中止', '担当者に相談', '役に立った', '役に立たなかった'],
    en: ['Approve', 'Deny', 'Send request', 'Withdraw', 'Assign', 'Remove', 'Yes', 'No', 'Next', 'Back', 'Cancel', 'Talk to a person', 'Helpful', 'Not helpful'],
  };
  for (const lang of LANGUAGES) expect(Object.values(TEXTS[lang].buttons)).toEqual(expect.arrayContaining(contract[lang]));
});
