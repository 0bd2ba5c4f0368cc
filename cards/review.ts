import type { Assignment } from '../data/model/assignment.ts';
import { standingOf } from '../data/operations/standing.ts';
import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { day } from './card.ts';
import type { List } from './list.ts';
import { listCard } from './list.ts';

export interface Review {
  record: ContractRecord;
  nameOf: (personId: string, how?: 'full') => string;
  page: number;
  /** What was said to stay since this instant is not asked again. */
  since: string;
  note?: List['note'];
}

/** Everybody's roles on a contract: keep or remove, person by person; who is still to be looked at comes first. */
export function reviewCard(lang: Language, { record, nameOf, page, since, note }: Review): Card {
  const { news, roles, buttons, users, list } = TEXTS[lang];
  const { id } = record.contract;
  const isKept = ({ reviewedAt }: Assignment): boolean => reviewedAt !== undefined && reviewedAt >= since;
  const people = [...new Set(record.assignments.map((a) => a.personId))].map((personId) => {
    const own = record.assignments.filter((a) => a.personId === personId);
    return { personId, own, isDone: own.every(isKept) };
  });
  const left = people.filter(({ isDone }) => !isDone).length;
  return listCard(lang, {
    title: news.reviewOf(id),
    note: note ?? { text: left === 0 ? news.reviewDone : news.reviewLeft(left), style: left === 0 ? 'good' : 'default' },
    page,
    turn: { list: 'review', contract: id },
    rows: people.toSorted((a, b) => Number(a.isDone) - Number(b.isDone)).map(({ personId, own, isDone }) => ({
      heading: nameOf(personId, 'full'),
      lines: [list(own.map((a) => roles[a.role])), ...(isDone ? [news.kept] : [])],
      time: `${users.since} ${day(own.map((a) => a.givenAt).toSorted()[0] ?? '')}`,
      below: isDone
        ? []
        : [button(news.keep, { verb: 'keep', contract: id, person: personId, version: standingOf(record, personId) }), button(buttons.remove, { verb: 'askRemovePerson', contract: id, person: personId })],
    })),
  });
}
