import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { messageCard } from '../../cards/message.ts';
import { requestCard } from '../../cards/request.ts';
import { EMPTY_VALUES, roleFormCard } from '../../cards/roleForm.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import type { RoleRequest } from '../../data/model/request.ts';
import { decideRequest } from '../../data/operations/decideRequest.ts';
import { requestsOf } from '../../data/operations/lists.ts';
import { correctRequest } from '../../data/operations/correctRequest.ts';
import { normaliseContractId, ObjectId } from '../../data/model/ids.ts';
import type { RoleWish } from '../../data/operations/requestRole.ts';
import type { RequestsReport } from '../../data/operations/requestRoles.ts';
import { requestRoles } from '../../data/operations/requestRoles.ts';
import { withdraws } from '../../data/rules/rules.ts';
import { commandTitle } from '../../data/text/index.ts';
import { showRequest } from '../../data/operations/showRequest.ts';
import { withdrawRequest } from '../../data/operations/withdrawRequest.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed } from '../reply.ts';
import { text } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';
import { namesOf, requestViewFor } from '../views.ts';
import { portalReplies } from './portal.ts';
import { myRequestsReply } from './lists.ts';
import { againstForm, rolesIn } from './roleForm.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

export async function sendRequest(house: House, turn: Turn, person: Person, action: Of<'sendRequest'>): Promise<Pressed> {
  const forMail = await mailOf(house, person, action);
  const roles = [...new Set([...rolesIn(action.roles), ...rolesIn(action.tasks)])];
  const wish = { ...action, roles, forMail: forMail ?? '' };
  if (forMail === undefined) return againstForm(turn, { form: 'request', values: wish }, { kind: 'pickedUnknown' });
  const { sent, refused } = await requestRoles(house, person, { ...wish, contractIds: action.contractId });
  const [first] = sent;
  const [against] = refused;
  if (first && !against && sent.length === 1) return changedRequest(house, turn, person, first.record, first.request);
  if (!first && against && refused.length === 1) return (await pressedTwice(house, turn, person, { ...wish, contractId: against.typed }, against.refusal)) ?? againstForm(turn, { form: 'request', values: wish }, against.refusal);
  for (const { record } of sent) house.settle(record.contract.tenantId, record.contract.id);
  const problem = refused.map(({ typed, refusal }) => `${typed}: ${refusalText(turn.lang, refusal)}`);
  if (!first) return againstForm(turn, { form: 'request', values: wish }, problem.join('\n'));
  return { inPlace: sentSeveral(turn, sent, problem) };
}

/** What became of a form for several contracts. */
function sentSeveral(turn: Turn, sent: RequestsReport['sent'], problem: string[]): CardReply {
  const { request: words, buttons } = turn.words;
  const title = words.several(sent.length);
  const lines = sent.map(({ record, request }) => `${request.id} · ${record.contract.id} ${record.contract.name}`);
  const paragraphs = [lines.join('\n'), ...(problem.length > 0 ? [`${words.notSent}\n${problem.join('\n')}`] : [])];
  const actions = [button(commandTitle(turn.lang, 'myRequests'), { verb: 'command', command: 'myRequests' }), button(buttons.newRequest, { verb: 'command', command: 'requestRole' })];
  return { title, card: messageCard(turn.lang, { title, paragraphs, actions }) };
}

/** Who was typed, else who was picked; undefined when nobody is known who was picked. */
async function mailOf(house: House, person: Person, { forMail, forPerson }: Of<'sendRequest'>): Promise<string | undefined> {
  if (forMail.trim() !== '' || forPerson === '' || forPerson === 'nobody') return forMail;
  const objectId = ObjectId.safeParse(forPerson).data;
  return objectId === undefined ? undefined : (await house.people.byObjectId(person.tenantId, objectId))?.mail;
}

/** A form that was sent twice shows what became of it, not that it is there already. */
async function pressedTwice(house: House, turn: Turn, person: Person, sent: RoleWish & { contractId: string }, refusal: Refusal): Promise<Pressed | undefined> {
  if (refusal.kind !== 'rolesPending') return undefined;
  const same = (await requestsOf(house.contracts, person)).find(
    ({ record, request }) =>
      record.contract.id === normaliseContractId(sent.contractId) && request.state === 'pending' && request.requesterId === person.id && request.reason === sent.reason.trim() && request.roles.join() === sent.roles.join(),
  );
  return same && changedRequest(house, turn, person, same.record, same.request);
}

/** The form with what is asked now. */
export async function correct(house: House, turn: Turn, person: Person, action: Of<'correct'>): Promise<Pressed> {
  const shown = await showRequest(house.contracts, person, action.request);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  const { record, request } = shown.value;
  const against = withdraws(person, record, request);
  if (against) return againstRequest(house, turn, person, request.id, against);
  const { roles, reason, ticket = '', until = '', version } = request;
  const title = turn.words.request.correctTitle(request.id);
  return { inPlace: { title, card: roleFormCard(turn.lang, { form: 'correct', corrects: { request: request.id, version }, values: { ...EMPTY_VALUES, roles, reason, ticket, until } }) } };
}

/** The request again, as it is. */
export async function unchanged(house: House, turn: Turn, person: Person, requestId: string): Promise<Pressed> {
  const shown = await showRequest(house.contracts, person, requestId);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  const { record, request } = shown.value;
  return { ...(await changedRequest(house, turn, person, record, request)), replies: [text(turn.words.request.notCorrected)] };
}

export async function sendCorrection(house: House, turn: Turn, person: Person, action: Of<'sendCorrection'>): Promise<Pressed> {
  const { request: requestId, version } = action;
  const wish = { ...action, requestId, roles: rolesIn(action.roles) };
  const result = await correctRequest(house, person, wish);
  if (result.ok) return changedRequest(house, turn, person, result.value.record, result.value.request);
  const isGone = ['stale', 'notPending', 'requestUnknown', 'notRequester'].includes(result.refusal.kind);
  return isGone ? againstRequest(house, turn, person, requestId, result.refusal) : againstForm(turn, { form: 'correct', corrects: { request: requestId, version }, values: { ...EMPTY_VALUES, ...wish } }, result.refusal);
}

export async function decide(house: House, turn: Turn, person: Person, action: Of<'decide'>): Promise<Pressed> {
  const { roles, ...wish } = action;
  const result = await decideRequest(house, person, { ...wish, requestId: action.request, ...(roles === undefined ? {} : { roles: rolesIn(roles) }) });
  if (!result.ok) return againstRequest(house, turn, person, action.request, result.refusal, action.comment);
  const { record, request } = result.value;
  const pressed = await changedRequest(house, turn, person, record, request);
  return request.state === 'approved' ? { ...pressed, replies: await portalReplies(house, turn, record, request.beneficiaryId) } : pressed;
}

export async function withdraw(house: House, turn: Turn, person: Person, action: Of<'withdraw'>): Promise<Pressed> {
  const result = await withdrawRequest(house, person, { requestId: action.request, version: action.version });
  if (!result.ok) return againstRequest(house, turn, person, action.request, result.refusal);
  const { record, request } = result.value;
  if (!action.list) return changedRequest(house, turn, person, record, request);
  house.settle(record.contract.tenantId, record.contract.id);
  return { inPlace: await myRequestsReply(house, turn, person) };
}

export async function openRequest(house: House, turn: Turn, person: Person, action: Of<'showRequest'>): Promise<Pressed> {
  const shown = await showRequest(house.contracts, person, action.request);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  const { record, request } = shown.value;
  const reply = await requestReply(house, turn, person, record, request);
  return { say: turn.words.shownBelow, replies: [{ kind: 'card', ...reply, sent: async (id) => noteCopy(house, turn, person, record, request, id) }] };
}

/** Why nothing was done, on the request as it is now; for those whom it does not concern, only the sentence. */
async function againstRequest(house: House, turn: Turn, person: Person, requestId: string, refusal: Refusal, comment?: string): Promise<Pressed> {
  const problem = await problemOf(house, turn, person, refusal);
  const shown = await showRequest(house.contracts, person, requestId);
  if (!shown.ok) return { say: problem };
  const { record, request } = shown.value;
  const view = await requestViewFor(house.people, turn.lang, person, record, request, house.clock.now());
  return { inPlace: { title: problem, card: requestCard(turn.lang, { ...view, problem, ...(comment === undefined ? {} : { comment: comment.slice(0, 4000) }) }) } };
}

export async function problemOf(house: House, turn: Turn, person: Person, refusal: Refusal): Promise<string> {
  const by = refusal.kind === 'notPending' ? refusal.request.decision?.by : undefined;
  if (by === undefined) return refusalText(turn.lang, refusal);
  return by === person.id ? turn.words.request.decidedByYou : turn.words.request.alreadyDecided((await namesOf(house.people, turn, [by]))(by));
}

/** The request as it is now, in place; every copy follows, this one too, so that it still says so when the chat is reopened. */
async function changedRequest(house: House, turn: Turn, person: Person, record: ContractRecord, request: RoleRequest): Promise<Pressed> {
  const activityId = turn.context.activity.replyToId;
  const copy = activityId === undefined ? undefined : { requestId: request.id, personId: person.id, place: { conversation: turn.conversation, activityId } };
  house.settle(record.contract.tenantId, record.contract.id, copy);
  return { inPlace: await requestReply(house, turn, person, record, request), isSettled: true };
}

export async function requestReply(house: House, turn: Turn, person: Person, record: ContractRecord, request: RoleRequest): Promise<CardReply> {
  const view = await requestViewFor(house.people, turn.lang, person, record, request, house.clock.now());
  return { title: view.text, card: requestCard(turn.lang, view) };
}

/** So that the card changes with the request; what was decided while it was on its way, it shows at once. */
export function noteCopy(house: House, turn: Turn, person: Person, { contract }: ContractRecord, { id: requestId, state }: RoleRequest, activityId: string): void {
  house.settle(contract.tenantId, contract.id, { requestId, personId: person.id, place: { conversation: turn.conversation, activityId }, shows: state });
}
