import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { when } from './card.ts';
import { listCard } from './list.ts';

const COMMENT_SHOWN = 200;

export interface Audit {
  record: ContractRecord;
  nameOf: (personId: string) => string;
  page: number;
}

/** What happened on a contract, newest first. */
export function auditCard(lang: Language, { record, nameOf, page }: Audit): Card {
  const { audit, roles, list, buttons } = TEXTS[lang];
  const { id } = record.contract;
  return listCard(lang, {
    title: audit.title(id),
    page,
    turn: { list: 'audit', contract: id },
    rows: record.events.toReversed().map(({ act }) => ({
      heading: audit.act(act, {
        forWhom: 'forId' in act && act.forId !== undefined ? nameOf(act.forId) : '',
        roles: 'roles' in act ? list(act.roles.map((role) => roles[role])) : 'role' in act && act.role !== undefined ? roles[act.role] : '',
      }),
      lines: [act.by === undefined ? audit.importer : nameOf(act.by), ...('comment' in act && act.comment !== '' ? [shortened(act.comment)] : [])],
      time: when(act.at),
    })),
    actions: [
      button(audit.csv, { verb: 'auditFile', contract: id, format: 'csv' }),
      button(audit.jsonl, { verb: 'auditFile', contract: id, format: 'jsonl' }),
      button(buttons.users, { verb: 'list', list: 'users', page: 0, contract: id }),
    ],
  });
}

/** A page of whole comments would be larger than Teams takes; the request's own card has it whole. */
function shortened(comment: string): string {
  return comment.length <= COMMENT_SHOWN ? comment : `${Array.from(comment).slice(0, COMMENT_SHOWN).join('')}…`;
}
