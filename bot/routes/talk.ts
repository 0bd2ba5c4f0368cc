import { randomUUID } from 'node:crypto';
import type { CardAction } from '../../cards/actions.ts';
import { talkRatedCard } from '../../cards/talk.ts';
import { reopens, standingOf } from '../../data/desk/standing.ts';
import type { Person } from '../../data/model/person.ts';
import type { Content, Ticket } from '../../data/model/ticket.ts';
import { closeTicket, rateTicket, reopenTicket } from '../../data/operations/closeTicket.ts';
import { openTicketOf } from '../../data/operations/openTicket.ts';
import { relayFromPerson } from '../../data/operations/relayMessage.ts';
import { commandOf } from '../../data/text/typed.ts';
import { chatOf } from '../chat.ts';
import { statusReply } from '../desk/cards.ts';
import { readContent } from '../desk/content.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { runningGuideOf } from './guideKept.ts';

/**
 * What somebody writes whose chat a helper has: it goes there, and the bot is silent. `end` ends it; a talk that closed by
 * itself is opened again. Undefined: it is the bot's to answer.
 */
export async function inTalk(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const { person } = turn;
  if (!turn.isPersonal || !person) return undefined;
  const ticket = await house.tickets.lastOf(person.tenantId, person.id);
  if (!ticket) return undefined;
  const { state, closed } = standingOf(ticket);
  const isEnd = commandOf(typed)?.command === 'end';
  if (state !== 'closed' && isEnd) {
    await end(house, ticket);
    return [];
  }
  if (state === 'claimed') return carry(house, turn, ticket, typed);
  if (state === 'waiting' && ticket.log.length > 1 && wasTalked(ticket)) return alsoCarry(house, turn, ticket, typed);
  if (state === 'closed' && reopens(ticket, house.clock.now()) && !commandOf(typed) && !(await isElsewhereBy(house, turn, closed?.at ?? ''))) {
    const opened = await reopenTicket(house, ticket);
    return opened.ok ? carry(house, turn, ticket, typed) : undefined;
  }
  return undefined;
}

/** Somebody was there before: what is written meanwhile is for them too. */
function wasTalked({ log }: Ticket): boolean {
  return log.some(({ kind }) => kind === 'claimed' || kind === 'reopened');
}

/** Waits for somebody to go on: what is written is carried, and the bot answers what it can. */
async function alsoCarry(house: House, turn: Turn, ticket: Ticket, typed: string): Promise<Reply[] | undefined> {
  if (commandOf(typed) || (await isElsewhereBy(house, turn, standingOf(ticket).since))) return undefined;
  const replies = await carry(house, turn, ticket, typed);
  if (house.search.answer(typed.slice(0, 2000)).kind !== 'sure') return [...replies, text(turn.words.talk.passedOn)];
  if (replies.length > 0) house.say(turn, replies);
  return undefined;
}

/** Something else was begun after that: what is typed belongs there. */
async function isElsewhereBy(house: House, turn: Turn, closedAt: string): Promise<boolean> {
  const { guideAt = '' } = await chatOf(house, turn);
  return guideAt > closedAt && (await runningGuideOf(house, turn)) !== undefined;
}

async function carry(house: House, turn: Turn, ticket: Ticket, typed: string): Promise<Reply[]> {
  const { content, hadSecrets } = await readContent(house, turn.context.activity, typed);
  const { talk, masked } = turn.words;
  const kept = isEmpty(content) ? undefined : await relayFromPerson(house, ticket, { source: sourceOf(turn), content });
  house.follow(ticket, standingOf(ticket).state !== 'claimed');
  return [
    ...(kept && !kept.ok ? [text(refusalText(turn.lang, kept.refusal))] : []),
    ...(hadSecrets ? [text(masked)] : []),
    ...(content.lost.length > 0 ? [text(talk.lost(turn.words.list(content.lost.map((kind) => talk.lostKinds[kind]))))] : []),
  ];
}

/** Nothing at all: then there is nothing to carry. What was lost is told to both sides. */
export function isEmpty({ text: said, html, files, lost }: Content): boolean {
  return said.trim() === '' && html === undefined && files.length === 0 && lost.length === 0;
}

/** A message's own id: the same when it is delivered again, edited or deleted. */
export function sourceOf({ context, conversationId }: Pick<Turn, 'context' | 'conversationId'>): string {
  return `${conversationId.split(';messageid=')[0]} ${context.activity.id ?? randomUUID()}`;
}

async function end(house: House, ticket: Ticket): Promise<void> {
  if ((await closeTicket(house, ticket, 'person')).ok) house.follow(ticket);
}

/** The button that does what `end` does. */
export async function endTalk(house: House, turn: Turn, person: Person, { ticket: id }: Extract<CardAction, { verb: 'endTalk' }>): Promise<Pressed> {
  const ticket = await house.tickets.get(person.tenantId, id);
  if (!ticket || ticket.personId !== person.id) return { say: refusalText(turn.lang, { kind: 'ticketUnknown' }) };
  if (standingOf(ticket).state === 'closed') return { say: turn.words.talk.nothingToEnd };
  await end(house, ticket);
  return { inPlace: await statusReply(house, (await house.tickets.get(person.tenantId, id)) ?? ticket, turn.lang), isSettled: true };
}

/** Solved or not, and a sentence. */
export async function rateTalk(house: House, turn: Turn, person: Person, { ticket, solved, comment }: Extract<CardAction, { verb: 'rateTalk' }>): Promise<Pressed> {
  const rated = await rateTicket(house, { tenantId: person.tenantId, id: ticket }, person.id, { solved, sentence: comment });
  if (!rated.ok) return { say: (await openTicketOf(house, person))?.id === ticket ? turn.words.talk.ratedReopened : refusalText(turn.lang, rated.refusal) };
  house.follow(rated.value);
  const was = standingOf(rated.value).rated?.solved ?? solved;
  return { inPlace: { title: turn.words.talk.over, card: talkRatedCard(turn.lang, was) } };
}
