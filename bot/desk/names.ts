import type { DeskChannel } from '../../data/model/helpDesk.ts';
import type { Language } from '../../data/model/language.ts';
import { TEXTS } from '../../data/text/index.ts';

/** What a channel is for, in words. */
export function purposeOf(lang: Language, only: DeskChannel['only']): string {
  const { desk } = TEXTS[lang];
  if (only === undefined) return desk.everything;
  return only === 'ja' || only === 'en' ? desk.languages[only] : desk.subjects[only];
}

/** A channel as people choose it: its name and what it is for. */
export function nameOfChannel(lang: Language, { name, only }: DeskChannel): string {
  const purpose = purposeOf(lang, only);
  return name === '' ? purpose : `${name} (${purpose})`;
}
