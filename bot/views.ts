import type { RequestView } from '../cards/request.ts';
import type { Language } from '../data/model/language.ts';
import type { Person } from '../data/model/person.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { RoleRequest } from '../data/model/request.ts';
import type { PeopleStore } from '../data/ports.ts';
import { decides, decidersOf, isParty, withdraws } from '../data/rules/rules.ts';
import { TEXTS } from '../data/text/index.ts';

/** Names for people's ids: the name Teams gave, else the sign-in mail. */
export async function namesOf(people: PeopleStore, lang: Language, ids: string[]): Promise<NameOf> {
  const known = new Map<string, Person>();
  for (const id of new Set(ids)) {
    const person = await people.get(id);
    if (person) known.set(id, person);
  }
  return (id, how) => {
    const person = known.get(id);
    if (!person) return TEXTS[lang].somebody;
    if (person.name === undefined) return person.mail;
    return how === 'full' ? `${person.name} (${person.mail})` : person.name;
  };
}

/** `full` tells two people of one name apart, and is what the portal's search takes (fact 94). */
export type NameOf = (personId: string, how?: 'full') => string;

/** A request as this person may see it: what it means to them, and what the rules let them do. */
export async function requestViewFor(people: PeopleStore, lang: Language, person: Person, record: ContractRecord, request: RoleRequest): Promise<RequestView> {
  const by = request.decision?.by;
  const nameOf = await namesOf(people, lang, [request.requesterId, request.beneficiaryId, ...(by === undefined ? [] : [by])]);
  const names = { requester: nameOf(request.requesterId, 'full'), beneficiary: nameOf(request.beneficiaryId, 'full'), decider: by === undefined ? '' : nameOf(by) };
  const may = { decide: decides(person, record, request) === undefined, withdraw: withdraws(person, record, request) === undefined };
  return { record, request, names, may, text: meaning(lang, person, record, request, may.decide, nameOf(request.requesterId)) };
}

function meaning(lang: Language, person: Person, record: ContractRecord, request: RoleRequest, mayDecide: boolean, requester: string): string {
  const words = TEXTS[lang].request;
  const { state } = request;
  if (state === 'pending') {
    if (mayDecide) return words.decideText(requester);
    return person.id === request.requesterId ? sent(lang, record, request) : words.outcome.pending;
  }
  if (isParty(person.id, request)) return words.outcome[state];
  if (state !== 'withdrawn' && request.decision?.by === person.id) return words.decided[state];
  return words.decidedByOther[state];
}

/** How many may decide; and that none was reached, once that is known. */
function sent(lang: Language, record: ContractRecord, request: RoleRequest): string {
  const words = TEXTS[lang].request;
  const asked = request.notices.filter((n) => n.kind === 'decide');
  const count = decidersOf(record, request).length;
  if (count === 0) return words.noDecider;
  return asked.length > 0 && asked.every((n) => n.unreachable) ? words.sentUnreached(count) : words.sent(count);
}
