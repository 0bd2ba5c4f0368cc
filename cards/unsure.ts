import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { headline, when } from './card.ts';
import { messageCard } from './message.ts';

/** A message may have arrived or not: it is shown on demand, and never twice unasked. */
export function unsureCard(lang: Language, { ticket, n, side, name, at }: { ticket: string; n: number; side: 'person' | 'desk'; name: string; at: string }): Card {
  const { talk } = TEXTS[lang];
  return messageCard(lang, { title: talk.unsureTitle(headline(name)), groups: [{ text: `${when(at)} · ${talk.unsure}`, rows: [] }], paragraphs: [], actions: [button(talk.showMessage, { verb: 'showMessage', ticket, n, side })] });
}
