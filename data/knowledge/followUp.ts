import type { Language } from '../model/language.ts';
import { tidy } from '../text/typed.ts';
import type { Case } from './entry.ts';
import { isLittle, NAMES } from './named.ts';

/** What is only understood together with the answer before it. */
export type FollowUp =
  /** The same answer in that language. */
  | { kind: 'inLanguage'; language: Language }
  /** It was tried, and did not help. */
  | { kind: 'stillNot' }
  /** The same question for another case. */
  | { kind: 'forCase'; case: Case }
  /** The same question about something else. */
  | { kind: 'about'; what: string };

const LANGUAGE: readonly (readonly [Language, RegExp])[] = [
  ['en', /^(?:(?:今の|それ|これ|さっきの)?(?:を|の答えを)?英語(?:で|版|にして|に訳して)(?:も)?(?:お願いします|ください|教えて|見せて|見たい)?|(?:can i have (?:it|that) |the same |say (?:it|that) |and )?in english(?: please)?)$/u],
  ['ja', /^(?:(?:今の|それ|これ|さっきの)?(?:を|の答えを)?日本語(?:で|版|にして|に訳して)(?:も)?(?:お願いします|ください|教えて|見せて|見たい)?|(?:can i have (?:it|that) |the same |say (?:it|that) |and )?in japanese(?: please)?)$/u],
];

const STILL = /^(?:(?:それ|これ)でも|まだ|やっぱり|やはり|でも|試したけど|やってみたけど|言われた通りにしたけど|still|but (?:it )?still|it still|that still|yet|nope|no,? |tried (?:that|it|this|all)|i tried)/u;
const NOT_HELPED =
  /(?:出ない|出ません|出てこない|だめ|ダメ|駄目|無理|できない|できません|できなかった|見えない|見えません|表示されない|入れない|入れません|変わらない|変わりません|同じ|直らない|直りません|解決しない|解決しません|うまくいかない|うまくいきません|ない|doesn'?t (?:work|show|help|appear)|does not (?:work|show|help|appear)|didn'?t (?:work|help)|did not (?:work|help)|not (?:working|there|showing|visible|helping|fixed|solved)|nothing|no luck|no change|same (?:error|problem|thing|issue)|can'?t|cannot|won'?t|fails?|failed)/u;
const NOT_HELPED_ALONE = /^(?:だめ|ダメ|駄目|だめでした|ダメでした|できませんでした|できなかった|変わりません|変わらない|直らない|直りません|解決しない|解決しません|うまくいかない|うまくいきません(?:でした)?|(?:that |it |this )?(?:didn'?t|did not|doesn'?t|does not) (?:work|help)|no luck|not working|same (?:error|problem|thing|issue))$/u;
const SHORT = 40;

const ABOUT = /^(?:(?:and|so|but|ok|then),? )*(?:what about|how about|what if (?:it'?s|i'?m on|we'?re on|we have)|and (?:for|with|on|in|if (?:it'?s|we'?re on))|for|on|with) (?<what>.+)$|^(?:じゃあ?|では|それなら|ちなみに)、?(?<after>.+?)(?:は|だと|の場合(?:は)?|でも同じ|なら|だったら)?$|^(?<before>.+?)(?:(?:の場合は?|だと|なら|だったら|は)(?:どう(?:なる|なりますか|ですか|なの)?)?|でも同じ)$/u;

/** Whether something typed leans on the answer before it, and how. Longer messages say themselves what they mean. */
export function followUpOf(typed: string): FollowUp | undefined {
  const said = tidy(typed);
  if (said.length > SHORT) return undefined;
  for (const [language, form] of LANGUAGE) if (form.test(said)) return { kind: 'inLanguage', language };
  if (NOT_HELPED_ALONE.test(said) || (STILL.test(said) && NOT_HELPED.test(said))) return { kind: 'stillNot' };
  const about = ABOUT.exec(said)?.groups;
  const what = (about?.['what'] ?? about?.['after'] ?? about?.['before'] ?? said).trim();
  for (const [form, one] of NAMES) if (form.test(what) && isLittle(what.replace(form, ''))) return { kind: 'forCase', case: one };
  const leans = about?.['what'] ?? about?.['after'];
  return leans === undefined ? undefined : { kind: 'about', what: leans.trim() };
}

/** What a message says besides that something still does not work; a question of its own has something left. */
export function newIn(typed: string): string {
  return tidy(typed).replace(STILL, '').replaceAll(new RegExp(NOT_HELPED, 'gu'), '').replaceAll(/\b(?:there|here|it|that|this|these|them|anything|at|all|me|the|my|for|on|in|to|do|see|showing|happens)\b/gu, '').replaceAll(/[\s、,。.!?？]|^(?:ん|ま)?(?:です|でした)|は|が|を|に|も|で|の/gu, '');
}
