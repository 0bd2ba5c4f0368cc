import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';

export interface Symptoms {
  guides: { id: string; symptom: string }[];
  entries: { id: string; symptom: string }[];
}

/** Choose what you see; a guide or an answer follows. */
export function troubleshootCard(lang: Language, { guides, entries }: Symptoms): Card {
  const { troubleshoot, buttons } = TEXTS[lang];
  return messageCard(lang, {
    title: troubleshoot.title,
    paragraphs: [troubleshoot.text],
    groups: [
      {
        rows: [
          ...guides.map(({ id, symptom }) => [button(symptom, { verb: 'startGuide', guide: id })]),
          ...entries.map(({ id, symptom }) => [button(symptom, { verb: 'answer', entry: id })]),
        ],
      },
    ],
    actions: [button(buttons.person, { verb: 'command', command: 'person' })],
  });
}
