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

/** The cases that a text names; where it names two agreements or two clouds, neither is more the asker's. */
export function namedIn(text: string): Asker {
  let rest = tidy(text);
  const named = NAMES.flatMap(([form, one]) => {
    const without = rest.replaceAll(new RegExp(form.source, 'gu'), ' ');
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
