import { cardOf, textOf } from '../../support/bot.ts';
import type { Sent } from './channel.ts';
import { shown } from './scenario.ts';
import { Wrong } from './talk.ts';

export type CardJson = Record<string, unknown>;

/** The card that took the place of the pressed one, in the body of the answer; or the sentence that was said instead. */
export function inPlace(answer: string): CardJson | string {
  return (JSON.parse(answer) as { value: CardJson | string }).value;
}

/** Each of these is one of the texts of the card, as a whole: a word of it may stand elsewhere too. */
export function expectTexts(card: CardJson | string, texts: string[]): void {
  const lacking = texts.find((text) => !textsOf(card).includes(text));
  if (lacking !== undefined) throw new Wrong(`lacks “${lacking}”: ${shown(card)}`);
}

/** Whether all of these stand on the card that was sent. */
export function hasAll({ body }: Sent, texts: string[]): boolean {
  const card = cardOf(body);
  return card !== undefined && texts.every((text) => textsOf(card).includes(text));
}

/** Whether the card at that activity was replaced by one with these texts. */
export function isChange(sent: Sent | undefined, activityId: string, texts: string[]): boolean {
  return sent?.method === 'PUT' && sent.activityId === activityId && hasAll(sent, texts);
}

function textsOf(card: CardJson | string): string[] {
  return typeof card === 'string' ? [card] : textOf(card).split('\n');
}
