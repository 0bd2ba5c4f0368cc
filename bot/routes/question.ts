import { answerCard } from '../../cards/answer.ts';
import { unknownCard } from '../../cards/unknown.ts';
import type { Entry } from '../../data/knowledge/entry.ts';
import type { Answering } from '../../data/knowledge/search.ts';
import { languageOf } from '../../data/text/typed.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { card } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';

/** The entry whose answer says how to reach a person. */
const PERSON_ENTRY = 'contact-support';
/** The entry about what Microsoft's support asks for. */
const SUPPORT_CASE_ENTRY = 'new-vl-profile';

/** Answers a question, or says that it does not know. */
export function onQuestion(house: House, turn: Turn, typed: string): Reply[] {
  const answering = search(house, turn, typed);
  if (answering.kind === 'sure') return [{ kind: 'card', ...answerReply(house, turn, entryOf(house, turn, answering.entry.id)) }];
  const near = answering.near.map(({ id }) => entryOf(house, turn, id));
  return [card(turn.words.unknown.title, unknownCard(turn.lang, near))];
}

/** Whether the knowledge base has an answer to it for sure. */
export function isAnswerable(house: House, turn: Turn, typed: string): boolean {
  return search(house, turn, typed).kind === 'sure';
}

/** Searched in the language of the question; answered in the one chosen. */
function search(house: House, turn: Turn, typed: string): Answering {
  return house.search.answer(typed, languageOf(typed) ?? turn.lang);
}

export function answerReply(house: House, turn: Turn, entry: Entry, more: { intro?: string; rated?: 'helpful' | 'notHelpful' } = {}): CardReply {
  const guide = entry.next?.kind === 'guide' ? house.guides.get(entry.next.guide) : undefined;
  return { title: entry.title, card: answerCard(turn.lang, { entry, ...more, ...(guide ? { guideTitle: guide.title[turn.lang] } : {}) }) };
}

/** How to reach a person. */
export function personReply(house: House, turn: Turn): Reply[] {
  return [{ kind: 'card', ...answerReply(house, turn, entryOf(house, turn, PERSON_ENTRY), { intro: turn.words.person.intro }) }];
}

/** What to have ready for Microsoft's support, and where to send it. */
export function supportCaseReply(house: House, turn: Turn): Reply[] {
  return [SUPPORT_CASE_ENTRY, PERSON_ENTRY].map((id) => ({ kind: 'card', ...answerReply(house, turn, entryOf(house, turn, id)) }));
}

function entryOf(house: House, turn: Turn, id: string): Entry {
  const entry = house.knowledge[turn.lang].get(id);
  if (!entry) throw new Error(`no knowledge entry ${id}`);
  return entry;
}
