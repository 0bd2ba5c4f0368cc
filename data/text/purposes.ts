import type { DeskChannel } from '../model/helpDesk.ts';
import { tidy } from './typed.ts';

const NAMED: readonly (readonly [RegExp, NonNullable<DeskChannel['only']>])[] = [
  [/regist|sign.?in|登録|サインイン/, 'registration'],
  [/role|contract|ロール|権限|契約/, 'roles'],
  [/japan|日本/, 'ja'],
  [/english|英語/, 'en'],
  [/other|その他|そのほか/, 'other'],
];

/** What a help desk's channel is for, as an operator says it; undefined for everything, `unknown` for what is not understood. */
export function purposeNamed(typed: string): DeskChannel['only'] | 'unknown' {
  const said = tidy(typed);
  return said === '' ? undefined : (NAMED.find(([words]) => words.test(said))?.[1] ?? 'unknown');
}
