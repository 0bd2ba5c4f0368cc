import { describe, expect, test } from '@jest/globals';
import { decide } from '../../dialogs/decide.ts';
import { valueOf } from '../../dialogs/slots.ts';

/** Monday 23 November 2026, 15:00 in Tokyo. */
const now = new Date('2026-11-23T06:00:00.000Z');
const tokyo = { now, timeZone: 'Asia/Tokyo' };

describe('what was typed, in the form it is kept in', () => {
  test.each([
    ['signInId', 'Taro.Yamada@Contoso.co.jp です', 'taro.yamada@contoso.co.jp'],
    ['signInId', 'ｔａｒｏ＠ｃｏｎｔｏｓｏ．ｃｏ．ｊｐ', 'taro@contoso.co.jp'],
    ['signInId', 'taro', undefined],
    ['contractId', '１２３４－５６７８', '12345678'],
    ['contractId', '契約番号は 12345678 です', '12345678'],
    ['contractId', 'わかりません', undefined],
    ['contractId', 'it is 12345678 or 87654321', undefined],
    ['domain', 'https://www.Contoso.co.jp/path', 'contoso.co.jp'],
    ['domain', 'taro@contoso.com', 'contoso.com'],
    ['domain', '日本語.jp', 'xn--wgv71a119e.jp'],
    ['domain', '127.0.0.1', undefined],
    ['domain', 'localhost', undefined],
    ['domain', 'a..b', undefined],
    ['problem', '  \u200b ', undefined],
    ['phone', '番号は ０３－１２３４－５６７８ です', '03-1234-5678'],
    ['phone', '+81 (3) 1234 5678', '+81 (3) 1234 5678'],
    ['phone', '110', undefined],
    ['contractId', '2026-11-23', undefined],
    ['contractId', '03-1234-5678', undefined],
    ['signInId', 'taro@contoso.co.jp@evil.example', undefined],
    ['signInId', 'a/../../x@contoso.com', undefined],
    ['signInId', 'a@10.0.0.1', undefined],
  ] as const)('%s: %s', (slot, typed, value) => {
    expect(valueOf(slot, typed, tokyo)).toBe(value);
  });

  test.each([
    ['さっき', '2026-11-23T06:00:00.000Z'], ['now', '2026-11-23T06:00:00.000Z'],
    ['30分前', '2026-11-23T05:30:00.000Z'], ['２時間ほど前', '2026-11-23T04:00:00.000Z'], ['about 3 hours ago', '2026-11-23T03:00:00.000Z'], ['an hour ago', '2026-11-23T05:00:00.000Z'], ['half an hour ago', '2026-11-23T05:30:00.000Z'], ['2 days ago', '2026-11-21T06:00:00.000Z'],
    ['14:30', '2026-11-23T05:30:00.000Z'], ['午後2時半', '2026-11-23T05:30:00.000Z'], ['2pm', '2026-11-23T05:00:00.000Z'], ['16:00', '2026-11-22T07:00:00.000Z'],
    ['昨日の9時', '2026-11-22T00:00:00.000Z'], ['yesterday at 9:15', '2026-11-22T00:15:00.000Z'], ['昨日', '2026-11-22T03:00:00.000Z'], ['今朝', '2026-11-23T03:00:00.000Z'], ['today', '2026-11-23T03:00:00.000Z'],
    ['11/20 10:00', '2026-11-20T01:00:00.000Z'], ['2026-11-20 10:00', '2026-11-20T01:00:00.000Z'], ['11月20日', '2026-11-20T03:00:00.000Z'], ['12/24', '2025-12-24T03:00:00.000Z'],
    ['2時間半前', '2026-11-23T03:30:00.000Z'], ['2時間以上前', '2026-11-23T04:00:00.000Z'], ['もう3時間たちました', '2026-11-23T03:00:00.000Z'], ['三時間前', '2026-11-23T03:00:00.000Z'], ['two hours ago', '2026-11-23T04:00:00.000Z'],
    ['1000 hours ago', '2026-10-12T14:00:00.000Z'], ['13/45', undefined], ['0/0', undefined], ['2/30', undefined], ['99:30', undefined],
    ['some time', undefined], ['2027-01-01', undefined], ['明日', undefined], ['25:99', undefined],
  ])('when: %s', (typed, value) => {
    expect(valueOf('since', typed, tokyo)).toBe(value);
  });

  test('a wall clock is that of the person’s place, in summer too', () => {
    const summer = { now: new Date('2026-07-01T15:00:00.000Z'), timeZone: 'Europe/London' };
    expect(valueOf('since', '10:00', summer)).toBe('2026-07-01T09:00:00.000Z');
    expect(valueOf('since', '10:00', { ...summer, timeZone: 'Asia/Tokyo' })).toBe('2026-07-01T01:00:00.000Z');
  });
});

describe('a mail is genuine when sender and subject both are', () => {
  const from = 'microsoft-noreply@microsoft.com';
  test.each([
    [from, 'Action required: Sign in to manage your volume licensing assets', 'welcome'],
    [`Microsoft <${from}>`, 'アクションが必要: サインインしてボリューム ライセンス資産を管理する', 'welcome'],
    [from, 'RE: Permission changes for Microsoft Volume Licensing contracts', 'ea'],
    [from, '登録に成功しました: Microsoft 管理センターへようこそ', 'confirmation'],
    [from, 'Action Required: Ensure Correct Account Access by January 19th, 2026.', 'at-risk'],
    ['noreply@micros0ft.com', 'Action required: Sign in to manage your volume licensing assets', 'suspicious'],
    ['microsoft-noreply@microsoft.com.evil.example', 'Action required: Sign in to manage your volume licensing assets', 'suspicious'],
    [from, 'You have won', 'suspicious'],
    [`${from} <evil@phish.example>`, 'Action required: Sign in to manage your volume licensing assets', 'suspicious'],
    [`"${from}" <evil@phish.example>`, 'Permission changes for Microsoft Volume Licensing contracts', 'suspicious'],
    ['vlsc@microsoft.com <evil@phish.example>', 'Volume Licensing Service Center: invitation', 'suspicious'],
    ['vlsc@microsoft.com', 'Volume Licensing Service Center: invitation', 'vlsc'],
    ['vlsc@evil.example', 'Volume Licensing Service Center: invitation', 'suspicious'],
  ])('%s, %s', (sender, subject, finding) => {
    expect(decide('mail', { sender, subject }, now)).toBe(finding);
  });
});

test.each([['2026-11-23T04:00:00.001Z', 'within-2h'], ['2026-11-23T04:00:00.000Z', 'within-10h'], ['2026-11-22T20:00:00.001Z', 'within-10h'], ['2026-11-22T20:00:00.000Z', 'overdue']])('waiting since %s: %s', (since, finding) => {
  expect(decide('waiting', { since }, now)).toBe(finding);
});
