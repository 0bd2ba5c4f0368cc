import { confirmRemoveCard } from '../../cards/confirmRemove.ts';
import type { CardAction } from '../../cards/actions.ts';
import { messageCard } from '../../cards/message.ts';
import { requestCard } from '../../cards/request.ts';
import { EMPTY_VALUES, roleFormCard } from '../../cards/roleForm.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import type { RoleRequest } from '../../data/model/request.ts';
import { Role } from '../../data/model/role.ts';
import { assignRoles } from '../../data/operations/assignRoles.ts';
import { decideRequest } from '../../data/operations/decideRequest.ts';
import { requestsToDecide } from '../../data/operations/lists.ts';
import { checkRemoval, removeAssignment } from '../../data/operations/removeAssignment.ts';
import { requestRole } from '../../data/operations/requestRole.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { showRequest } from '../../data/operations/showRequest.ts';
import { withdrawRequest } from '../../data/operations/withdrawRequest.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';
import { namesOf, requestViewFor } from '../views.ts';
import { usersReply } from './lists.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

/** So many request cards at once; the next come when these are decided. */
const APPROVALS_AT_ONCE = 5;

export function roleForm(turn: Turn, form: 'request' | 'assign', contractId: string): Reply[] {
  const title = form === 'request' ? turn.words.request.formTitle : turn.words.assign.formTitle;
  return [{ kind: 'card', title, card: roleFormCard(turn.lang, { form, values: { ...EMPTY_VALUES, contractId: contractId.toUpperCase() } }) }];
}

export function cancelledForm(turn: Turn, { form }: Of<'cancelForm'>): Pressed {
  const sentence = turn.words[form === 'request' ? 'request' : 'assign'].cancelled;
  return { inPlace: { title: sentence, card: messageCard(turn.lang, { paragraphs: [sentence] }) } };
}

/** Everything this person may decide, oldest first, each as a card of its own. */
export async function approvals(house: House, turn: Turn, person: Person): Promise<Reply[]> {
  const waiting = await requestsToDecide(house.contracts, person);
  const { approvals: words } = turn.words;
  if (waiting.length === 0) return [text(words.empty)];
  const cards: Reply[] = [];
  for (const { record, request } of waiting.slice(0, APPROVALS_AT_ONCE)) {
    cards.push({ kind: 'card', ...(await requestReply(house, turn, person, record, request)), sent: async (id) => noteCopy(house, turn, person, record, request, id) });
  }
  const left = waiting.length - cards.length;
  return [text(words.count(waiting.length)), ...cards, ...(left > 0 ? [text(words.more(left))] : [])];
}

export async function sendRequest(house: House, turn: Turn, person: Person, action: Of<'sendRequest'>): Promise<Pressed> {
  const roles = rolesIn(action.roles);
  const result = await requestRole(house, person, { ...action, roles });
  if (!result.ok) return againstForm(turn, 'request', { ...action, roles }, result.refusal);
  const { record, request } = result.value;
  return changedRequest(house, turn, person, record, request);
}

export async function decide(house: House, turn: Turn, person: Person, action: Of<'decide'>): Promise<Pressed> {
  const result = await decideRequest(house, person, { ...action, requestId: action.request });
  if (!result.ok) return againstRequest(house, turn, person, action.request, result.refusal, action.comment);
  return changedRequest(house, turn, person, result.value.record, result.value.request);
}

export async function withdraw(house: House, turn: Turn, person: Person, action: Of<'withdraw'>): Promise<Pressed> {
  const result = await withdrawRequest(house, person, { requestId: action.request, version: action.version });
  if (!result.ok) return againstRequest(house, turn, person, action.request, result.refusal);
  return changedRequest(house, turn, person, result.value.record, result.value.request);
}

export async function openRequest(house: House, turn: Turn, person: Person, action: Of<'showRequest'>): Promise<Pressed> {
  const shown = await showRequest(house.contracts, person, action.request);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  const { record, request } = shown.value;
  const reply = await requestReply(house, turn, person, record, request);
  return { say: turn.words.shownBelow, replies: [{ kind: 'card', ...reply, sent: async (id) => noteCopy(house, turn, person, record, request, id) }] };
}

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

/** Unknown role names are not roles; what is left may be none, and is refused as that. */
function rolesIn(chosen: string | string[]): Role[] {
  const names = Array.isArray(chosen) ? chosen : chosen.split(',');
  return names.map((name) => Role.safeParse(name.trim()).data).filter((role) => role !== undefined);
}

function againstForm(turn: Turn, form: 'request' | 'assign', typed: { contractId: string; roles: Role[]; forMail: string; reason: string }, refusal: Refusal): Pressed {
  const { contractId, roles, forMail, reason } = typed;
  const values = { contractId: contractId.slice(0, 100), roles, forMail: forMail.slice(0, 300), reason: reason.slice(0, 4000) };
  const problem = refusalText(turn.lang, refusal);
  return { inPlace: { title: problem, card: roleFormCard(turn.lang, { form, values, problem }) } };
}

/** Why nothing was done, on the request as it is now; for those whom it does not concern, only the sentence. */
async function againstRequest(house: House, turn: Turn, person: Person, requestId: string, refusal: Refusal, comment?: string): Promise<Pressed> {
  const problem = refusal.kind === 'notPending' && refusal.request.state !== 'withdrawn' ? turn.words.request.alreadyDecided : refusalText(turn.lang, refusal);
  const shown = await showRequest(house.contracts, person, requestId);
  if (!shown.ok) return { say: problem };
  const { record, request } = shown.value;
  const view = await requestViewFor(house.people, turn.lang, person, record, request);
  return { inPlace: { title: problem, card: requestCard(turn.lang, { ...view, problem, ...(comment === undefined ? {} : { comment: comment.slice(0, 4000) }) }) } };
}

async function againstRemoval(house: House, turn: Turn, person: Person, contractId: string, refusal: Refusal): Promise<Pressed> {
  const problem = refusalText(turn.lang, refusal);
  const shown = await showContract(house.contracts, person, contractId);
  return shown.ok ? { inPlace: await usersReply(house, turn, shown.value, 0, { text: problem, style: 'attention' }) } : { say: problem };
}

/** The request as it is now, in place; every copy follows, this one too, so that it still says so when the chat is reopened. */
async function changedRequest(house: House, turn: Turn, person: Person, record: ContractRecord, request: RoleRequest): Promise<Pressed> {
  const activityId = turn.context.activity.replyToId;
  const copy = activityId === undefined ? undefined : { requestId: request.id, personId: person.id, place: { conversation: turn.conversation, activityId } };
  house.settle(record.contract.tenantId, record.contract.id, copy);
  return { inPlace: await requestReply(house, turn, person, record, request), isSettled: true };
}

async function requestReply(house: House, turn: Turn, person: Person, record: ContractRecord, request: RoleRequest): Promise<CardReply> {
  const view = await requestViewFor(house.people, turn.lang, person, record, request);
  return { title: view.text, card: requestCard(turn.lang, view) };
}

/** So that the card changes with the request; what was decided while it was on its way, it shows at once. */
function noteCopy(house: House, turn: Turn, person: Person, { contract }: ContractRecord, { id: requestId, state }: RoleRequest, activityId: string): void {
  house.settle(contract.tenantId, contract.id, { requestId, personId: person.id, place: { conversation: turn.conversation, activityId }, shows: state });
}
