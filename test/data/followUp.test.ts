import { expect, test } from '@jest/globals';
import { followUpOf } from '../../data/knowledge/followUp.ts';

test.each([
  ['英語で', { kind: 'inLanguage', language: 'en' }],
  ['英語でお願いします', { kind: 'inLanguage', language: 'en' }],
  ['in Japanese please', { kind: 'inLanguage', language: 'ja' }],
  ['それでも出ない', { kind: 'stillNot' }],
  ['まだ見えません。', { kind: 'stillNot' }],
  ['だめでした', { kind: 'stillNot' }],
  ["still doesn't work", { kind: 'stillNot' }],
  ["that didn't help", { kind: 'stillNot' }],
  ['tried that, no luck', { kind: 'stillNot' }],
  ['what about GCC High?', { kind: 'forCase', case: { cloud: 'gcchigh' } }],
  ['ＧＣＣ　Ｈｉｇｈ の場合は？', { kind: 'forCase', case: { cloud: 'gcchigh' } }],
  ['DoD は？', { kind: 'forCase', case: { cloud: 'dod' } }],
  ['EA だとどうなりますか', { kind: 'forCase', case: { agreement: 'ea' } }],
  ['EA 以外は？', { kind: 'forCase', case: { agreement: 'other' } }],
  ['and for Open Value?', { kind: 'forCase', case: { agreement: 'other' } }],
  ['じゃあ電話は？', { kind: 'about', what: '電話' }],
  ['what about the phone number?', { kind: 'about', what: 'the phone number' }],
])('%s', (typed, followUp) => {
  expect(followUpOf(typed)).toEqual(followUp);
});

test.each(['招待メールが来ない', 'who can give me a VL role?', 'VL のページが見つからない', 'hello', 'where do I sign in for GCC High?', 'ありがとう', 'I still have not received the welcome mail although the partner says that it was sent on Monday'])('says itself what it means: %s', (typed) => {
  expect(followUpOf(typed)).toBeUndefined();
});
