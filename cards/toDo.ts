import type { Language } from '../data/model/language.ts';
import type { PortalTask } from '../data/operations/portalTasks.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import type { Row } from './list.ts';
import { listCard } from './list.ts';
import { messageCard } from './message.ts';

export interface ToDo {
  tasks: (PortalTask & { name: string })[];
  page: number;
}

/** What is decided here and still has to be done in the portal, oldest first. */
export function toDoCard(lang: Language, { tasks, page }: ToDo): Card {
  const { toDo } = TEXTS[lang];
  if (tasks.length === 0) return messageCard(lang, { title: toDo.title, paragraphs: [toDo.empty] });
  return listCard(lang, { title: toDo.title, page, turn: { list: 'toDo' }, rows: tasks.map((task) => rowOf(lang, task)) });
}

function rowOf(lang: Language, { kind, record, personId, roles: some, ids, name }: ToDo['tasks'][number]): Row {
  const { toDo, roles, list } = TEXTS[lang];
  const { id } = record.contract;
  return {
    heading: `${toDo.kinds[kind]}: ${name}`,
    lines: [`${id} ${record.contract.name}`, list(some.map((role) => roles[role]))],
    below: buttons(lang, kind, { contract: id, person: personId }, ids),
  };
}

function buttons(lang: Language, kind: PortalTask['kind'], whose: { contract: string; person: string }, ids: string[]): Button[] {
  const { toDo, buttons: words } = TEXTS[lang];
  switch (kind) {
    case 'enter':
      return [button(words.portalSteps, { verb: 'portalSteps', ...whose }, { style: 'positive' }), button(words.markApplied, { verb: 'apply', contract: whose.contract, assignments: ids.slice(0, 20), list: true })];
    case 'remove':
      return [button(toDo.removed, { verb: 'removedInPortal', contract: whose.contract, leftovers: ids.slice(0, 20) }, { style: 'positive' })];
    case 'unconfirmed':
      return [button(words.users, { verb: 'list', list: 'users', page: 0, contract: whose.contract })];
  }
}
