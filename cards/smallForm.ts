import type { Language } from '../data/model/language.ts';
import type { Button } from './actions.ts';
import type { Card } from './card.ts';
import { headline, layout, literal } from './card.ts';
import template from './smallForm.card.json' with { type: 'json' };

interface Field {
  id: string;
  label: string;
  value: string;
}

export interface SmallForm {
  title: string;
  /** What matters most, before the text. */
  lead?: string;
  text: string;
  problem?: string;
  /** `required`: what is said when it is left empty; empty: it may be. */
  texts?: (Field & { hint: string; isLong: boolean; required: string })[];
  choices?: (Field & { isMulti: boolean; options: { title: string; value: string }[] })[];
  dates?: Field[];
  actions: Button[];
}

const draw = layout(template);

/** A few inputs and their buttons. */
export function smallFormCard(lang: Language, { title, lead = '', text, problem = '', texts = [], choices = [], dates = [], actions }: SmallForm): Card {
  return draw({
    lang,
    title: headline(title),
    lead: literal(lead),
    text: literal(text),
    problem,
    texts,
    // A long list is what the card is about; a choice of one goes with the date.
    lists: choices.filter(({ isMulti }) => isMulti).map((choice) => ({ ...choice, style: 'expanded' })),
    choices: choices.filter(({ isMulti }) => !isMulti).map((choice) => ({ ...choice, style: 'compact' })),
    dates,
    actions,
  });
}
