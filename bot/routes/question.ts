import { answerCard } from '../../cards/answer.ts';
import { unknownCard } from '../../cards/unknown.ts';
import type { Entry, NextStep } from '../../data/knowledge/entry.ts';
import { languageOf } from '../../data/text/typed.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { card } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';

/** The entry whose answer says how to reach a person. */
const PERSON_ENTRY = 'contact-support';

/** Answers a question, or says that it does not know. Searched in the language of the question, answered in the one chosen. */
export function onQuestion(house: House, turn: Turn, typed: string): { isSure: boolean; replies: Reply[] } {
  const answering = house.search.answer(typed, languageOf(typed) ?? turn.lang);
  if (answering.kind === 'sure') return { isSure: true, replies: [{ kind: 'card', ...answerReply(house, turn, entryOf(house, turn, answering.entry.id)) }] };
  const near = answering.near.map(({ id }) => entryOf(house, turn, id));
  return { isSure: false, replies: [card(turn.words.unknown.title, unknownCard(turn.lang, near))] };
}

export function answerReply(house: House, turn: Turn, entry: Entry, more: { intro?: string; rated?: 'helpful' | 'notHelpful' } = {}): CardReply {
  const nextTitle = titleOfNext(house, turn, entry.next);
  const related = entry.related.map((id) => entryOf(house, turn, id));
  return { title: entry.title, card: answerCard(turn.lang, { entry, related, ...more, ...(nextTitle === undefined ? {} : { nextTitle }) }) };
}

/** How to reach a person. */
export function personReply(house: House, turn: Turn): Reply[] {
  return [{ kind: 'card', ...answerReply(house, turn, entryOf(house, turn, PERSON_ENTRY), { intro: turn.words.person.intro }) }];
}

/** What to have ready for Microsoft's support, and where to send it. */
export function supportCaseReply(house: House, turn: Turn): Reply[] {
  return [{ kind: 'card', ...answerReply(house, turn, entryOf(house, turn, PERSON_ENTRY), { intro: turn.words.person.haveReady }) }];
}

function titleOfNext(house: House, turn: Turn, next: NextStep): string | undefined {
  switch (next.kind) {
    case 'guide':
      return house.guides.get(next.guide)?.title[turn.lang];
    case 'answer':
      return entryOf(house, turn, next.entry).title;
    case 'command':
      return undefined;
  }
}

function entryOf(house: House, turn: Turn, id: string): Entry {
  const entry = house.knowledge[turn.lang].get(id);
  if (!entry) throw new Error(`no knowledge entry ${id}`);
  return entry;
}
