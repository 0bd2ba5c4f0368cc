import type { CardAction } from '../../cards/actions.ts';
import { confirmRemoveCard } from '../../cards/confirmRemove.ts';
import { messageCard } from '../../cards/message.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import { assignRoles } from '../../data/operations/assignRoles.ts';
import { checkRemoval, removeAssignment } from '../../data/operations/removeAssignment.ts';
import { showContract } from '../../data/operations/showContract.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { namesOf } from '../views.ts';
import { usersReply } from './lists.ts';
import { againstForm, rolesIn } from './roleForm.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

export async function assign(house: House, turn: Turn, person: Person, action: Of<'assign'>): Promise<Pressed> {
  const roles = rolesIn(action.roles);
  const result = await assignRoles(house, person, { ...action, roles });
  if (!result.ok) return againstForm(turn, 'assign', { ...action, roles, reason: '' }, result.refusal);
  const { assign: words, roles: names, list } = turn.words;
  const { record, person: to } = result.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const done = words.done(to.name ?? to.mail, list(roles.map((role) => names[role])), record.contract.id);
  return { inPlace: await usersReply(house, turn, record, 0, { text: `${done}\n\n${words.apply}`, style: 'good' }) };
}

export async function askRemove(house: House, turn: Turn, person: Person, action: Of<'askRemove'>): Promise<Pressed> {
  const checked = await checkRemoval(house, person, toRemove(action));
  if (!checked.ok) return againstRemoval(house, turn, person, action.contract, checked.refusal);
  const { record, assignment } = checked.value;
  const nameOf = await namesOf(house.people, turn.lang, [assignment.personId]);
  const isSelf = assignment.personId === person.id;
  const removal = { contractId: record.contract.id, assignment, name: nameOf(assignment.personId), isSelf };
  return { inPlace: { title: turn.words.buttons.remove, card: confirmRemoveCard(turn.lang, removal) } };
}

export async function remove(house: House, turn: Turn, person: Person, action: Of<'remove'>): Promise<Pressed> {
  const removed = await removeAssignment(house, person, toRemove(action));
  if (!removed.ok) return againstRemoval(house, turn, person, action.contract, removed.refusal);
  const { record, assignment } = removed.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const nameOf = await namesOf(house.people, turn.lang, [assignment.personId]);
  const { users, roles } = turn.words;
  const done = users.removed(nameOf(assignment.personId), roles[assignment.role]);
  return stillUsers(house, turn, person, record, `${done}\n\n${users.removeApply}`);
}

function toRemove({ contract, assignment, version }: Of<'remove'> | Of<'askRemove'>): { contractId: string; assignmentId: string; version: number } {
  return { contractId: contract, assignmentId: assignment, version };
}

/** Who removed the own administrator role does not see the list any more. */
async function stillUsers(house: House, turn: Turn, person: Person, record: ContractRecord, done: string): Promise<Pressed> {
  const shown = await showContract(house.contracts, person, record.contract.id);
  if (shown.ok) return { inPlace: await usersReply(house, turn, shown.value, 0, { text: done, style: 'good' }) };
  return { inPlace: { title: done, card: messageCard(turn.lang, { paragraphs: done.split('\n\n') }) } };
}

async function againstRemoval(house: House, turn: Turn, person: Person, contractId: string, refusal: Refusal): Promise<Pressed> {
  const problem = refusalText(turn.lang, refusal);
  const shown = await showContract(house.contracts, person, contractId);
  return shown.ok ? { inPlace: await usersReply(house, turn, shown.value, 0, { text: problem, style: 'attention' }) } : { say: problem };
}
