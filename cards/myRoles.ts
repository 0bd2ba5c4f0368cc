import type { Assignment } from '../data/model/assignment.ts';
import type { Language } from '../data/model/language.ts';
import type { ContractRecord } from '../data/model/record.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { listCard } from './list.ts';
import { messageCard } from './message.ts';

export interface MyRoles {
  contracts: { record: ContractRecord; assignments: Assignment[] }[];
  page: number;
}

/** A person's own roles, contract by contract. */
export function myRolesCard(lang: Language, { contracts, page }: MyRoles): Card {
  const { myRoles, buttons, roles, assignmentStates } = TEXTS[lang];
  const create = button(buttons.requestRole, { verb: 'command', command: 'requestRole' });
  if (contracts.length === 0) return messageCard(lang, { title: myRoles.title, paragraphs: [myRoles.empty], actions: [create] });
  return listCard(lang, {
    title: myRoles.title,
    page,
    turn: { list: 'myRoles' },
    rows: contracts.map(({ record, assignments }) => ({
      heading: `${record.contract.id} ${record.contract.name}`,
      lines: assignments.map((a) => `${roles[a.role]} · ${assignmentStates[a.state]}`),
    })),
    actions: [create],
  });
}
