import { answerCard } from '../../cards/answer.ts';
import type { Asker } from '../../data/knowledge/cases.ts';
import type { Entry, NextStep } from '../../data/knowledge/entry.ts';
import type { Language } from '../../data/model/language.ts';
import { askerOf } from '../../data/operations/askerOf.ts';
import { chatOf } from '../chat.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';

/** The entry whose answer says how to reach a person. */
const PERSON_ENTRY = 'contact-support';

interface More {
  isBrief?: boolean;
  intro?: string;
  /** What else may have been meant. */
  also?: string;
  rated?: 'helpful' | 'notHelpful';
  /** Offered when the answer did not help; the entry's own neighbours by default. */
  instead?: string[];
  lang?: Language;
  /** The cases that the question names; they lead before the asker's own. */
  named?: Asker;
}

/** An entry as the card that answers with it, led by the asker's case. */
export async function answerReply(house: House, turn: Turn, id: string, more: More = {}): Promise<CardReply> {
  const { lang = turn.lang, instead, named, also, ...rest } = more;
  const asker = await askerOfTurn(house, turn, named);
  const entry = entryOf(house, lang, id);
  const nextTitle = titleOfNext(house, lang, entry.next);
  const related = (instead ?? entry.related).slice(0, 2).map((other) => entryOf(house, lang, other));
  return { title: entry.title, card: answerCard(lang, { entry, asker, related, ...rest, ...(also === undefined ? {} : { also: entryOf(house, lang, also) }), ...(nextTitle === undefined ? {} : { nextTitle }) }) };
}

export async function answerReplies(house: House, turn: Turn, ids: string[], more: More = {}): Promise<Reply[]> {
  return Promise.all(ids.map(async (id): Promise<Reply> => ({ kind: 'card', ...(await answerReply(house, turn, id, more)) })));
}

/** How to reach a person. */
export function personReply(house: House, turn: Turn): Promise<Reply[]> {
  return answerReplies(house, turn, [PERSON_ENTRY], { intro: turn.words.person.intro });
}

/** The entry in that language; ids are the same in all. Throws for an id that no entry has. */
export function entryOf(house: House, lang: Language, id: string): Entry {
  const entry = house.knowledge.entries[lang].get(id);
  if (!entry) throw new Error(`no knowledge entry ${id}`);
  return entry;
}

/**
 * The asker's case: what the question names, else what was said in a guide, else what the own contracts tell. The last two
 * only in the own chat: elsewhere the answer is not the asker's alone, and would tell of the asker's contracts.
 */
export async function askerOfTurn(house: House, turn: Turn, named: Asker = {}): Promise<Asker> {
  if (!turn.isPersonal) return named;
  const contracts = turn.person ? await askerOf(house.contracts, turn.person) : {};
  const { known } = await chatOf(house, turn);
  return { agreement: known.agreement ?? contracts.agreement, cloud: known.cloud ?? contracts.cloud, ...named };
}

function titleOfNext(house: House, lang: Language, next: NextStep): string | undefined {
  switch (next.kind) {
    case 'guide':
      return house.guides.get(next.guide)?.title[lang];
    case 'answer':
      return entryOf(house, lang, next.entry).title;
    case 'command':
      return undefined;
  }
}
