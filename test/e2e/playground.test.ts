import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Playground } from '../support/playground.ts';
import { playground } from '../support/playground.ts';

// What the issue promises a person, typed and pressed in Microsoft's local Teams. Screenshots are in .artefacts/.

let p: Playground;
beforeAll(async () => {
  p = await playground();
}, 120_000);
afterAll(() => p.stop(), 30_000);

test('the command says where to open it, and three things to try', () => {
  expect(p.printed()).toMatch(/Open http:\/\/127\.0\.0\.1:\d+\/ in a browser[\s\S]*1\. [\s\S]*2\. [\s\S]*3\. [\s\S]*Ctrl\+C stops both/);
  // Nobody on the network can be Anna.
  expect(p.listensOn()).toEqual(['127.0.0.1']);
});

describe('in Japanese', () => {
  test('asks', async () => {
    await p.type('招待メールが来ない');
    await p.sees(/まず迷惑メール/);
    await p.screenshot('ja-1-ask');
    await p.press('役に立った');
    await p.sees('ご回答ありがとうございます。');
    await p.type('GCC High はどこからサインイン?');
    await p.sees(/portal\.office365\.us|GCC High/);
    await p.type('今日の夕食は何がいい');
    await p.sees('お答えできない内容です');
    await p.screenshot('ja-2-unknown');
  });

  test('registers: pressed and typed, resumed after a kill', async () => {
    await p.type('登録');
    await p.sees(/ステップ 1\//);
    await p.press('いいえ、初めてです');
    await p.sees(/どの種類の契約/);
    await p.type('２');
    await p.sees(/どのクラウド/);
    await p.screenshot('ja-3-guide');
    await p.kill();
    await p.type('商用');
    await p.sees(/職場のアカウント/);
    await p.press('戻る');
    await p.sees(/どのクラウド/);
    await p.press('中止');
    await p.sees(/中止しました/);
  }, 120_000);

  test('troubleshoots', async () => {
    await p.type('トラブル');
    await p.sees('どのような状況ですか');
    await p.screenshot('ja-4-troubleshoot');
    await p.press('ボリューム ライセンスのページが見えない');
    await p.press('管理センターだが「課金」がない');
    await p.sees(/すべて表示/);
    await p.press('解決した');
    await p.sees(/表示されてよかったです/);
    await p.screenshot('ja-5-solved');
  });

  test('decides what is waiting', async () => {
    await p.type('承認待ち');
    await p.sees(/承認待ちの申請が 2 件/);
    await p.press('却下');
    await p.sees(/却下の理由をコメントに/);
    await p.fill('コメント', '共有フォルダーにあります。');
    await p.screenshot('ja-6-deny');
    await p.press('却下');
    await p.sees('却下しました。');
    await p.type('承認待ち');
    await p.sees(/承認待ちの申請が 1 件/);
  });

  test('requests, assigns and removes', async () => {
    await p.type('ロールを申請');
    await p.fill('コントラクト ID', '７１２３－４５６７');
    await p.tick('プロダクト キー閲覧者');
    await p.fill('理由', '検証機のライセンス認証のため');
    await p.press('申請する');
    // Once nobody was reached: it says so in the place of what it said at first.
    await p.sees(/まだこのボットを開いていません/);
    await p.screenshot('ja-7-sent');
    await p.press('取り下げ');
    await p.sees('この申請は取り下げ済みです。');
    await p.type('ロールを割り当て 40012345');
    await p.tick('特典閲覧者');
    await p.fill('対象者', 'cleo@example.com');
    await p.press('割り当てる');
    await p.sees(/Cleo Clark さんに、コントラクト 40012345 のロールを割り当てました/);
    await p.press('削除');
    await p.sees(/を削除しますか/);
    await p.press('はい');
    await p.sees(/を削除しました/);
  });

  test('on a narrow chat', async () => {
    await p.resize(620, 1000);
    await p.type('ユーザー一覧 40012345');
    await p.sees('コントラクト 40012345 のユーザー');
    await p.screenshot('ja-8-narrow-users');
    await p.type('ロールを申請');
    await p.sees('コントラクト ID');
    await p.screenshot('ja-9-narrow-form');
    await p.press('中止');
    await p.resize(1280, 1000);
  });
});

describe('in English', () => {
  test('asks', async () => {
    await p.type('who can give me a VL role?');
    await p.sees(/VL administrator|administrator/);
    await p.screenshot('en-1-ask');
    await p.type('what should I have for dinner');
    await p.sees('I do not know that');
    await p.press('Talk to a person');
    await p.sees(/No help desk is connected/);
    await p.screenshot('en-2-person');
  });

  test('requests a role: refused with the reason, sent, withdrawn', async () => {
    await p.type('request role');
    await p.fill('Contract ID', 'U７６５-４３２１');
    await p.tick('Product keys reader');
    await p.fill('Reason', 'I look after the **lab** machines.');
    await p.screenshot('en-3-form');
    await p.fill('Contract ID', '12');
    await p.press('Send request');
    await p.sees(/That is not a contract ID/);
    await p.screenshot('en-4-refused');
    await p.fill('Contract ID', '7123 4567');
    await p.press('Send request');
    await p.sees(/1 administrator of the contract may decide, but has not opened this bot yet/);
    await p.screenshot('en-5-sent');
    await p.type('my requests');
    await p.sees('My requests');
    await p.press('Withdraw');
    await p.sees(/Withdrawn$/);
    await p.type('request role');
    await p.fill('Contract ID', '55500001');
    await p.tick('Administrator');
    await p.fill('Reason', 'Everybody left.');
    await p.press('Send request');
    await p.sees(/VL support team for a new VL profile/);
    await p.press('Cancel');
  });

  test('troubleshoots, and decides what is left', async () => {
    await p.type('troubleshoot');
    await p.press('I don’t see the volume licensing page');
    await p.press('Not the admin center');
    await p.press('Solved');
    await p.sees(/Good to hear/);
    await p.type('approvals');
    await p.sees('1 request is waiting for your decision:');
    await p.fill('Comment', 'Welcome aboard.');
    await p.press('Approve');
    await p.sees(/^You approved this/);
    await p.screenshot('en-5b-approved');
  });

  test('is a plain user of a second contract and a stranger to a third', async () => {
    await p.type('my roles');
    await p.sees(/71234567/);
    await p.screenshot('en-6-my-roles');
    await p.type('users 71234567');
    await p.sees(/Only an administrator of this contract/);
    await p.type('users U7654321');
    await p.sees(/Only an administrator of this contract/);
  });

  test('assigns, sees who holds what, removes; the last administrator stays', async () => {
    await p.type('assign role 40012345');
    await p.tick('Benefits reader');
    await p.fill('For whom', 'a.very.long.name.of.somebody.new@subsidiary.example.co.jp');
    await p.press('Assign');
    await p.sees(/a\.very\.long\.name.*now has on contract 40012345/);
    await p.screenshot('en-7-assigned');
    await p.type('users');
    await p.sees('Users of contract 40012345');
    await p.press('Remove');
    await p.press('Yes');
    await p.sees(/^Removed:/);
    // The rows are in the order of the names: Anna first, then her own contract's other names.
    await p.type('users');
    await p.page.getByRole('button', { name: 'Remove', exact: true }).nth(-5).waitFor();
    await p.screenshot('en-8-users');
    await p.type('audit');
    await p.sees('Audit of contract 40012345');
    await p.screenshot('en-9-audit');
    await p.type('contracts');
    await p.sees('Contracts you administer');
    await p.type('register');
    await p.sees(/Step 1\//);
    await p.press('Yes, I have');
    await p.press('Next');
    await p.press('Yes');
    await p.sees(/You can now use the volume licensing pages/);
    await p.screenshot('en-10-registered');
  });
});

test('Ctrl+C stops both, and nothing is left listening', async () => {
  expect(await p.stop()).toBe(0);
}, 30_000);
