import type { RequestView } from '../cards/request.ts';
import type { Language } from '../data/model/language.ts';
import type { Person } from '../data/model/person.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { RoleRequest } from '../data/model/request.ts';
import type { PeopleStore } from '../data/ports.ts';
import { decides, decidersOf, withdraws } from '../data/rules/rules.ts';
import { TEXTS } from '../data/text/index.ts';

/** Names for people's ids: the name Teams gave, else the sign-in mail. */
export async function namesOf(people: PeopleStore, lang: Language, ids: string[]): Promise<(personId: string) => string> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) {
    const person = await people.get(id);
    if (person) names.set(id, person.name ?? person.mail);
  }
  return (id) => names.get(id) ?? TEXTS[lang].somebody;
}

/** A request as this person may see it: what it means to them, and what the rules let them do. */
export async function requestViewFor(people: PeopleStore, lang: Language, person: Person, record: ContractRecord, request: RoleRequest): Promise<RequestView> {
  const by = request.decision?.by;
  const nameOf = await namesOf(people, lang, [request.requesterId, request.beneficiaryId, ...(by === undefined ? [] : [by])]);
  const names = { requester: nameOf(request.requesterId), beneficiary: nameOf(request.beneficiaryId), decider: by === undefined ? '' : nameOf(by) };
  const may = { decide: decides(person, record, request) === undefined, withdraw: withdraws(person, record, request) === undefined };
  return { record, request, names, may, text: meaning(lang, person, record, request, may.decide, names.requester) };
}

function meaning(lang: Language, person: Person, record: ContractRecord, request: RoleRequest, mayDecide: boolean, requester: string): string {
  const words = TEXTS[lang].request;
  const { state } = request;
  const isParty = person.id === request.requesterId || person.id === request.beneficiaryId;
  if (state === 'pending') {
    if (mayDecide) return words.decideText(requester);
    return person.id === request.requesterId ? words.sent(decidersOf(record, request).length) : words.outcome.pending;
  }
  if (isParty) return words.outcome[state];
  if (state !== 'withdrawn' && request.decision?.by === person.id) return words.decided[state];
  return words.decidedByOther[state];
}
