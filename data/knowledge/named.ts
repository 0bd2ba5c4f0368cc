import { tidy } from '../text/typed.ts';
import type { Asker } from './cases.ts';
import type { Case } from './entry.ts';

/** How people name a case, the narrower name before the one it contains. */
export const NAMES: readonly (readonly [RegExp, Case])[] = [
  [/gcc\s?-?high/u, { cloud: 'gcchigh' }],
  [/\bdod\b|国防総省|department of defense/u, { cloud: 'dod' }],
  [/商用|パブリック(?:クラウド)?|\bgcc\b|commercial|public cloud/u, { cloud: 'public' }],
  [/(?:ea|eas|enterprise agreement|エンタープライズ契約)(?:\s?\/\s?eas)?\s?(?:以外|ではない|じゃない|でない)|(?:not|without|non)[ -](?:an )?eas?\b|open value|オープン\s?バリュー|select plus|mpsa|open license/u, { agreement: 'other' }],
  [/\beas?\b|(?<![a-z])eas?(?![a-z])|エンタープライズ|enterprise agreement|enterprise subscription/u, { agreement: 'ea' }],
];

const everywhere = (names: typeof NAMES): typeof NAMES => names.map(([form, one]) => [new RegExp(form.source, 'gu'), one]);
const ALL = everywhere(NAMES);
const COMMON = everywhere(NAMES.filter(([, one]) => ('agreement' in one ? one.agreement === 'other' : one.cloud === 'public')));

/** The cases that a text names; where it names two agreements or two clouds, neither is more the asker's. */
export function namedIn(text: string): Asker {
  let rest = tidy(text);
  const named = ALL.flatMap(([form, one]) => {
    const without = rest.replaceAll(form, ' ');
    const isNamed = without !== rest;
    rest = without;
    return isNamed ? [one] : [];
  });
  const agreements = named.flatMap((one) => ('agreement' in one ? [one.agreement] : []));
  const clouds = named.flatMap((one) => ('cloud' in one ? [one.cloud] : []));
  return {
    ...(agreements.length === 0 ? {} : { agreement: agreements.length === 1 ? agreements[0] : undefined }),
    ...(clouds.length === 0 ? {} : { cloud: clouds.length === 1 ? clouds[0] : undefined }),
  };
}

/** Whether only the little words around a case are left. */
export function isLittle(rest: string): boolean {
  return rest.replaceAll(/\b(?:an?|the|our|ours|we['’]re|we|i['’]m|are|have|is|it|i|am|on|agreements?|contracts?|customers?|users?|cloud|by the way|btw|fyi|so)\b|契約|ユーザー|クラウド|うち|会社|当社|弊社|こちら|ちなみに|ですけど|ですが|です|ます|だけど|けど|なん|ほう|方|場合|[のでだがは]|\/|[\s、。,.?？!！()（）'’]/gu, '') === '';
}

/**
 * A question without what only says that the asker's case is the common one: `（EA じゃないです）`, `We're on MPSA.` That is no part
 * of what is asked; EA and the government clouds often are.
 */
export function withoutCase(text: string): string {
  const parts = text.normalize('NFKC').split(/(?<=[。!?\n])|(?<=\.\s)|(?=\()|(?<=\))/u);
  const kept = parts.filter((part) => !isOnlyCase(part)).join('');
  return /\p{L}/u.test(kept) ? kept : text;
}

function isOnlyCase(part: string): boolean {
  const said = part.toLowerCase().trim();
  const rest = COMMON.reduce((left, [form]) => left.replaceAll(form, ' '), said);
  return rest !== said && isLittle(rest);
}
