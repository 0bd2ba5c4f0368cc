import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';

/** Asks, when it is time, whether what was waited for is there. */
export function askedAgainCard(lang: Language, title: string): Card {
  const { guide, buttons } = TEXTS[lang];
  return messageCard(lang, {
    title,
    paragraphs: [guide.askedAgain],
    actions: [button(buttons.works, { verb: 'waited', isThere: true }, { style: 'positive' }), button(buttons.notYet, { verb: 'waited', isThere: false })],
  });
}
