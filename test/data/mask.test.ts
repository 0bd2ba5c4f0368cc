import { describe, expect, test } from '@jest/globals';
import { mask, withoutPeople } from '../../data/text/mask.ts';

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
    'the record should look like MS=ms and digits',
  ])('nothing to hide: %s', (typed) => {
    expect(mask(typed)).toEqual({ text: typed, secrets: [] });
  });

  test('a long text of almost keys does not take for ever', () => {
    for (const almost of ['ABCDE-', 'password is ', 'BCDFG ', 'MS= ', 'パスワードは ']) expect(mask(almost.repeat(5000)).text).not.toBe('');
  });
});

test('a question is kept without the addresses and numbers of people, but with those of Microsoft', () => {
  expect(withoutPeople('taro.yamada@contoso.co.jp の契約 12345678 に microsoft-noreply@microsoft.com から')).toBe('[mail] の契約 [number] に microsoft-noreply@microsoft.com から');
});
