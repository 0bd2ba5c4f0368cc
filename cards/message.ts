import type { Language } from '../data/model/language.ts';
import type { Button } from './actions.ts';
import type { Card } from './card.ts';
import { headline, layout, literal } from './card.ts';
import template from './message.card.json' with { type: 'json' };

export interface ButtonGroup {
  heading?: string;
  text?: string;
  /** One row of buttons each; what does not fit wraps. */
  rows: Button[][];
}

export interface Message {
  title?: string;
  paragraphs: string[];
  groups?: ButtonGroup[];
  actions?: Button[];
}

const draw = layout(template);

/** A few sentences with buttons: refusals, empty states, the help, a choice. */
export function messageCard(lang: Language, message: Message): Card {
  return draw({
    lang,
    title: headline(message.title ?? ''),
    paragraphs: message.paragraphs.map((text) => ({ text: literal(text) })),
    groups: (message.groups ?? []).map((group) => ({
      heading: group.heading ?? '',
      text: group.text ?? '',
      rows: group.rows.map((actions) => ({ actions })),
    })),
    actions: message.actions ?? [],
  });
}
