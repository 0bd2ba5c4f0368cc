import type { Assignment } from '../data/model/assignment.ts';
import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';

export interface Removal {
  contractId: string;
  assignment: Assignment;
  name: string;
  isSelf: boolean;
}

/** Asks before a role is taken away. */
export function confirmRemoveCard(lang: Language, { contractId, assignment, name, isSelf }: Removal): Card {
  const { users, roles, buttons } = TEXTS[lang];
  const data = { contract: contractId, assignment: assignment.id, version: assignment.version };
  return messageCard(lang, {
    paragraphs: [users.askRemove(name, roles[assignment.role], contractId), ...(isSelf ? [users.askRemoveSelf] : [])],
    actions: [
      button(buttons.yes, { verb: 'remove', ...data }, { style: 'destructive' }),
      button(buttons.no, { verb: 'list', list: 'users', page: 0, contract: contractId }),
    ],
  });
}
