import { randomUUID } from 'node:crypto';
import type { CardAction } from '../../cards/actions.ts';
import { messageCard } from '../../cards/message.ts';
import { helpFormCard, talkRatedCard } from '../../cards/talk.ts';
import { reopens, standingOf } from '../../data/desk/standing.ts';
import type { Person } from '../../data/model/person.ts';
import type { Content, Ticket } from '../../data/model/ticket.ts';
import { Subject } from '../../data/model/ticket.ts';
import { closeTicket, rateTicket, reopenTicket } from '../../data/operations/closeTicket.ts';
import { openTicket, openTicketOf } from '../../data/operations/openTicket.ts';
import { relayFromPerson } from '../../data/operations/relayMessage.ts';
import { placeCard } from '../../data/operations/tellFollower.ts';
import { commandOf } from '../../data/text/typed.ts';
import { chatOf, saveChat } from '../chat.ts';
import { hoursFor, statusReply } from '../desk/cards.ts';
import { contentOf } from '../desk/content.ts';
import { gather, questionOf, subjectOf } from '../desk/gather.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { personReply } from './answer.ts';
import { runningGuideOf } from './guideKept.ts';
import { handOver } from './handoff.ts';

/** Whether the person's company has a help desk, here or elsewhere. */
export async function hasHelpDesk(house: House, tenantId: string): Promise<boolean> {
  return house.elsewhereFor(tenantId) || ((await house.helpDesks.get(tenantId))?.channels.length ?? 0) > 0;
}

/** `person`: what is it about, filled in; or how the talk stands that is open already; or Microsoft's support where there is no help desk. */
export async function askForPerson(house: House, turn: Turn): Promise<Reply[]> {
  const { person } = turn;
  if (turn.context.activity.channelId !== 'msteams') return handOver(house, turn);
  if (!person || !(await hasHelpDesk(house, person.tenantId))) return personReply(house, turn);
  // In front of others nobody is asked what it is about.
  if (!turn.isPersonal) return [text(turn.words.personalOnly)];
  const open = await openTicketOf(house, person);
  if (open) return [text(turn.words.talk.alreadyOpen), await statusBelow(house, turn, open)];
  return [await helpForm(house, turn)];
}

/** The form; where nothing is known that it could be about, what is typed next is taken for it. */
async function helpForm(house: House, turn: Turn, about: { asked?: string; intro?: string } = {}): Promise<Reply> {
  const { asked = '', intro } = about;
  const chat = await chatOf(house, turn);
  const question = asked === '' ? questionOf(chat, house.clock.now()) || (await unsolvedOf(house, turn)) : asked;
  if (question === '') await saveChat(house, turn, (now) => ({ ...now, asksForPerson: house.clock.now().toISOString() }));
  const card = helpFormCard(turn.lang, { question, subject: subjectOf(chat), ...hoursFor(house, turn.timeZone, turn.lang), ...(intro === undefined ? {} : { problem: intro }) });
  return { kind: 'card', title: turn.words.talk.formTitle, card };
}

/** What the last talk was about that solved nothing, lately. */
async function unsolvedOf(house: House, { person }: Turn): Promise<string> {
  const last = person && (await house.tickets.lastOf(person.id));
  const { rated } = last ? standingOf(last) : {};
  return last && rated?.solved === false && house.clock.now().getTime() - Date.parse(rated.at) < LATELY_MS ? last.question : '';
}

/** After two answers in a row that did not help. */
async function offerPerson(house: House, turn: Turn, asked: string): Promise<Reply[]> {
  if (!turn.isPersonal || !turn.person || !(await hasHelpDesk(house, turn.person.tenantId)) || (await openTicketOf(house, turn.person))) return [];
  return [await helpForm(house, turn, { asked, intro: turn.words.talk.twoWrong })];
}

/** An answer of the bot was wrong, or it had none; with the second in a row a person is offered. `asked`: what was just typed. */
export async function missed(house: House, turn: Turn, asked = ''): Promise<Reply[]> {
  if (!turn.isPersonal) return [];
  const now = house.clock.now();
  const { misses } = await chatOf(house, turn);
  const count = misses && now.getTime() - Date.parse(misses.at) < LATELY_MS ? misses.count + 1 : 1;
  await saveChat(house, turn, ({ misses: _old, ...chat }) => ({ ...chat, ...(count < 2 ? { misses: { count, at: now.toISOString() } } : {}) }));
  return count < 2 ? [] : offerPerson(house, turn, asked);
}

const LATELY_MS = 30 * 60_000;

/** An answer helped. */
export async function helped(house: House, turn: Turn): Promise<void> {
  if (turn.isPersonal && (await chatOf(house, turn)).misses) await saveChat(house, turn, ({ misses: _old, ...chat }) => chat);
}

/** Puts the person into the queue. */
export async function open(house: House, turn: Turn, person: Person, action: Extract<CardAction, { verb: 'openTicket' }>): Promise<Pressed> {
  const subject = Subject.safeParse(action.subject).data ?? 'other';
  const shownAt = turn.context.activity.replyToId;
  const opened = await opening(house, turn, person, { question: action.question, subject, card: shownAt });
  if (!opened.ok) return { inPlace: { title: turn.words.talk.formTitle, card: helpFormCard(turn.lang, { question: action.question.slice(0, 2000), subject, problem: refusalText(turn.lang, opened.refusal) }) } };
  return { inPlace: await statusReply(house, opened.value, turn.lang), isSettled: true };
}

/** What was typed after `person`, where the form was empty. */
export async function typedAfterPerson(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const { person } = turn;
  if (!turn.isPersonal || !person) return undefined;
  const chat = await chatOf(house, turn);
  if (chat.asksForPerson === undefined) return undefined;
  await saveChat(house, turn, ({ asksForPerson: _asked, ...now }) => now);
  if (commandOf(typed) || house.clock.now().getTime() - Date.parse(chat.asksForPerson) > LATELY_MS / 3) return undefined;
  const opened = await opening(house, turn, person, { question: typed, subject: subjectOf(chat) });
  return opened.ok ? [await statusBelow(house, turn, opened.value)] : undefined;
}

export async function opening(house: House, turn: Turn, person: Person, wish: { question: string; subject: Subject; card?: string | undefined; run?: string }): ReturnType<typeof openTicket> {
  const chat = await chatOf(house, turn);
  const { question, subject, card, run } = wish;
  const place = { conversationId: turn.conversationId, conversation: turn.conversation, ...(card === undefined ? {} : { card }) };
  const desk = await house.helpDesks.get(person.tenantId);
  const opened = await openTicket(house, desk, house.elsewhereFor(person.tenantId), person, { question, subject, language: turn.lang, timeZone: turn.timeZone, place, briefing: await gather(house, chat, person, question), ...(run === undefined ? {} : { run }) });
  if (opened.ok) {
    await saveChat(house, turn, ({ asksForPerson: _asked, misses: _misses, ...now }) => now);
    house.follow(opened.value);
  }
  return opened;
}

/** The card that shows how the talk stands, at the end of the chat; it is the one that is kept current from now on. */
export async function statusBelow(house: House, turn: Turn, ticket: Ticket): Promise<Reply> {
  return { kind: 'card', ...(await statusReply(house, ticket, turn.lang)), sent: (id) => placeCard(house, ticket, id) };
}

/**
 * What somebody writes whose chat a helper has: it goes there, and the bot is silent. `end` ends it; a talk that closed by
 * itself is opened again. Undefined: it is the bot's to answer.
 */
export async function inTalk(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const { person } = turn;
  if (!turn.isPersonal || !person) return undefined;
  const ticket = await house.tickets.lastOf(person.id);
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
  if (commandOf(typed)) return undefined;
  const replies = await carry(house, turn, ticket, typed);
  return house.search.answer(typed.slice(0, 2000)).kind === 'sure' ? undefined : [...replies, text(turn.words.talk.passedOn)];
}

/** Something else was begun after that: what is typed belongs there. */
async function isElsewhereBy(house: House, turn: Turn, closedAt: string): Promise<boolean> {
  const { guideAt = '' } = await chatOf(house, turn);
  return guideAt > closedAt && (await runningGuideOf(house, turn.conversationId)) !== undefined;
}

async function carry(house: House, turn: Turn, ticket: Ticket, typed: string): Promise<Reply[]> {
  const { content, hadSecrets } = await contentOf(house, turn.context.activity, typed);
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

export async function cancelledHelp(house: House, turn: Turn): Promise<Pressed> {
  if (turn.isPersonal) await saveChat(house, turn, ({ asksForPerson: _asked, ...now }) => now);
  const { cancelled } = turn.words.talk;
  return { inPlace: { title: cancelled, card: messageCard(turn.lang, { paragraphs: [cancelled] }) } };
}
