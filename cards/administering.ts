import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import type { Role } from '../data/model/role.ts';
import { ROLES } from '../data/model/role.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';
import { smallFormCard } from './smallForm.ts';

/** One person's roles on a contract, to change; `version`: see `standingOf`. */
export function userCard(lang: Language, user: { record: ContractRecord; personId: string; version: number; name: string; roles: readonly Role[]; until: string; problem?: string }): Card {
  const { user: words, roles, fields, buttons } = TEXTS[lang];
  const { id } = user.record.contract;
  const whose = { contract: id, person: user.personId };
  return smallFormCard(lang, {
    title: words.title(user.name),
    text: words.text(id),
    ...(user.problem === undefined ? {} : { problem: user.problem }),
    choices: [{ id: 'roles', label: fields.roles, isMulti: true, value: user.roles.join(','), options: ROLES.map((role) => ({ title: roles[role], value: role })) }],
    dates: [{ id: 'until', label: words.until, value: user.until }],
    actions: [
      button(buttons.sendCorrection, { verb: 'changeUser', ...whose, version: user.version }, { style: 'positive' }),
      button(words.removeAll, { verb: 'askRemovePerson', ...whose }, { inputs: false }),
      button(buttons.users, { verb: 'list', list: 'users', page: 0, contract: id }, { inputs: false }),
    ],
  });
}

/** Asks before all roles of a person on a contract are taken away. */
export function confirmRemovePersonCard(lang: Language, { contractId, personId, version, name, roles: some, isSelf }: { contractId: string; personId: string; version: number; name: string; roles: readonly Role[]; isSelf: boolean }): Card {
  const { user, users, roles, list, buttons } = TEXTS[lang];
  return messageCard(lang, {
    paragraphs: [user.askRemoveAll(name, contractId, list(some.map((role) => roles[role]))), ...(isSelf ? [users.askRemoveSelf] : [])],
    actions: [button(buttons.yes, { verb: 'removePerson', contract: contractId, person: personId, version }, { style: 'destructive' }), button(buttons.no, { verb: 'list', list: 'users', page: 0, contract: contractId })],
  });
}

/** Which contracts get the same people with the same roles (facts 95, 106). */
export function copyFormCard(lang: Language, { contractId, typed, problem }: { contractId: string; typed: string; problem?: string }): Card {
  const { copy, fields, buttons } = TEXTS[lang];
  return smallFormCard(lang, {
    title: copy.title(contractId),
    text: copy.text,
    ...(problem === undefined ? {} : { problem }),
    texts: [{ id: 'contractId', label: copy.target, hint: fields.contractIdHint, value: typed, isLong: true, required: fields.required }],
    actions: [button(copy.preview, { verb: 'copyRoles', contract: contractId }, { style: 'positive' }), button(buttons.users, { verb: 'list', list: 'users', page: 0, contract: contractId }, { inputs: false })],
  });
}

/** Who leaves. */
export function leaverFormCard(lang: Language, { typed, problem }: { typed: string; problem?: string }): Card {
  const { leaver, fields } = TEXTS[lang];
  return smallFormCard(lang, {
    title: leaver.title,
    text: leaver.text,
    ...(problem === undefined ? {} : { problem }),
    texts: [{ id: 'forMail', label: leaver.who, hint: 'name@company.com', value: typed, isLong: false, required: fields.required }],
    actions: [button(leaver.look, { verb: 'leaver' }, { style: 'positive' })],
  });
}

/** What somebody who leaves holds on the reader's contracts, and what there is to do (fact 102). */
export function leaverCard(lang: Language, { personId, version, name, held, isSelf, waiting }: { personId: string; version: number; name: string; held: { record: ContractRecord; roles: Role[]; isLast: boolean }[]; isSelf: boolean; waiting: string[] }): Card {
  const { leaver, users, roles, list } = TEXTS[lang];
  const lines = held.map(({ record, roles: some, isLast }) => `${record.contract.id} ${record.contract.name}: ${list(some.map((role) => roles[role]))}${isLast ? ` (${leaver.last})` : ''}`);
  return messageCard(lang, {
    title: leaver.of(name),
    paragraphs: [lines.join('\n'), ...(waiting.length > 0 ? [leaver.waiting(waiting)] : []), leaver.checklist(held.some(({ isLast }) => isLast)), ...(isSelf ? [users.askRemoveSelf] : [])],
    actions: [button(leaver.removeAll(held.length), { verb: 'removeLeaver', person: personId, version }, { style: 'destructive' }), button(TEXTS[lang].buttons.cancel, { verb: 'cancelForm', form: 'leaver' })],
  });
}

/** Until when somebody is away, and who stands in. */
export function awayCard(lang: Language, { isAway, until, deputyId, deputies, problem }: { isAway: boolean; until: string; deputyId: string; deputies: { id: string; name: string }[]; problem?: string }): Card {
  const { away } = TEXTS[lang];
  return smallFormCard(lang, {
    title: away.title,
    text: away.text,
    ...(problem === undefined ? {} : { problem }),
    dates: [{ id: 'until', label: away.until, value: until }],
    choices: [{ id: 'deputy', label: away.deputy, isMulti: false, value: deputyId === '' ? 'nobody' : deputyId, options: [{ title: away.nobody, value: 'nobody' }, ...deputies.map(({ id, name }) => ({ title: name, value: id }))] }],
    actions: [button(away.save, { verb: 'setAway' }, { style: 'positive' }), ...(isAway ? [button(away.back, { verb: 'backFromAway' }, { inputs: false })] : [])],
  });
}
