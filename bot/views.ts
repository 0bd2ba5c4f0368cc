import type { RequestView } from '../cards/request.ts';
import type { Language } from '../data/model/language.ts';
import type { Person } from '../data/model/person.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { RoleRequest } from '../data/model/request.ts';
import type { PeopleStore } from '../data/ports.ts';
import { toApply } from '../data/operations/applyRoles.ts';
import { isAway } from '../data/operations/setAway.ts';
import { stageOf } from '../data/operations/settleNotices.ts';
import { shortOf } from '../data/privacy/pseudonym.ts';
import { administers, administratorsOf, decides, isParty, withdraws } from '../data/rules/rules.ts';
import { TEXTS } from '../data/text/index.ts';

/** Names for people's ids: the name Teams gave, else the sign-in mail. */
export async function namesOf(people: PeopleStore, { tenantId, lang }: { tenantId: string; lang: Language }, ids: string[]): Promise<NameOf> {
  const known = new Map<string, Person>();
  for (const id of new Set(ids)) {
    const person = await people.get(tenantId, id);
    if (person) known.set(id, person);
  }
  return (id, how) => {
    const person = known.get(id);
    if (!person) return TEXTS[lang].somebody;
    if (person.erasedAt !== undefined) return TEXTS[lang].erasedPerson(shortOf(person.id));
    if (person.name === undefined) return person.mail;
    return how === 'full' ? `${person.name} (${person.mail})` : person.name;
  };
}

/** `full` tells two people of one name apart, and is what the portal's search takes (fact 94). */
export type NameOf = (personId: string, how?: 'full') => string;

/** A request as this person may see it: what it means to them, and what the rules let them do. */
export async function requestViewFor(people: PeopleStore, lang: Language, person: Person, record: ContractRecord, request: RoleRequest, now: Date, isReminder = false): Promise<RequestView> {
  const by = request.decision?.by;
  const first = request.firstApproval?.by;
  const away = (await Promise.all(administratorsOf(record).map((id) => people.get(person.tenantId, id)))).filter((one) => one?.away?.deputyId === person.id && isAway(one, now));
  const nameOf = await namesOf(people, { tenantId: person.tenantId, lang }, [request.requesterId, request.beneficiaryId, ...[by, first].filter((id) => id !== undefined), ...away.flatMap((one) => (one ? [one.id] : []))]);
  const names = { requester: nameOf(request.requesterId, 'full'), beneficiary: nameOf(request.beneficiaryId, 'full'), decider: by === undefined ? '' : nameOf(by), first: first === undefined ? '' : nameOf(first) };
  const mayAdminister = administers(person, record) === undefined;
  const may = {
    decide: decides(person, record, request) === undefined,
    withdraw: withdraws(person, record, request) === undefined,
    apply: mayAdminister && request.state === 'approved' && toApply(record, request.beneficiaryId).some((a) => a.requestId === request.id),
  };
  const text = meaning(lang, person, record, request, { mayDecide: may.decide, requester: nameOf(request.requesterId), isReminder });
  const standsIn = may.decide && away.length > 0 ? ` ${TEXTS[lang].request.standsIn(away.map((one) => nameOf(one?.id ?? '')))}` : '';
  return { record, request, stage: stageOf(record, request), names, may, seesFirst: mayAdminister && !isParty(person.id, request), mail: (await people.get(person.tenantId, request.beneficiaryId))?.mail ?? '', text: `${text}${standsIn}` };
}

function meaning(lang: Language, person: Person, record: ContractRecord, request: RoleRequest, { mayDecide, requester, isReminder }: { mayDecide: boolean; requester: string; isReminder: boolean }): string {
  const words = TEXTS[lang].request;
  const stage = stageOf(record, request);
  if (stage === 'pending') {
    if (mayDecide) return isReminder ? words.stillWaits(requester) : words.decideText(requester);
    if (request.firstApproval?.by === person.id) return words.firstApproved;
    return person.id === request.requesterId ? sent(lang, record, request) : words.outcome.pending;
  }
  if (isParty(person.id, request)) return words.outcome[stage];
  if ((stage === 'approved' || stage === 'denied') && request.decision?.by === person.id) return words.decided[stage];
  return words.decidedByOther[stage];
}

/** How many may decide; and that none was reached, once that is known. */
function sent(lang: Language, record: ContractRecord, request: RoleRequest): string {
  const words = TEXTS[lang].request;
  const asked = request.notices.filter((n) => n.kind === 'decide');
  // Who of them is the person it is for is not told: that would name an administrator (fact 78).
  const count = administratorsOf(record).filter((id) => id !== request.requesterId).length;
  if (count === 0) return words.noDecider;
  return asked.length > 0 && asked.every((n) => n.unreachable) ? words.sentUnreached(count) : words.sent(count);
}
