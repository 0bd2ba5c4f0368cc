import type { CardAction } from '../../cards/actions.ts';
import { requestCard } from '../../cards/request.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import type { RoleRequest } from '../../data/model/request.ts';
import { decideRequest } from '../../data/operations/decideRequest.ts';
import { requestsOf, requestsToDecide } from '../../data/operations/lists.ts';
import { normaliseContractId } from '../../data/model/ids.ts';
import type { RoleWish } from '../../data/operations/requestRole.ts';
import { requestRole } from '../../data/operations/requestRole.ts';
import { showRequest } from '../../data/operations/showRequest.ts';
import { withdrawRequest } from '../../data/operations/withdrawRequest.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';
import { requestViewFor } from '../views.ts';
import { myRequestsReply } from './lists.ts';
import { againstForm, rolesIn } from './roleForm.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

/** So many request cards at once; the next come when these are decided. */
const APPROVALS_AT_ONCE = 5;

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
  if (!result.ok) return (await pressedTwice(house, turn, person, { ...action, roles }, result.refusal)) ?? againstForm(turn, 'request', { ...action, roles }, result.refusal);
  const { record, request } = result.value;
  return changedRequest(house, turn, person, record, request);
}

/** A form that was sent twice shows what became of it, not that it is there already. */
async function pressedTwice(house: House, turn: Turn, person: Person, sent: RoleWish, refusal: Refusal): Promise<Pressed | undefined> {
  if (refusal.kind !== 'rolesPending') return undefined;
  const same = (await requestsOf(house.contracts, person)).find(
    ({ record, request }) =>
      record.contract.id === normaliseContractId(sent.contractId) && request.state === 'pending' && request.requesterId === person.id && request.reason === sent.reason.trim() && request.roles.join() === sent.roles.join(),
  );
  return same && changedRequest(house, turn, person, same.record, same.request);
}

export async function decide(house: House, turn: Turn, person: Person, action: Of<'decide'>): Promise<Pressed> {
  const result = await decideRequest(house, person, { ...action, requestId: action.request });
  if (!result.ok) return againstRequest(house, turn, person, action.request, result.refusal, action.comment);
  return changedRequest(house, turn, person, result.value.record, result.value.request);
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
  const problem = problemOf(turn, person, refusal);
  const shown = await showRequest(house.contracts, person, requestId);
  if (!shown.ok) return { say: problem };
  const { record, request } = shown.value;
  const view = await requestViewFor(house.people, turn.lang, person, record, request);
  return { inPlace: { title: problem, card: requestCard(turn.lang, { ...view, problem, ...(comment === undefined ? {} : { comment: comment.slice(0, 4000) }) }) } };
}

function problemOf(turn: Turn, person: Person, refusal: Refusal): string {
  if (refusal.kind !== 'notPending' || refusal.request.state === 'withdrawn') return refusalText(turn.lang, refusal);
  return refusal.request.decision?.by === person.id ? turn.words.request.decidedByYou : turn.words.request.alreadyDecided;
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
