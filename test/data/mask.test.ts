import { describe, expect, test } from '@jest/globals';
import { mask, withoutPeople } from '../../data/text/mask.ts';

test.each(['T-MS3ABCDE', 'R-MS12WXYZ: I cannot sign in', 't-ms9k2f3q'])('the bot’s own numbers are no secrets: %s', (typed) => {
  expect(mask(typed)).toEqual({ text: typed, secrets: [] });
});

describe('secrets are taken out of what people type', () => {
  test.each([
    ['my key is ABCDE-12345-FGHIJ-67890-KLMNO ok?', 'my key is [***] ok?', ['productKey']],
    ['ＡＢＣＤＥ－１２３４５－ＦＧＨＩＪ－６７８９０－ＫＬＭＮＯ が通りません', '[***] が通りません', ['productKey']],
    ['abcde–12345–fghij–67890–klmno', '[***]', ['productKey']],
    ['key VK7JG NPHTM C97JM 9MPGT 3V66T fails', 'key [***] fails', ['productKey']],
    ['VK7JGNPHTMC97JM9MPGT3V66T', '[***]', ['productKey']],
    ['TXT は MS=ms12345678 です', 'TXT は MS=[***] です', ['domainValue']],
    ['password: hunter22 does not work', 'password: [***] does not work', ['password']],
    ['the password is S3cret!x and it fails', 'the password is [***] and it fails', ['password']],
    ['パスワードは Abcd1234 です', 'パスワードは [***] です', ['password']],
    ['パスワード：himitsu123', 'パスワード:[***]', ['password']],
    ['ABCDE_12345_FGHIJ_67890_KLMNO', '[***]', ['productKey']],
    ['ABCDE. 12345. FGHIJ. 67890. KLMNO', '[***]', ['productKey']],
    ['ABCDE--12345--FGHIJ--67890--KLMNO', '[***]', ['productKey']],
    ['VK7JG  NPHTM\nC97JM  9MPGT  3V66T', '[***]', ['productKey']],
    ['AB\u200bCDE-12\u00ad345-FGHIJ-67890-KLMNO', '[***]', ['productKey']],
    ['VK7JG-NPHTM C97JM-9MPGT 3V66T', '[***]', ['productKey']],
    ['mine VK7JG\nNPHTM\nC97JM\n9MPGT\n3V66T does not', 'mine [***] does not', ['productKey']],
    ['**VK7JG**-**NPHTM**-**C97JM**-**9MPGT**-**3V66T**', '**[***]**', ['productKey']],
    ['VK7JG&#45;NPHTM&#45;C97JM&#45;9MPGT&#45;3V66T', '[***]', ['productKey']],
    ['MS="msqaqa" はどこ', 'MS="[***]" はどこ', ['domainValue']],
    ['the record msqaqaqaq9', 'the record [***]', ['domainValue']],
    ['hunter22 is my password', '[***] is my password', ['password']],
    ['パスワード（hunterQA5）', 'パスワード[***]', ['password']],
    ['the password is now hunterQA6', 'the password is now [***]', ['password']],
    ['the value is ms12345678', 'the value is [***]', ['domainValue']],
    ['パスワード Abcd1234 で入れない', 'パスワード [***] で入れない', ['password']],
    ['パスワードは、Abcd1234', 'パスワードは、[***]', ['password']],
    ['パスワードは: Abcd1234', 'パスワードは: [***]', ['password']],
    ['ＰＷはＡｂｃｄ１２３４です', 'PWは[***]です', ['password']],
    ['パスワードを Abcd1234 にしました', 'パスワードを [***] にしました', ['password']],
    ['Abcd1234 というパスワードです', '[***] というパスワードです', ['password']],
    ['password hunter22 is refused', 'password [***] is refused', ['password']],
    ['password is: hunter', 'password is: [***]', ['password']],
    ['暗証番号は 4711 です', '暗証番号は [***] です', ['password']],
    ['PIN: 4711', 'PIN: [***]', ['password']],
    ['client secret: abcdefgh', 'client secret: [***]', ['password']],
    ['use sk-proj-abcdefghijklmnop1234', 'use [***]', ['password']],
    ['pw=qwerty, key AAAAA-BBBBB-CCCCC-DDDDD-EEEEE', 'pw=[***] key [***]', ['productKey', 'password']],
  ])('%s', (typed, text, secrets) => {
    expect(mask(typed)).toEqual({ text, secrets: expect.arrayContaining(secrets) });
  });

  test.each([
    'where do I see the product keys of contract 12345678?',
    'about which other sales teams could leave after april',
    'パスワードは何ですか',
    'パスワードを忘れました',
    'the password is wrong every time',
    'my password is not accepted.',
    'コントラクト ID 1234-5678-9012 が見えない',
    'パスワードは Microsoft 365 と同じですか',
    'パスワードが expired と出ます',
    'password expired, 3 times wrong',
    'the password is 8 characters long',
    'the spin is over there: where do I see product keys?',
    'about, which, other, sales, teams',
    'the record should look like MS=ms and digits',
  ])('nothing to hide: %s', (typed) => {
    expect(mask(typed)).toEqual({ text: typed, secrets: [] });
  });

  test('a long text of almost keys does not take for ever', () => {
    for (const almost of ['ABCDE-', 'password is ', 'BCDFG ', 'MS= ', 'パスワードは ']) expect(mask(almost.repeat(5000)).text).not.toBe('');
  });
});

test('a question is kept without the addresses and numbers of people, but with those of Microsoft', () => {
  expect(withoutPeople('<at>Hanako Sato</at> と ｔａｒｏ＠ｃｏｎｔｏｓｏ.co.jp、山田@contoso.jp、03-1234-5678、1234-5678、2026-01-19 から')).toBe('[name] と [mail]、[mail]、[number]、[number]、2026-01-19 から');
  expect(withoutPeople('taro.yamada@contoso.co.jp の契約 12345678 に microsoft-noreply@microsoft.com から')).toBe('[mail] の契約 [number] に microsoft-noreply@microsoft.com から');
});
