import { describe, expect, test } from '@jest/globals';
import { parseEntry } from '../../data/knowledge/load.ts';
import { isGrounded, sayings } from '../../data/knowledge/grounding.ts';

const front = (title: string): string => `---\ntitle: ${title}\nfacts: [1]\nsource: vl-sign-in\nfor: { agreements: all, people: [user] }\nquestions: [aaa, bbb, ccc]\nnext: command person\n---\n`;
const mail = parseEntry('a', 'en', `${front('The welcome email')}Look in the junk or spam folder for the welcome email from microsoft-noreply@microsoft.com. Choose "Use your account".\n\nEA/EAS: there is no invitation; the VL administrator grants access.\n`);
const phone = parseEntry('b', 'en', `${front('Phone')}Call VL support in Japan at 0120-737-565, or use https://admin.microsoft.com on weekdays.\n`);
const ja = parseEntry('c', 'ja', `${front('請求書')}請求書閲覧者（Invoice reader）ロールは、VL 管理者が付与します。\n`);
const both = [mail, phone];

describe('a sentence is shown when it is the entries’ own', () => {
  test.each([
    'Look in the junk folder for the welcome email. [1]',
    'Call VL support in Japan at 0120-737-565. [2]',
    'Use https://admin.microsoft.com on weekdays to call support in Japan. [2]',
    'Choose "Use your account" in the welcome email. [1]',
  ])('%s', (sentence) => expect(isGrounded(sentence, both)).toBe(true));

  test('Japanese', () => expect(isGrounded('請求書閲覧者ロールは VL 管理者が付与します。[1]', [ja])).toBe(true));
});

describe('not shown', () => {
  test.each([
    ['a number of another entry than the cited', 'Call VL support about the welcome email at 0120-737-565. [1]'],
    ['a number that no entry has', 'Look in the junk or spam folder for the welcome email within 4711 days. [1]'],
    ['a part of a number', 'Call VL support in Japan at 0120-737-56. [2]'],
    ['words of another entry than the cited', 'Call support in Japan on weekdays. [1]'],
    ['an address behind a citation', 'Look in the junk folder [1](http://10.20.30.40/x) for the welcome email.'],
    ['a number for a host', 'Look in the junk folder of http://93.18.21.34/ for the welcome email. [1]'],
    ['a bare number for a host', 'Look in the junk folder of 93.18.21.34 for the welcome email. [1]'],
    ['a host without a dot', 'Look in the junk folder at http://evil/login for the welcome email. [1]'],
    ['a host that looks like an allowed one', 'Use https://\u0430dmin.microsoft.com on weekdays to call support. [2]'],
    ['a host in another script', 'Look in the junk folder at https://вход.рф/ for the welcome email. [1]'],
    ['an allowed host without https', 'Use http://admin.microsoft.com on weekdays to call support. [2]'],
    ['another script', 'Смотрите папку junk welcome email. [1]'],
    ['a heading', '# Look in the junk folder for the welcome email [1]'],
    ['code', 'Look in the `junk folder` for the welcome email. [1]'],
    ['a right that was given', 'You have been granted access as VL administrator by the welcome email. [1]'],
    ['a right that is there already', 'You hold the VL administrator role of the welcome email. [1]'],
    ['an act of ours', 'We have added you in the junk folder of the welcome email. [1]'],
    ['a claim in quotes of its own', 'Look in the welcome email: "I have granted you access". [1]'],
    ['asking for a password', 'Look in the junk folder and send your password to microsoft-noreply@microsoft.com. [1]'],
    ['no citation', 'Look in the junk folder for the welcome email.'],
    ['somebody at an allowed host', 'Look in the junk folder for evil@admin.microsoft.com and the welcome email. [1]'],
    ['another path', 'Use https://admin.microsoft.com/evil on weekdays to call support in Japan. [2]'],
    ['another scheme', 'Look in the junk folder for the welcome email tel:555. [1]'],
    ['two digits of its own', 'Look in the junk folder for the welcome email within 99 hours. [1]'],
    ['the opposite', 'Do not look in the junk or spam folder for the email of support. [2]'],
    ['a product key', 'Choose "Use your account" in the welcome email VK7JG-NPHTM-C97JM-9MPGT-3V66T. [1]'],
    ['what nobody sees', 'Look in the junk\u202e folder for the welcome email. [1]'],
    ['bold', 'Look in the **junk** folder for the welcome email. [1]'],
    ['a strange citation', 'Look in the junk folder for the welcome email. [1] [-1]'],
    ['a citation of nothing', 'Look in the junk folder for the welcome email. [3]'],
  ])('%s', (_name, sentence) => expect(isGrounded(sentence, both)).toBe(false));

  test.each(['請求書閲覧者ロールを VL 管理者として付与しました。[1]', '請求書閲覧者ロールが付与されました。[1]', 'あなたは VL 管理者です。[1]', '私が請求書閲覧者ロールを付与します。[1]'])('%s', (sentence) =>
    expect(isGrounded(sentence, [ja])).toBe(false),
  );
});

test('what is said of one case stands under its name, the asker’s first', () => {
  expect(sayings(mail)).toMatch(/Look in[\s\S]*EA\/EAS: there is no invitation/);
  expect(sayings(mail, { agreement: 'ea' })).toMatch(/^The welcome email\nEA\/EAS: there is no invitation/);
});
