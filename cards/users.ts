import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { administratorsOf } from '../data/rules/rules.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { day } from './card.ts';
import type { List } from './list.ts';
import { listCard } from './list.ts';

export interface Users {
  record: ContractRecord;
  nameOf: (personId: string, how?: 'full') => string;
  page: number;
  note?: List['note'];
}

/** Who holds which role on a contract, person by person; one row a role, so that each can be removed. */
export function usersCard(lang: Language, { record, nameOf, page, note }: Users): Card {
  const { users, user, roles, assignmentStates, buttons, copy, news, reconciliation } = TEXTS[lang];
  const { id } = record.contract;
  const sole = administratorsOf(record).length === 1 ? { text: users.sole, style: 'warning' as const } : undefined;
  const shownNote = note ?? sole;
  const rows = record.assignments
    .map((a) => ({ a, name: nameOf(a.personId), full: nameOf(a.personId, 'full') }))
    .toSorted((x, y) => x.name.localeCompare(y.name, lang) || x.a.givenAt.localeCompare(y.a.givenAt));
  return listCard(lang, {
    title: users.title(id),
    ...(shownNote ? { note: shownNote } : {}),
    page,
    turn: { list: 'users', contract: id },
    rows: [
      ...rows.map(({ a, full }, i) => ({
        heading: full,
        lines: [
          `${roles[a.role]} · ${assignmentStates[a.state]}${a.until === undefined ? '' : ` · ${user.until2(a.until)}`}`,
          [a.givenBy === undefined ? user.byImport : user.by(nameOf(a.givenBy)), ...(a.portalStatus === undefined ? [] : [user.portalStatuses[a.portalStatus]])].join(' · '),
        ],
        time: `${users.since} ${day(a.givenAt)}`,
        side: [button(buttons.remove, { verb: 'askRemove', contract: id, assignment: a.id, version: a.version })],
        below: rows.findIndex((other) => other.a.personId === a.personId) === i ? [button(user.change, { verb: 'openUser', contract: id, person: a.personId })] : [],
      })),
      ...record.inherited.filter((personId) => !record.assignments.some((a) => a.personId === personId && a.role === 'administrator')).map((personId) => ({ heading: nameOf(personId, 'full'), lines: [`${roles.administrator} · ${user.inherited}`] })),
      // Teams takes five buttons below a card.
      {
        heading: users.whole,
        below: [
          button(copy.button, { verb: 'copyForm', contract: id }),
          button(news.review, { verb: 'list', list: 'review', page: 0, contract: id }),
          ...(record.reconciliation ? [button(reconciliation.open, { verb: 'list', list: 'reconciliation', page: 0, contract: id })] : []),
        ],
      },
    ],
    actions: [
      button(buttons.assignRole, { verb: 'assignForm', contractId: id }, { style: 'positive' }),
      button(buttons.history, { verb: 'list', list: 'audit', page: 0, contract: id }),
    ],
  });
}
