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

/** Everybody's roles on a contract: keep or remove, one by one; what is still to be looked at comes first. */
export function reviewCard(lang: Language, { record, nameOf, page, since, note }: Review): Card {
  const { news, roles, buttons, users } = TEXTS[lang];
  const { id } = record.contract;
  const isKept = (reviewedAt: string | undefined): boolean => reviewedAt !== undefined && reviewedAt >= since;
  const sorted = record.assignments.toSorted((a, b) => Number(isKept(a.reviewedAt)) - Number(isKept(b.reviewedAt)) || a.givenAt.localeCompare(b.givenAt));
  const left = record.assignments.filter((a) => !isKept(a.reviewedAt)).length;
  return listCard(lang, {
    title: news.reviewOf(id),
    note: note ?? { text: left === 0 ? news.reviewDone : news.reviewLeft(left), style: left === 0 ? 'good' : 'default' },
    page,
    turn: { list: 'review', contract: id },
    rows: sorted.map((a) => ({
      heading: nameOf(a.personId, 'full'),
      lines: [roles[a.role], ...(isKept(a.reviewedAt) ? [news.kept] : [])],
      time: `${users.since} ${day(a.givenAt)}`,
      below: isKept(a.reviewedAt)
        ? []
        : [button(news.keep, { verb: 'keep', contract: id, assignment: a.id, version: a.version }), button(buttons.remove, { verb: 'askRemove', contract: id, assignment: a.id, version: a.version })],
    })),
  });
}
