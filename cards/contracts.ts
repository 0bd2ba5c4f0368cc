import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { administratorsOf } from '../data/rules/rules.ts';
import { commandTitle, TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { listCard } from './list.ts';
import { messageCard } from './message.ts';

export interface Contracts {
  /** `tasks`: what is to be done in the portal. */
  records: { record: ContractRecord; tasks: number }[];
  /** Today, YYYY-MM-DD. */
  today: string;
  page: number;
  /** Asks for a contract instead of reporting. */
  choose?: boolean;
}

/** The contracts a person administers, with what needs attention. */
export function contractsCard(lang: Language, { records, today, page, choose }: Contracts): Card {
  const { contracts, users, buttons } = TEXTS[lang];
  if (records.length === 0) return messageCard(lang, { title: contracts.title, paragraphs: [contracts.empty] });
  return listCard(lang, {
    title: choose === true ? users.choose : contracts.title,
    page,
    turn: { list: 'contracts' },
    rows: records.map(({ record, tasks }) => {
      const { id, name, program, endDate } = record.contract;
      const pending = record.requests.filter((r) => r.state === 'pending').length;
      const people = new Set(record.assignments.map((a) => a.personId)).size;
      const end = endDate === undefined ? '' : ` · ${endDate < today ? contracts.ended : contracts.ends} ${endDate}`;
      return {
        heading: `${id} ${name}`,
        lines: [`${program}${end}`, [contracts.people(people), ...(pending > 0 ? [contracts.pending(pending)] : []), ...(tasks > 0 ? [contracts.unapplied(tasks)] : [])].join(' · ')],
        ...(administratorsOf(record).length === 1 ? { warning: contracts.sole } : {}),
        below: [
          button(buttons.users, { verb: 'list', list: 'users', page: 0, contract: id }),
          button(buttons.assignRole, { verb: 'assignForm', contractId: id }),
          ...(tasks > 0 ? [button(commandTitle(lang, 'toDo'), { verb: 'command', command: 'toDo' })] : []),
          button(buttons.history, { verb: 'list', list: 'audit', page: 0, contract: id }),
        ],
      };
    }),
  });
}
