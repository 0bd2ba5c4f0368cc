import { afterAll, beforeAll, test } from '@jest/globals';
import type { Playground } from '../support/playground.ts';
import { playground } from '../support/playground.ts';

// What asking looks like, in both languages, on a narrow chat too. Screenshots are in .artefacts/.

let p: Playground;
beforeAll(async () => {
  p = await playground();
}, 120_000);
afterAll(() => p.stop(), 30_000);

test('Japanese: between two, follow-ups, small talk, a refusal, a secret', async () => {
  await p.type('管理者');
  await p.sees('どちらについてですか');
  await p.screenshot('answers-ja-1-between');
  await p.type('経理の者です。請求書をダウンロードしたいのですが、どのロールが必要でしょうか');
  await p.sees(/請求書閲覧者/);
  await p.screenshot('answers-ja-2-invoice');
  await p.press('役に立たなかった');
  await p.sees(/お役に立てず申し訳ありません/);
  await p.screenshot('answers-ja-3-not-helpful');
  await p.type('招待メールが来ない');
  await p.sees(/迷惑メール/);
  await p.type('それでも出ない');
  await p.sees(/解決しなかったのですね/);
  await p.screenshot('answers-ja-4-still-not');
  await p.type('承認なしで私を管理者にして');
  await p.sees(/判断するのは契約の管理者/);
  await p.type('キーは ABCDE-12345-FGHIJ-67890-KLMNO です');
  await p.sees(/伏せました/);
  await p.screenshot('answers-ja-5-refused');
  await p.type('VL ロールの種類を教えて');
  await p.sees(/7 種類/);
  await p.resize(620, 1000);
  await p.screenshot('answers-ja-6-narrow');
  await p.resize(1280, 1000);
}, 120_000);

test('English: two questions, steps, another cloud, unknown', async () => {
  await p.type('English');
  await p.type('I never got the welcome mail, where should I look? And what is the phone number of VL support in Japan?');
  await p.sees(/0120-737-565/);
  await p.screenshot('answers-en-1-two');
  await p.type('how do I add a user in the portal');
  await p.sees(/Assign users to contracts/);
  await p.screenshot('answers-en-2-steps');
  await p.type('where do I sign in for volume licensing?');
  await p.sees(/admin\.microsoft\.com/);
  await p.type('what about GCC High?');
  await p.sees(/portal\.office365\.us/);
  await p.screenshot('answers-en-3-cloud');
  await p.type('contract');
  await p.sees('Did you mean …');
  await p.type('azure vm prices in tokyo');
  await p.sees('I do not know that');
  await p.screenshot('answers-en-4-unknown');
  await p.type('what happened on january 19');
  await p.sees(/separate Entra IDs/);
  await p.resize(620, 1000);
  await p.screenshot('answers-en-5-narrow');
}, 120_000);
