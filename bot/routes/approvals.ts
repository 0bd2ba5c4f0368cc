import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { approveSeveralCard } from '../../cards/approveSeveral.ts';
import { messageCard } from '../../cards/message.ts';
import type { Person } from '../../data/model/person.ts';
import { decideRequest } from '../../data/operations/decideRequest.ts';
import type { RequestOnContract } from '../../data/operations/lists.ts';
import { requestsToDecide } from '../../data/operations/lists.ts';
import { commandTitle } from '../../data/text/index.ts';
import type { House } from '../house.ts';
import type { Pressed, Reply } from '../reply.ts';
import { card, text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { namesOf } from '../views.ts';
import { noteCopy, problemOf, requestReply } from './requests.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

/** So many request cards at once; the next come when these are decided. */
const APPROVALS_AT_ONCE = 5;

/** Everything this person may decide, oldest first, each as a card of its own; of several, a card that approves those that are picked. */
export async function approvals(house: House, turn: Turn, person: Person): Promise<Reply[]> {
  const waiting = await requestsToDecide(house.contracts, person);
  const { approvals: words } = turn.words;
  if (waiting.length === 0) return [text(words.empty)];
  const cards: Reply[] = [];
  for (const { record, request } of waiting.slice(0, APPROVALS_AT_ONCE)) {
    cards.push({ kind: 'card', ...(await requestReply(house, turn, person, record, request)), sent: async (id) => noteCopy(house, turn, person, record, request, id) });
  }
  const left = waiting.length - cards.length;
  return [text(words.count(waiting.length)), ...cards, ...(waiting.length > 1 ? [await severalReply(house, turn, waiting)] : []), ...(left > 0 ? [text(words.more(left))] : [])];
}

/** Choices of one card. */
const PICKED_AT_ONCE = 20;

async function severalReply(house: House, turn: Turn, waiting: RequestOnContract[]): Promise<Reply> {
  const shown = waiting.slice(0, PICKED_AT_ONCE);
  const nameOf = await namesOf(house.people, turn, shown.map(({ request }) => request.beneficiaryId));
  const requests = shown.map(({ record, request }) => ({ record, request, name: nameOf(request.beneficiaryId) }));
  return card(turn.words.approvals.several, approveSeveralCard(turn.lang, requests));
}

/** Approves every picked request for itself, each as it was looked at. */
export async function decideMany(house: House, turn: Turn, person: Person, action: Of<'decideMany'>): Promise<Pressed> {
  const picked = (Array.isArray(action.picked) ? action.picked : action.picked.split(',')).map((one) => /^(R-[0-9A-Z]{6,12}):(\d{1,9})$/.exec(one.trim())).filter((one) => one !== null);
  if (picked.length === 0) return { say: turn.words.approvals.nonePicked };
  const lines: string[] = [];
  let approved = 0;
  for (const [, requestId = '', version] of picked) {
    const result = await decideRequest(house, person, { requestId, version: Number(version), decision: 'approved', comment: '' });
    if (result.ok) house.settle(result.value.record.contract.tenantId, result.value.record.contract.id);
    if (result.ok && result.value.request.state === 'approved') approved += 1;
    const said = result.ok ? turn.words.requestStates[result.value.request.state] : await problemOf(house, turn, person, result.refusal);
    const about = result.ok ? `${(await namesOf(house.people, turn, [result.value.request.beneficiaryId]))(result.value.request.beneficiaryId)} · ${result.value.record.contract.id} (${requestId})` : requestId;
    lines.push(`${about}: ${said}`);
  }
  const actions = [button(commandTitle(turn.lang, 'toDo'), { verb: 'command', command: 'toDo' })];
  const title = turn.words.approvals.decided(approved);
  return { inPlace: { title, card: messageCard(turn.lang, { title, paragraphs: [lines.join('\n'), ...(approved > 0 ? [turn.words.approvals.enterNow] : [])], ...(approved > 0 ? { actions } : {}) }) } };
}
