import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Playground } from '../support/playground.ts';
import { playground } from '../support/playground.ts';

// The help desk in Microsoft's local Teams: Anna asks in her own chat, and answers in the team's channel.

const WORDS = {
  ja: { use: 'ヘルプデスクにする', connected: /ヘルプ デスクにしました/, person: '担当者', ask: '担当者に相談', about: 'どのようなご相談ですか', question: '管理センターの画面が真っ白のままです', next: '次にご案内します', claim: '引き受ける', with: 'Anna Adams さんが対応しています', here: /Anna Adams さんが対応します/, reply: 'どのブラウザーですか', close: '完了', reason: '結果や理由（任意、本人にも表示）', result: 'ロールを登録しました', over: 'ヘルプ デスクとの会話は終わりました', solved: '解決した', thanks: /ご回答ありがとうございます。$/, rated: /評価: 解決した/, queue: '受付一覧', summary: '集計', day: '今日のヘルプ デスク', empty: '待っている人はいません' },
  en: { use: 'use as help desk', connected: /is the help desk now/, person: 'person', ask: 'Talk to a person', about: 'What is it about?', question: 'The admin center stays white', next: 'You are next in the queue', claim: 'Claim', with: 'You are talking with Anna Adams', here: /Anna Adams from the help desk is here now/, reply: 'Which browser is it?', close: 'Close', reason: 'Reason or result (optional; the person reads it)', result: 'The role is entered', over: 'Your conversation with the help desk has ended', solved: 'Solved', thanks: /Good to hear/, rated: /says: solved/, queue: 'queue', summary: 'summary', day: 'The help desk today', empty: 'Nobody is waiting' },
};

let p: Playground;
beforeAll(async () => {
  process.env['OPERATORS'] = 'anna@example.com';
  p = await playground();
}, 120_000);
afterAll(() => p.stop(), 30_000);

const go = async (place: string): Promise<void> => {
  await p.page.getByText(place, { exact: true }).first().click();
  await p.page.waitForTimeout(900);
};

/** A new post in a channel, to the bot. The Playground sends nothing to a bot that is not mentioned. */
const post = async (text: string): Promise<void> => {
  await p.page.locator('[contenteditable=true]').first().click();
  await p.page.keyboard.type('@');
  await p.page.getByRole('menuitem', { name: 'VL Access' }).click();
  await p.page.keyboard.type(` ${text}`);
  await p.page.getByRole('button', { name: 'Post' }).click();
};

/** A reply in the newest thread. */
const reply = async (text: string): Promise<void> => {
  await p.page.locator('[contenteditable=true]').nth(1).click();
  await p.page.keyboard.type('@');
  await p.page.getByRole('menuitem', { name: 'VL Access' }).click();
  await p.page.keyboard.type(` ${text}`);
  await p.page.keyboard.press('Enter');
};

describe.each(['ja', 'en'] as const)('in %s', (lang) => {
  const w = WORDS[lang];

  test('a channel becomes the help desk, a person asks, and somebody answers in the same chat', async () => {
    await go('General');
    await post(w.use);
    await p.sees(w.connected);
    await go('Personal Chat');
    await p.type(w.person);
    await p.fill(w.about, w.question);
    await p.screenshot(`desk-${lang}-1-form`);
    await p.press(w.ask);
    await p.sees(w.next);
    await p.screenshot(`desk-${lang}-2-waiting`);
    await go('General');
    await p.sees(w.question);
    await p.screenshot(`desk-${lang}-3-briefing`);
    await p.press(w.claim);
    await p.page.waitForTimeout(800);
    await reply(w.reply);
    await p.page.waitForTimeout(800);
    await p.screenshot(`desk-${lang}-4-thread`);
    await go('Personal Chat');
    await p.sees(w.with);
    await p.sees(w.here);
    await p.sees(new RegExp(`Anna Adams: ${w.reply.replace('?', '\\?')}`));
    await p.type('Edge');
    await p.screenshot(`desk-${lang}-5-talk`);
  });

  test('closed with a result, rated, and back with the bot', async () => {
    await go('General');
    await p.sees('Anna Adams: Edge');
    await p.press(w.close);
    await p.fill(w.reason, w.result);
    await p.screenshot(`desk-${lang}-6-close`);
    await p.press(w.close);
    await p.page.waitForTimeout(800);
    await go('Personal Chat');
    await p.sees(w.over);
    await p.screenshot(`desk-${lang}-7-over`);
    await p.press(w.solved);
    await p.sees(w.thanks);
    await go('General');
    await p.sees(w.rated);
    await p.screenshot(`desk-${lang}-8-rated`);
    await post(w.queue);
    await p.sees(w.empty);
    await p.screenshot(`desk-${lang}-9-queue`);
    await post(w.summary);
    await p.sees(w.day);
    await p.screenshot(`desk-${lang}-10-summary`);
  });
});
