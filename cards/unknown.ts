import type { Entry } from '../data/knowledge/entry.ts';
import type { Language } from '../data/model/language.ts';
import { commandTitle, TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';

/** What the bot does not know it says; with the nearest topics, and a person. */
export function unknownCard(lang: Language, near: Entry[]): Card {
  const { unknown, buttons } = TEXTS[lang];
  const topics = near.map((entry) => [button(entry.title, { verb: 'answer', entry: entry.id })]);
  return messageCard(lang, {
    title: unknown.title,
    paragraphs: [unknown.text],
    groups: topics.length > 0 ? [{ heading: unknown.topics, rows: topics }] : [],
    actions: [button(buttons.person, { verb: 'command', command: 'person' }), button(commandTitle(lang, 'help'), { verb: 'command', command: 'help' })],
  });
}
