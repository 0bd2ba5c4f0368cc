import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { confirmRemoveCard } from '../../cards/confirmRemove.ts';
import { messageCard } from '../../cards/message.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import { assignMany, PAIRS_AT_ONCE } from '../../data/operations/assignMany.ts';
import type { AssignWish } from '../../data/operations/assignRoles.ts';
import { assignRoles } from '../../data/operations/assignRoles.ts';
import { checkRemoval, removeAssignment } from '../../data/operations/removeRoles.ts';
import { contractIdsIn } from '../../data/operations/requestRoles.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { commandTitle } from '../../data/text/index.ts';
import { chatOf, saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { namesOf } from '../views.ts';
import { usersReply } from './lists.ts';
import { preview } from './preview.ts';
import { portalReplies } from './portal.ts';
import { againstForm, rolesIn } from './roleForm.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

/** One person on one contract at once; several are shown first. */
export async function assign(house: House, turn: Turn, person: Person, action: Of<'assign'>): Promise<Pressed> {
  const values = { ...action, roles: rolesIn(action.roles), reason: '', ticket: '' };
  const contracts = await contractIdsIn(house.contracts, person, action.contractId);
  const mails = mailsIn(action.forMail);
  if (contracts.length * mails.length > PAIRS_AT_ONCE) return againstForm(turn, { form: 'assign', values }, { kind: 'tooManyAtOnce', most: PAIRS_AT_ONCE });
  const wishes = pairs({ contracts, mails, roles: values.roles, until: action.until, external: action.external });
  const [only] = wishes;
  if (only && wishes.length === 1) return assignOne(house, turn, person, only, values);
  return preview(house, turn, person, wishes, (problem) => againstForm(turn, { form: 'assign', values }, problem));
}

async function assignOne(house: House, turn: Turn, person: Person, wish: AssignWish, values: Parameters<typeof againstForm>[1]['values']): Promise<Pressed> {
  const result = await assignRoles(house, person, wish);
  if (!result.ok) return againstForm(turn, { form: 'assign', values }, result.refusal);
  const { assign: words, roles: names, list } = turn.words;
  const { record, person: to, roles } = result.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const done = words.done(to.name ?? to.mail, list(roles.map((role) => names[role])), record.contract.id);
  return { inPlace: await usersReply(house, turn, record, 0, { text: done, style: 'good' }), replies: await portalReplies(house, turn, record, to.id) };
}

/** What was previewed is done, as far as it still may be. */
export async function confirmPlan(house: House, turn: Turn, person: Person, action: Of<'confirmPlan'>): Promise<Pressed> {
  const { plan } = await chatOf(house, turn);
  if (plan?.id !== action.plan) return { say: refusalText(turn.lang, { kind: 'planGone' }) };
  const { done, refused } = await assignMany(house, person, plan.wishes);
  // Only now: what is left of one that was interrupted can be confirmed again, and nothing is given twice.
  await saveChat(house, turn, ({ plan: _done, ...now }) => now);
  for (const contractId of new Set(done.map(({ record }) => record.contract.id))) house.settle(person.tenantId, contractId);
  const { plan: words, roles: names, list } = turn.words;
  const lines = done.map(({ record, person: to, roles }) => `${record.contract.id} · ${to.name ?? to.mail}: ${list(roles.map((role) => names[role]))}`);
  const problem = refused.map(({ contractId, mail, refusal }) => `${contractId} · ${mail}: ${refusalText(turn.lang, refusal)}`);
  const paragraphs = [...(lines.length > 0 ? [lines.join('\n'), words.enterNow] : []), ...(problem.length > 0 ? [`${words.notDone}\n${problem.join('\n')}`] : [])];
  return { inPlace: { title: words.done(done.length), card: messageCard(turn.lang, { title: words.done(done.length), paragraphs, actions: [button(commandTitle(turn.lang, 'toDo'), { verb: 'command', command: 'toDo' })] }) } };
}

function mailsIn(typed: string): string[] {
  const mails = typed.normalize('NFKC').toLowerCase().split(/[\s,;、]+/u).filter((one) => one !== '').map((one) => one.slice(0, 300));
  return mails.length === 0 ? [''] : [...new Set(mails)];
}

function pairs({ contracts, mails, ...wish }: { contracts: string[]; mails: string[] } & Pick<AssignWish, 'roles' | 'until' | 'external'>): AssignWish[] {
  return contracts.flatMap((contractId) => mails.map((forMail) => ({ ...wish, contractId, forMail })));
}

export async function askRemove(house: House, turn: Turn, person: Person, action: Of<'askRemove'>): Promise<Pressed> {
  const checked = await checkRemoval(house, person, toRemove(action));
  if (!checked.ok) return againstRemoval(house, turn, person, action.contract, checked.refusal);
  const { record, assignment } = checked.value;
  const nameOf = await namesOf(house.people, turn, [assignment.personId]);
  const isSelf = assignment.personId === person.id;
  const removal = { contractId: record.contract.id, assignment, name: nameOf(assignment.personId), isSelf };
  return { inPlace: { title: turn.words.buttons.remove, card: confirmRemoveCard(turn.lang, removal) } };
}

export async function remove(house: House, turn: Turn, person: Person, action: Of<'remove'>): Promise<Pressed> {
  const removed = await removeAssignment(house, person, toRemove(action));
  if (!removed.ok) return againstRemoval(house, turn, person, action.contract, removed.refusal);
  const { record, assignment } = removed.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const nameOf = await namesOf(house.people, turn, [assignment.personId]);
  const { users, roles } = turn.words;
  const done = users.removed(nameOf(assignment.personId), roles[assignment.role]);
  const isInPortal = record.leftovers.some(({ id }) => id === assignment.id);
  return stillUsers(house, turn, person, record, isInPortal ? `${done}\n\n${users.removeApply}` : done);
}

function toRemove({ contract, assignment, version }: Of<'remove'> | Of<'askRemove'>): { contractId: string; assignmentId: string; version: number } {
  return { contractId: contract, assignmentId: assignment, version };
}

/** Who removed the own administrator role does not see the list any more. */
export async function stillUsers(house: House, turn: Turn, person: Person, record: ContractRecord, done: string): Promise<Pressed> {
  const shown = await showContract(house.contracts, person, record.contract.id);
  if (shown.ok) return { inPlace: await usersReply(house, turn, shown.value, 0, { text: done, style: 'good' }) };
  return { inPlace: { title: done, card: messageCard(turn.lang, { paragraphs: done.split('\n\n') }) } };
}

async function againstRemoval(house: House, turn: Turn, person: Person, contractId: string, refusal: Refusal): Promise<Pressed> {
  const problem = refusalText(turn.lang, refusal);
  const shown = await showContract(house.contracts, person, contractId);
  return shown.ok ? { inPlace: await usersReply(house, turn, shown.value, 0, { text: problem, style: 'attention' }) } : { say: problem };
}
