import type { Entry } from '../data/knowledge/entry.ts';
import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { gist } from './gist.ts';
import { messageCard } from './message.ts';

/** It is one of two or three: each with how its answer begins, so that the right one shows. */
export function didYouMeanCard(lang: Language, entries: Entry[]): Card {
  const { between, buttons } = TEXTS[lang];
  return messageCard(lang, {
    title: between.title,
    paragraphs: [between.text],
    groups: entries.map((entry) => ({ text: gist(entry), rows: [[button(entry.title, { verb: 'answer', entry: entry.id })]] })),
    actions: [button(buttons.person, { verb: 'command', command: 'person' })],
  });
}
