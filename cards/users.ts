import type { Assignment } from '../data/model/assignment.ts';
import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { administratorsOf } from '../data/rules/rules.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
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

/** Who holds which roles on a contract, person by person. */
export function usersCard(lang: Language, { record, nameOf, page, note }: Users): Card {
  const { users, user, roles, assignmentStates, buttons, copy, news, reconciliation } = TEXTS[lang];
  const { id } = record.contract;
  const sole = administratorsOf(record).length === 1 ? { text: users.sole, style: 'warning' as const } : undefined;
  const shownNote = note ?? sole;
  // Who gave it, and what the portal says.
  const from = (own: Assignment[]): string => [...new Set(own.flatMap((a) => [a.givenBy === undefined ? user.byImport : user.by(nameOf(a.givenBy)), ...(a.portalStatus === undefined ? [] : [user.portalStatuses[a.portalStatus]])]))].join(' · ');
  const removal = (personId: string, own: Assignment[]): Button => {
    const [only] = own;
    return only && own.length === 1 ? button(buttons.remove, { verb: 'askRemove', contract: id, assignment: only.id, version: only.version }) : button(buttons.remove, { verb: 'askRemovePerson', contract: id, person: personId });
  };
  const people = [...new Set(record.assignments.map((a) => a.personId))]
    .map((personId) => ({ personId, name: nameOf(personId), own: record.assignments.filter((a) => a.personId === personId) }))
    .toSorted((x, y) => x.name.localeCompare(y.name, lang));
  return listCard(lang, {
    title: users.title(id),
    ...(shownNote ? { note: shownNote } : {}),
    page,
    turn: { list: 'users', contract: id },
    rows: [
      ...people.map(({ personId, own }) => ({
        heading: nameOf(personId, 'full'),
        lines: [...own.map((a) => `${roles[a.role]} · ${assignmentStates[a.state]}${a.until === undefined ? '' : ` · ${user.until2(a.until)}`}`), from(own)],
        time: `${users.since} ${day(own.map((a) => a.givenAt).toSorted()[0] ?? '')}`,
        below: [button(user.change, { verb: 'openUser', contract: id, person: personId }), removal(personId, own)],
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
