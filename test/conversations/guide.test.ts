import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOfActivity } from '../support/bot.ts';
import { cleo } from '../support/people.ts';

let t: TestBot;
beforeEach(async () => {
  t = await testBot();
});
afterEach(() => t.stop());

const lastCard = (bot: TestBot) => bot.chat(cleo).at(-1);

describe('the registration guide', () => {
  test('pressed through: one card that changes in place, with progress, to its end', async () => {
    const begun = await t.say(cleo, 'register');
    const on = begun.ids[0];
    expect(begun.text).toMatch(/Step 1\/\d+/);
    let card = cardOf(begun.sent[0]);
    for (const title of ['No, first time', 'Another one (Open Value, MPSA …)', 'Commercial or GCC', 'Yes', 'Yes', 'Next', 'Yes', 'Next']) {
      const seen = await t.pressTitle(cleo, card, title, {}, on);
      expect(seen.sent).toEqual([]);
      expect(seen.inPlace).toBeDefined();
      card = seen.inPlace;
    }
    expect(JSON.stringify(card)).toContain('Do you see your agreement');
    const end = await t.pressTitle(cleo, card, 'Yes', {}, on);
    expect(end.text).toContain('Role assignments');
    // What stands in the chat is that one card, at its last state, besides what the bot said first.
    expect(t.chat(cleo)).toHaveLength(1);
    expect(textOfActivity(t.chat(cleo)[0]?.body ?? {})).toContain('Role assignments');
  });

  test('typed through, in Japanese, with numbers, near misses and full width', async () => {
    await t.say(cleo, '登録');
    expect((await t.say(cleo, 'はじめて')).text).toContain('どの種類の契約');
    expect((await t.say(cleo, '２')).text).toContain('どのクラウド');
    expect((await t.say(cleo, '商用')).text).toContain('職場のアカウント');
    expect((await t.say(cleo, 'はい。')).text).toContain('ウェルカム メールを探して');
    expect((await t.say(cleo, '見つかりましたー')).text).toContain('職場または学校アカウント');
    expect((await t.say(cleo, '次')).text).toContain('登録に成功しました');
    expect((await t.say(cleo, '戻る')).text).toContain('職場または学校アカウント');
    expect((await t.say(cleo, '最初から')).text).toMatch(/ステップ 1\//);
    const cancelled = await t.say(cleo, '中止');
    expect(cancelled.text).toContain('中止しました');
    expect((await t.say(cleo, '戻る')).text).toContain('進行中のガイドはありません');
  });

  test('typed: the card goes on below, and only one card is live', async () => {
    await t.say(cleo, 'register');
    await t.say(cleo, 'no');
    const live = t.chat(cleo).filter(({ body }) => actionsOf(cardOf(body)).length > 0);
    expect(live).toHaveLength(1);
    expect(textOfActivity(t.chat(cleo)[0]?.body ?? {})).toContain('goes on further down');
  });

  test('a button of an old card never moves a newer state: it shows where the person is', async () => {
    const begun = await t.say(cleo, 'register');
    const old = cardOf(begun.sent[0]);
    await t.pressTitle(cleo, old, 'No, first time', {}, begun.ids[0]);
    const again = await t.pressTitle(cleo, old, 'Yes, I have', {}, begun.ids[0]);
    expect(again.text).toContain('What kind of agreement');
    // Back would fit the newer state just as well, and still must not move it.
    const second = again.inPlace;
    await t.say(cleo, 'other');
    const third = await t.pressTitle(cleo, second, 'Back', {}, begun.ids[0]);
    expect(third.text).toContain('Which cloud');
    expect((await t.say(cleo, 'back')).text).toContain('What kind of agreement');
    // A card of an older run, while another guide is in progress.
    await t.say(cleo, 'support case');
    const elsewhere = await t.pressTitle(cleo, old, 'No, first time', {}, begun.ids[0]);
    expect(elsewhere.text).toContain('What is it about?');
    // A card of a run that is over.
    await t.say(cleo, 'cancel');
    const over = await t.pressTitle(cleo, old, 'No, first time', {}, begun.ids[0]);
    expect(over.text).toContain('This guide is over');
  });

  test('a question in the middle is answered, and the guide waits', async () => {
    await t.say(cleo, '登録');
    await t.say(cleo, 'いいえ');
    const asked = await t.say(cleo, 'グローバル管理者なのに VL が見られないのはなぜ？');
    expect(asked.text).toContain('グローバル管理者');
    expect(asked.text).toContain('ガイドは途中のまま待っています');
    const back = await t.pressTitle(cleo, cardOf(asked.sent.at(-1)), '続ける');
    expect(back.text).toContain('どの種類の契約');
  });

  test('nonsense gets the step again with a hint; a command goes its way', async () => {
    await t.say(cleo, 'register');
    expect((await t.say(cleo, 'purple monkey dishwasher')).text).toMatch(/did not get that[\s\S]*Have you registered/);
    expect((await t.say(cleo, 'my roles')).text).toContain('no VL role');
    expect((await t.say(cleo, 'help')).text).toContain('What I can do');
    expect((await t.say(cleo, 'no')).text).toContain('What kind of agreement');
  });

  test('goes on after a restart, typed and pressed', async () => {
    const begun = await t.say(cleo, 'register');
    await t.say(cleo, 'no');
    await t.restart();
    const seen = await t.say(cleo, '2');
    expect(seen.text).toContain('Which cloud');
    await t.restart();
    const pressed = await t.pressTitle(cleo, cardOf(seen.sent[0]), 'GCC High', {}, seen.ids[0]);
    expect(pressed.text).toContain('separate Microsoft Entra ID');
    expect(begun.status).toBe(200);
  });

  test('the same message delivered twice moves once', async () => {
    await t.say(cleo, 'register');
    await t.say(cleo, 'no', { id: 'same' });
    const again = await t.say(cleo, 'no', { id: 'same' });
    expect(again.sent).toEqual([]);
    expect(textOfActivity(lastCard(t)?.body ?? {})).toContain('What kind of agreement');
  });

  test('delivered again to the process after a kill, it moves once too, and is answered', async () => {
    await t.say(cleo, 'register');
    // The third option leads on at this step and at the next one.
    await t.say(cleo, '3', { id: 'again' });
    await t.kept.forgetTurns();
    await t.restart();
    const again = await t.say(cleo, '3', { id: 'again' });
    expect(again.text).toContain('What kind of agreement');
    expect((await t.say(cleo, 'back')).text).toContain('Have you registered');
  });

  test('a message whose answer could not be sent is answered when it comes again', async () => {
    t.channel.misbehave = (method) => (method === 'POST' ? 403 : undefined);
    expect((await t.say(cleo, 'help', { id: 'lost' })).status).toBe(500);
    t.channel.misbehave = undefined;
    expect((await t.say(cleo, 'help', { id: 'lost' })).text).toContain('What I can do');
  });

  test('two presses at the same instant move once each at most, in order', async () => {
    const begun = await t.say(cleo, 'register');
    const card = cardOf(begun.sent[0]);
    const both = await Promise.all([t.pressTitle(cleo, card, 'No, first time', {}, begun.ids[0]), t.pressTitle(cleo, card, 'No, first time', {}, begun.ids[0])]);
    for (const seen of both) expect(seen.text).toContain('What kind of agreement');
  });
});

test('begun again, a guide goes on where it is; another one stops it; end and its like leave it', async () => {
  await t.say(cleo, 'register');
  await t.say(cleo, 'no');
  expect((await t.say(cleo, 'register')).text).toContain('What kind of agreement');
  await t.press(cleo, { verb: 'startGuide', guide: 'page-not-visible' });
  expect(t.chat(cleo).map(({ body }) => textOfActivity(body)).join('\n')).toContain('Stopped, because another guide was begun');
  expect((await t.say(cleo, 'exit')).text).toContain('Stopped');
  await t.say(cleo, '登録');
  expect((await t.say(cleo, '終了')).text).toContain('中止しました');
});

test('a kept state that is none any more is no guide in progress', async () => {
  const broken = async (dialog: Record<string, unknown>) => {
    const id = `a:${cleo.id}`;
    const chat = (await t.bot.house.chats.get(cleo.tenantId, id)) ?? { version: 0, tenantId: cleo.tenantId, conversationId: id, dialog: {}, handled: [], answers: [], said: [], known: {}, at: '2026-11-23T06:00:00.000Z' };
    await t.bot.house.chats.save({ ...chat, dialog });
  };
  for (const dialog of [{ dialogStack: null }, { dialogStack: [{ id: 'guide', state: { guide: 'registration' } }] }, { dialogStack: [{ id: 'other', state: {} }] }]) {
    await broken(dialog);
    expect((await t.say(cleo, 'help')).text).toContain('What I can do');
    expect((await t.say(cleo, 'register')).text).toContain('Have you registered');
  }
});

describe('the guide for the missing page', () => {
  test('from the symptom to solved', async () => {
    const symptoms = await t.say(cleo, 'トラブル');
    expect(symptoms.text).toContain('Azure の画面に飛ばされる');
    const begun = await t.pressTitle(cleo, cardOf(symptoms.sent[0]), 'ボリューム ライセンスのページが見えない');
    const next = await t.pressTitle(cleo, cardOf(begun.sent[0]), '管理センターだが「課金」がない', {}, begun.ids[0]);
    expect(next.text).toContain('すべて表示');
    const end = await t.pressTitle(cleo, next.inPlace, '解決した', {}, begun.ids[0]);
    expect(end.text).toContain('表示されてよかった');
  });

  test('an answer leads into it', async () => {
    const answer = await t.say(cleo, 'ボリューム ライセンスのタブが出てこない');
    const begun = await t.pressTitle(cleo, cardOf(answer.sent[0]), 'VL のページが表示されない');
    expect(begun.text).toContain('今、どの画面');
  });
});
