import type { CardAction } from '../../cards/actions.ts';
import { messageCard } from '../../cards/message.ts';
import { helpFormCard } from '../../cards/talk.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Person } from '../../data/model/person.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { Subject } from '../../data/model/ticket.ts';
import { openTicket, openTicketOf } from '../../data/operations/openTicket.ts';
import { placeCard } from '../../data/operations/tellFollower.ts';
import { commandOf } from '../../data/text/typed.ts';
import { chatOf, saveChat } from '../chat.ts';
import { hasHelpDesk } from '../desk/available.ts';
import { hoursFor, statusReply } from '../desk/cards.ts';
import { gather, questionOf, subjectOf } from '../desk/gather.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { personReply } from './answer.ts';
import { handOver } from './handoff.ts';

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
  const last = person && (await house.tickets.lastOf(person.tenantId, person.id));
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
  const opened = await openTalk(house, turn, person, { question: action.question, subject, card: shownAt });
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
  const opened = await openTalk(house, turn, person, { question: typed, subject: subjectOf(chat) });
  return opened.ok ? [await statusBelow(house, turn, opened.value)] : undefined;
}

export async function openTalk(house: House, turn: Turn, person: Person, wish: { question: string; subject: Subject; card?: string | undefined; run?: string }): ReturnType<typeof openTicket> {
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

export async function cancelledHelp(house: House, turn: Turn): Promise<Pressed> {
  if (turn.isPersonal) await saveChat(house, turn, ({ asksForPerson: _asked, ...now }) => now);
  const { cancelled } = turn.words.talk;
  return { inPlace: { title: cancelled, card: messageCard(turn.lang, { paragraphs: [cancelled] }) } };
}
