import type { Chat } from '../model/chat.ts';
import type { Gap } from '../model/gap.ts';
import type { Person } from '../model/person.ts';
import type { Rating } from '../model/rating.ts';
import type { KindName, RecordOf } from '../store/kinds.ts';
import type { Cleaner } from './clean.ts';
import { cleanerFor } from './clean.ts';
import { erasedContract } from './erasedContract.ts';
import { erasedTicket } from './erasedTicket.ts';
import type { Traces } from './traces.ts';

/** A record without somebody: another one, the very same where there was nothing to erase, or undefined: it goes as a whole. */
export type Erase = <K extends KindName>(kind: K, record: RecordOf<K>) => RecordOf<K> | undefined;

/** How somebody is erased from each kind of record; `at`: now. */
export function eraserOf(traces: Traces, at: string): Erase {
  const cleaner = cleanerFor(traces);
  const erase: { [K in KindName]: (record: RecordOf<K>) => RecordOf<K> | undefined } = {
    people: (person) => erasedPerson(person, traces, cleaner, at),
    contracts: (record) => erasedContract(record, traces, cleaner, at),
    tickets: (ticket) => erasedTicket(ticket, traces, cleaner, at),
    helpDesks: (helpDesk) => cleaner.record(helpDesk),
    chats: (chat) => erasedChat(chat, traces, cleaner),
    ratings: (rating) => erasedRating(rating, traces, cleaner),
    gaps: (gap) => erasedGap(gap, cleaner),
  };
  return (kind, record) => erase[kind](record);
}

/** The id stays, which others name; everything that says who it was goes. */
function erasedPerson(person: Person, { person: erased, pseudonymMail }: Traces, cleaner: Cleaner, at: string): Person {
  const { version, id, tenantId, mail, away } = person;
  if (id === erased?.id) return mail === pseudonymMail ? person : { version, id, tenantId, mail: pseudonymMail, languageChosen: false, erasedAt: at };
  if (away === undefined || away.deputyId === undefined || away.deputyId !== erased?.id) return cleaner.record(person);
  return cleaner.record({ ...person, away: { until: away.until } });
}

function erasedChat(chat: Chat, { conversations }: Traces, cleaner: Cleaner): Chat | undefined {
  return conversations.includes(chat.conversationId) ? undefined : cleaner.record(chat);
}

/** That an answer helped, or did not, stays; the question goes. */
function erasedRating(rating: Rating, { person }: Traces, cleaner: Cleaner): Rating {
  const vote = person && rating.votes[person.id];
  return cleaner.record(person && vote && vote.question !== '' ? { ...rating, votes: { ...rating.votes, [person.id]: { ...vote, question: '' } } } : rating);
}

/** A question that names somebody is no question for others. */
function erasedGap(gap: Gap, cleaner: Cleaner): Gap | undefined {
  return cleaner.record(gap) === gap ? gap : undefined;
}
