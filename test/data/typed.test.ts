import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../data/model/command.ts';
import { normaliseContractId } from '../../data/model/ids.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import { TEXTS } from '../../data/text/index.ts';
import { commandOf, languageOf } from '../../data/text/typed.ts';

describe('commands', () => {
  test.each(LANGUAGES.flatMap((lang) => COMMANDS.flatMap((command) => TEXTS[lang].commands[command].map((word) => [word, command] as const))))('%s', (word, command) => {
    expect(commandOf(word)?.command).toBe(command);
    expect(commandOf(`  ${word.toUpperCase()}！`)?.command).toBe(command);
  });

  test.each([
    ['ｈｅｌｐ', 'help', ''], ['HELP!!', 'help', ''], ['ロールを申請。', 'requestRole', ''], ['Request  Role', 'requestRole', ''],
    ['users 12345678', 'users', '12345678'], ['users: U123-4567', 'users', 'u123-4567'], ['ユーザー一覧１２３４５６７８', 'users', '12345678'], ['ユーザー一覧　1234 5678', 'users', '1234 5678'],
    ['audit 12345678.', 'audit', '12345678'], ['request role 12345678', 'requestRole', '12345678'],
    ['登録したい', 'register', ''], ['ロールを申請したいです', 'requestRole', ''], ['日本語で', 'japanese', ''], ['I want to request a role', 'requestRole', ''], ['request role please', 'requestRole', ''], ['show my roles', 'myRoles', ''], ['キャンセルする', 'cancel', ''],
  ])('%s is %s with "%s"', (typed, command, rest) => {
    expect(commandOf(typed)).toEqual({ command, rest });
  });

  test.each(['how do I register', 'users cannot sign in', 'help me with the mail', '登録したのにメールが来ない', '契約一覧が見えない', 'end of contract', 'back to work', 'audit my licenses'])('%s is a question', (typed) => {
    expect(commandOf(typed)).toBeUndefined();
  });

  test('the words of the contract', () => {
    const words = {
      help: ['ヘルプ', 'help'], register: ['登録', 'register'], troubleshoot: ['トラブル', 'troubleshoot'], supportCase: ['サポート依頼', 'support case'], requestRole: ['ロールを申請', 'request role'],
      myRequests: ['自分の申請', 'my requests'], myRoles: ['自分のロール', 'my roles'], approvals: ['承認待ち', 'approvals'], assignRole: ['ロールを割り当て', 'assign role'], contracts: ['契約一覧', 'contracts'],
      users: ['ユーザー一覧', 'users'], audit: ['監査ログ', 'audit'], person: ['担当者', 'person'], end: ['終了', 'end'], cancel: ['キャンセル', 'cancel'], back: ['戻る', 'back'], restart: ['最初から', 'start over'],
      japanese: ['日本語'], english: ['English'],
    };
    for (const [command, said] of Object.entries(words)) for (const word of said) expect([word, commandOf(word)?.command]).toEqual([word, command]);
  });
});

test.each([
  ['招待メールが来ない', 'ja'], ['GCC High', undefined], ['GCC High はどこ', 'ja'], ['12345678', undefined], ['OK', undefined], ['help', 'en'], ['no', undefined],
  ['where do I sign in', 'en'], ['anna@example.com', undefined], ['https://admin.microsoft.com/adminportal/home', undefined], ['ＶＬ', undefined], ['', undefined], ['Wo melde ich mich an', 'en'],
])('the language of %j is %s', (typed, language) => {
  expect(languageOf(typed)).toBe(language);
});

test.each([
  ['12345678', '12345678'], ['１２３４ ５６７８', '12345678'], ['u-123-4567', 'U1234567'], [' 1234\u20135678\t', '12345678'], ['1234ー5678', '12345678'], ['1234−5678', '12345678'],
])('the contract ID %j is %s', (typed, id) => {
  expect(normaliseContractId(typed)).toBe(id);
});
