import type { Assignment } from '../data/model/assignment.ts';
import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { RoleRequest } from '../data/model/request.ts';
import type { Role } from '../data/model/role.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { listCard, PAGE_LENGTH } from './list.ts';
import { messageCard } from './message.ts';

// What people are told when its time has come, without having asked.

interface OfPerson {
  record: ContractRecord;
  personId: string;
  roles: Role[];
  name: string;
}

/** To the person: the roles were entered in the portal; `time` is when they are usually visible. */
export function enteredCard(lang: Language, { record, roles }: Pick<OfPerson, 'record' | 'roles'>, time: string): Card {
  const { apply, roles: names, list } = TEXTS[lang];
  return messageCard(lang, { paragraphs: [apply.entered(record.contract.id, list(roles.map((role) => names[role])), time)] });
}

/** To the person: do the roles work that were entered until `at`? */
export function askWorksCard(lang: Language, { record, roles }: Pick<OfPerson, 'record' | 'roles'>, at: string): Card {
  const { apply, buttons, roles: names, list } = TEXTS[lang];
  const { id } = record.contract;
  return messageCard(lang, {
    paragraphs: [apply.ask(id, list(roles.map((role) => names[role])))],
    actions: [button(buttons.works, { verb: 'works', contract: id, works: true, at }, { style: 'positive' }), button(buttons.notYet, { verb: 'works', contract: id, works: false, at })],
  });
}

/** To the administrators: somebody says that it does not work yet. */
export function notYetCard(lang: Language, { record, roles, name }: OfPerson): Card {
  const { apply, buttons, roles: names, list } = TEXTS[lang];
  const { id } = record.contract;
  return messageCard(lang, { paragraphs: [apply.notYetTold(name, id, list(roles.map((role) => names[role])))], actions: [button(buttons.users, { verb: 'list', list: 'users', page: 0, contract: id })] });
}

/** To the administrators: a temporary role ends soon. */
export function endsSoonCard(lang: Language, { record, assignment, name }: { record: ContractRecord; assignment: Assignment; name: string }): Card {
  const { news, roles } = TEXTS[lang];
  const { id } = record.contract;
  const whose = { contract: id, assignment: assignment.id, version: assignment.version };
  return messageCard(lang, {
    paragraphs: [news.endsSoon(name, roles[assignment.role], id, assignment.until ?? '')],
    actions: ([30, 90, 365] as const).map((days) => button(news.renew(days), { verb: 'renew', ...whose, days })),
  });
}

/** To the person: the own temporary role ends soon. */
export function ownEndsSoonCard(lang: Language, { record, assignment }: { record: ContractRecord; assignment: Assignment }): Card {
  const { news, roles } = TEXTS[lang];
  return messageCard(lang, { paragraphs: [news.ownEndsSoon(roles[assignment.role], record.contract.id, assignment.until ?? '')] });
}

/** To the administrators: what ended by itself is to be removed in the portal. */
export function endedCard(lang: Language, { record, roles, name, leftovers }: OfPerson & { leftovers: string[] }): Card {
  const { news, toDo, roles: names, list } = TEXTS[lang];
  const { id } = record.contract;
  return messageCard(lang, {
    paragraphs: [news.ended(name, list(roles.map((role) => names[role])), id), TEXTS[lang].users.removeApply],
    actions: [button(toDo.removed, { verb: 'removedInPortal', contract: id, leftovers }, { style: 'positive' })],
  });
}

/** To a sole administrator: which contracts have no second one (facts 33, 79). */
export function soleCard(lang: Language, records: ContractRecord[]): Card {
  const { news } = TEXTS[lang];
  return listCard(lang, {
    title: news.soleTitle,
    note: { text: news.soleText, style: 'warning' },
    page: 0,
    turn: { list: 'contracts' },
    rows: records.slice(0, PAGE_LENGTH).map(({ contract }) => ({ heading: `${contract.id} ${contract.name}`, below: [button(news.addSecond, { verb: 'assignForm', contractId: contract.id, administrator: true })] })),
  });
}

/** To the administrators: the roles of a contract are to be looked through. */
export function reviewDueCard(lang: Language, record: ContractRecord): Card {
  const { news } = TEXTS[lang];
  const { id, name, endDate } = record.contract;
  return messageCard(lang, {
    title: news.reviewTitle,
    paragraphs: [news.reviewText(`${id} ${name}`, endDate)],
    actions: [button(news.reviewStart, { verb: 'list', list: 'review', page: 0, contract: id }, { style: 'positive' })],
  });
}

/** To the operators, who have no right on a contract: that a request waits for people who do not come, and no more of it. */
export function undecidedCard(lang: Language, { record, request, administrators, isUnreached }: { record: ContractRecord; request: RoleRequest; administrators: string[]; isUnreached: boolean }): Card {
  const { news } = TEXTS[lang];
  return messageCard(lang, { title: news.undecidedTitle(request.id), paragraphs: [isUnreached ? news.unreached(record.contract.id) : news.undecided(record.contract.id), news.administrators(administrators)] });
}
