import type { CardAction } from '../../cards/actions.ts';
import type { List } from '../../cards/list.ts';
import { messageCard } from '../../cards/message.ts';
import { reviewCard } from '../../cards/review.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import { keepPerson, renewRole } from '../../data/operations/renewRole.ts';
import { showContract } from '../../data/operations/showContract.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';
import { namesOf } from '../views.ts';

type Of<V extends CardAction['verb']> = Extract<CardAction, { verb: V }>;

/** What was said to stay so lately belongs to the same review. */
const REVIEW_MS = 25 * 24 * 60 * 60_000;

/** The access review of a contract, for its administrators. */
export async function reviewReply(house: House, turn: Turn, person: Person, contractId: string, page = 0): Promise<CardReply> {
  const shown = await showContract(house.contracts, person, contractId);
  if (shown.ok) return drawn(house, turn, shown.value, page);
  const sentence = refusalText(turn.lang, shown.refusal);
  return { title: sentence, card: messageCard(turn.lang, { paragraphs: [sentence] }) };
}

/** A person's roles stay. */
export async function keep(house: House, turn: Turn, person: Person, action: Of<'keep'>): Promise<Pressed> {
  const kept = await keepPerson(house, person, { contractId: action.contract, personId: action.person, version: action.version });
  if (kept.ok) return { inPlace: await drawn(house, turn, kept.value.record, 0) };
  const shown = await showContract(house.contracts, person, action.contract);
  const problem = refusalText(turn.lang, kept.refusal);
  return shown.ok ? { inPlace: await drawn(house, turn, shown.value, 0, { text: problem, style: 'attention' }) } : { say: problem };
}

/** A temporary role goes on. */
export async function renew(house: House, turn: Turn, person: Person, action: Of<'renew'>): Promise<Pressed> {
  const renewed = await renewRole(house, person, { contractId: action.contract, assignmentId: action.assignment, version: action.version, days: action.days });
  if (!renewed.ok) return { say: refusalText(turn.lang, renewed.refusal) };
  const { record, assignment } = renewed.value;
  house.settle(record.contract.tenantId, record.contract.id);
  const name = (await namesOf(house.people, turn, [assignment.personId]))(assignment.personId);
  const done = turn.words.news.renewed(name, turn.words.roles[assignment.role], assignment.until ?? '');
  return { inPlace: { title: done, card: messageCard(turn.lang, { paragraphs: [done] }) } };
}

async function drawn(house: House, turn: Turn, record: ContractRecord, page: number, note?: List['note']): Promise<CardReply> {
  const nameOf = await namesOf(house.people, turn, record.assignments.map((a) => a.personId));
  const since = new Date(house.clock.now().getTime() - REVIEW_MS).toISOString();
  return { title: turn.words.news.reviewOf(record.contract.id), card: reviewCard(turn.lang, { record, nameOf, page, since, ...(note ? { note } : {}) }) };
}
