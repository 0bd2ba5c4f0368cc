import type { LISTS } from '../../cards/actions.ts';
import { auditCard } from '../../cards/audit.ts';
import { contractsCard } from '../../cards/contracts.ts';
import type { List } from '../../cards/list.ts';
import { messageCard } from '../../cards/message.ts';
import { myRequestsCard } from '../../cards/myRequests.ts';
import { myRolesCard } from '../../cards/myRoles.ts';
import { toDoCard } from '../../cards/toDo.ts';
import { usersCard } from '../../cards/users.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import { contractsAdministeredBy, requestsOf, rolesOf } from '../../data/operations/lists.ts';
import { portalTasks, tasksOn } from '../../data/operations/portalTasks.ts';
import { stageOf } from '../../data/operations/settleNotices.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { administratorsOf, withdraws } from '../../data/rules/rules.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';
import { namesOf } from '../views.ts';
import { reconciliationReply } from './files.ts';
import { reviewReply } from './review.ts';

/** A page of one of the lists; users and audit are those of a contract. */
export function listReply(house: House, turn: Turn, person: Person, list: (typeof LISTS)[number], contractId = '', page = 0): Promise<CardReply> {
  switch (list) {
    case 'myRequests':
      return myRequestsReply(house, turn, person, page);
    case 'myRoles':
      return myRolesReply(house, turn, person, page);
    case 'toDo':
      return toDoReply(house, turn, person, page);
    case 'reconciliation':
      return reconciliationReply(house, turn, person, contractId, page);
    case 'review':
      return reviewReply(house, turn, person, contractId, page);
    case 'contracts':
      return contractsReply(house, turn, person, page);
    case 'users':
    case 'audit':
      return contractReply(house, turn, person, list, contractId, page);
  }
}

export async function myRequestsReply(house: House, turn: Turn, person: Person, page = 0): Promise<CardReply> {
  const found = await requestsOf(house.contracts, person);
  const nameOf = await namesOf(house.people, turn, found.map(({ request }) => request.beneficiaryId));
  const requests = found.map((r) => ({
    ...r,
    mayWithdraw: withdraws(person, r.record, r.request) === undefined,
    stage: stageOf(r.record, r.request),
    waitsFor: administratorsOf(r.record).filter((id) => id !== r.request.requesterId).length,
    ...(r.request.beneficiaryId === person.id ? {} : { forWhom: nameOf(r.request.beneficiaryId) }),
  }));
  return { title: turn.words.myRequests.title, card: myRequestsCard(turn.lang, { requests, page }) };
}

async function myRolesReply(house: House, turn: Turn, person: Person, page: number): Promise<CardReply> {
  return { title: turn.words.myRoles.title, card: myRolesCard(turn.lang, { contracts: await rolesOf(house.contracts, person), page }) };
}

async function contractsReply(house: House, turn: Turn, person: Person, page: number, choose = false): Promise<CardReply> {
  const records = await contractsAdministeredBy(house.contracts, person);
  const today = house.clock.now().toISOString().slice(0, 10);
  return { title: turn.words.contracts.title, card: contractsCard(turn.lang, { records: records.map((record) => ({ record, tasks: tasksOn(record, house.clock.now()).length })), today, page, choose }) };
}

/** The users or the history of a contract; without one, of the only one this person administers, else a choice. */
async function contractReply(house: House, turn: Turn, person: Person, list: 'users' | 'audit', typedId: string, page: number): Promise<CardReply> {
  const only = typedId === '' ? await contractsAdministeredBy(house.contracts, person) : [];
  if (typedId === '' && only.length !== 1) {
    return only.length > 1 ? contractsReply(house, turn, person, 0, true) : { title: turn.words.users.none, card: messageCard(turn.lang, { paragraphs: [turn.words.users.none] }) };
  }
  const shown = await showContract(house.contracts, person, only[0]?.contract.id ?? typedId);
  if (!shown.ok) {
    const sentence = refusalText(turn.lang, shown.refusal);
    return { title: sentence, card: messageCard(turn.lang, { paragraphs: [sentence] }) };
  }
  return list === 'users' ? usersReply(house, turn, shown.value, page) : auditReply(house, turn, shown.value, page);
}

export async function toDoReply(house: House, turn: Turn, person: Person, page = 0): Promise<CardReply> {
  const tasks = await portalTasks(house.contracts, person, house.clock.now());
  const nameOf = await namesOf(house.people, turn, tasks.map(({ personId }) => personId));
  return { title: turn.words.toDo.title, card: toDoCard(turn.lang, { tasks: tasks.map((task) => ({ ...task, name: nameOf(task.personId) })), page }) };
}

export async function usersReply(house: House, turn: Turn, record: ContractRecord, page = 0, note?: List['note']): Promise<CardReply> {
  const nameOf = await namesOf(house.people, turn, [...record.assignments.flatMap((a) => [a.personId, ...(a.givenBy === undefined ? [] : [a.givenBy])]), ...record.inherited]);
  return { title: turn.words.users.title(record.contract.id), card: usersCard(turn.lang, { record, nameOf, page, ...(note ? { note } : {}) }) };
}

async function auditReply(house: House, turn: Turn, record: ContractRecord, page: number): Promise<CardReply> {
  const ids = record.events.flatMap(({ act }) => [...(act.by === undefined ? [] : [act.by]), ...('forId' in act && act.forId !== undefined ? [act.forId] : [])]);
  const nameOf = await namesOf(house.people, turn, ids);
  return { title: turn.words.audit.title(record.contract.id), card: auditCard(turn.lang, { record, nameOf, page }) };
}
