import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { applyCard } from '../../cards/apply.ts';
import { messageCard } from '../../cards/message.ts';
import { agreementOf } from '../../data/model/contract.ts';
import type { Person } from '../../data/model/person.ts';
import { VISIBLE_AFTER_MS } from '../../data/model/policy.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import { applyRoles, confirmRoles, toApply, toConfirm } from '../../data/operations/applyRoles.ts';
import { removedInPortal } from '../../data/operations/removeRoles.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { clockTime } from '../../data/text/moment.ts';
import { saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { card } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { namesOf } from '../views.ts';
import { beginGuide } from './guide.ts';
import { toDoReply } from './lists.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

/** How to enter in the portal what a person was given on a contract; nothing when nothing is left. */
export async function portalReplies(house: House, turn: Turn, record: ContractRecord, personId: string): Promise<Reply[]> {
  const assignments = toApply(record, personId);
  const person = await house.people.get(record.contract.tenantId, personId);
  if (assignments.length === 0 || !person) return [];
  const name = (await namesOf(house.people, turn, [personId]))(personId);
  return [card(turn.words.apply.title, applyCard(turn.lang, { record, assignments, name, mail: person.mail }))];
}

export async function portalSteps(house: House, turn: Turn, person: Person, action: Of<'portalSteps'>): Promise<Pressed> {
  const shown = await showContract(house.contracts, person, action.contract);
  if (!shown.ok) return { say: refusalText(turn.lang, shown.refusal) };
  const replies = await portalReplies(house, turn, shown.value, action.person);
  return replies.length > 0 ? { say: turn.words.shownBelow, replies } : { say: turn.words.apply.nothing };
}

/** Marked as applied: an administrator entered it in the portal. */
export async function apply(house: House, turn: Turn, person: Person, action: Of<'apply'>): Promise<Pressed> {
  const result = await applyRoles(house, person, { contractId: action.contract, assignmentIds: action.assignments });
  if (!result.ok) return { say: refusalText(turn.lang, result.refusal) };
  const { record, personId } = result.value;
  house.settle(record.contract.tenantId, record.contract.id);
  if (action.list) return { inPlace: await toDoReply(house, turn, person) };
  const at = new Date(house.clock.now().getTime() + VISIBLE_AFTER_MS);
  const done = turn.words.apply.done((await namesOf(house.people, turn, [personId]))(personId), clockTime(at, turn.timeZone, turn.lang));
  const actions = [button(turn.words.buttons.users, { verb: 'list', list: 'users', page: 0, contract: record.contract.id })];
  return { inPlace: { title: done, card: messageCard(turn.lang, { paragraphs: [done], actions }) } };
}

/** Removed in the portal too. */
export async function markRemoved(house: House, turn: Turn, person: Person, action: Of<'removedInPortal'>): Promise<Pressed> {
  const result = await removedInPortal(house, person, { contractId: action.contract, leftoverIds: action.leftovers });
  if (!result.ok) return { say: refusalText(turn.lang, result.refusal) };
  return { inPlace: await toDoReply(house, turn, person) };
}

/** The person says whether the roles work; if not, the guide that finds out why begins, with what is known filled in. */
export async function works(house: House, turn: Turn, person: Person, action: Of<'works'>): Promise<Pressed> {
  const result = await confirmRoles(house, person, { contractId: action.contract, works: action.works, at: action.at });
  if (!result.ok) return { say: refusalText(turn.lang, result.refusal) };
  const { record } = result.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const said = action.works ? turn.words.apply.works : turn.words.apply.notYet;
  const inPlace = { title: said, card: messageCard(turn.lang, { paragraphs: [said] }) };
  if (action.works) return { inPlace };
  const { id: contractId, program, cloud } = record.contract;
  const agreement = agreementOf(program);
  await saveChat(house, turn, (now) => ({ ...now, known: { ...now.known, agreement, cloud } }));
  const since = toConfirm(record, person.id).map((a) => a.appliedAt ?? a.givenAt).toSorted().at(-1);
  return { inPlace, replies: await beginGuide(house, turn, 'waiting', { values: { contractId, signInId: person.mail, ...(since === undefined ? {} : { since }) }, chosen: { what: 'role' } }) };
}
