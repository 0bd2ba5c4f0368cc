import { cannedCard } from '../../cards/ticketForms.ts';
import type { Entry } from '../../data/knowledge/entry.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Helper, Ticket } from '../../data/model/ticket.ts';
import { noteOnTicket, relayFromHelper } from '../../data/operations/relayMessage.ts';
import { mask } from '../../data/text/mask.ts';
import { commandOf } from '../../data/text/typed.ts';
import { closeTicket } from '../../data/operations/closeTicket.ts';
import { contentOf } from '../desk/content.ts';
import { helperFor } from '../desk/member.ts';
import { channelOf, threadOf } from '../desk/places.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Reply } from '../reply.ts';
import { card, text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { isEmpty, sourceOf } from './talk.ts';

/** Commands that are for the bot alone, in a thread too. */
const FOR_THE_BOT: ReadonlySet<string> = new Set(['queue', 'summary', 'connectHelpDesk', 'disconnectHelpDesk']);

/**
 * A message in a ticket's thread: to the person, a note (`//`), or a search for an answer (`/`). Undefined: it is in no
 * such thread. Who does not belong to the team is told so only when speaking to the bot.
 */
export async function inThread(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const ticket = await ticketOf(house, turn);
  if (!ticket) return undefined;
  const isAsked = mentionsBot(turn);
  const command = commandOf(typed)?.command;
  if (command !== undefined && FOR_THE_BOT.has(command) && isAsked) return undefined;
  const words = TEXTS[(await channelOf(house, ticket))?.language ?? turn.lang];
  if (!turn.person) return isAsked ? [text(words.faults.unidentified)] : [];
  const { state } = standingOf(ticket);
  const sign = typed.slice(0, 2).normalize('NFKC');
  const isNote = sign === '//';
  const isSearch = !isNote && sign.startsWith('/');
  // Colleagues who talk about it before anybody has it do not talk to the person.
  if (state !== 'claimed' && !isAsked && !isNote && !isSearch) return [];
  const helper = await helperFor(house, turn, turn.person, ticket);
  if (!helper.ok) return [text(refusalText(turn.lang, helper.refusal))];
  if (isNote) return note(house, turn, ticket, helper.value, typed);
  if (isSearch) return [canned(house, turn, ticket, typed.slice(1).trim())];
  if (command === 'end' && state === 'claimed') return closeIt(house, turn, ticket, helper.value);
  return relay(house, turn, ticket, helper.value, typed);
}

/** The ticket in whose thread this is. */
export async function ticketOf(house: House, { context, person }: Pick<Turn, 'context' | 'person'>): Promise<Ticket | undefined> {
  const { conversation, replyToId } = context.activity;
  if (!person || conversation.conversationType === 'personal') return undefined;
  const { channel, thread } = threadOf({ conversation, replyToId });
  return thread === undefined ? undefined : house.tickets.byThread(person.tenantId, channel, thread);
}

/** Whether a message in front of others is for the bot: where it hears all messages, most are not. */
export function mentionsBot({ context: { activity } }: Pick<Turn, 'context'>): boolean {
  return (activity.entities ?? []).some((entity) => entity.type === 'mention' && (entity['mentioned'] as { id?: string } | undefined)?.id === activity.recipient.id);
}

async function note(house: House, turn: Turn, ticket: Ticket, by: Helper, typed: string): Promise<Reply[]> {
  const said = mask(typed.slice(2).trim()).text;
  if (said !== '') await noteOnTicket(house, ticket, { source: sourceOf(turn), by, text: said.slice(0, 30_000) });
  house.follow(ticket, false);
  return [];
}

/** Answers that fit what was typed, to be sent by a press. */
function canned(house: House, turn: Turn, ticket: Ticket, query: string): Reply {
  return card(turn.words.desk.answersButton, cannedCard(turn.lang, { ticket: ticket.id, query, found: answersFor(house, turn.lang, query), isThread: true }));
}

const FOUND = 4;

/** The entries nearest to a few words. */
export function answersFor(house: House, lang: Turn['lang'], query: string): Entry[] {
  if (query.trim() === '') return [];
  const answering = house.search.answer(query);
  const sure = answering.kind === 'sure' || answering.kind === 'between' ? answering.entries : [];
  return [...new Set([...sure, ...house.search.nearest(query, FOUND)])].slice(0, FOUND).flatMap((id) => house.knowledge.entries[lang].get(id) ?? []);
}

async function closeIt(house: House, turn: Turn, ticket: Ticket, by: Helper): Promise<Reply[]> {
  const closed = await closeTicket(house, ticket, by);
  house.follow(ticket);
  return closed.ok ? [] : [text(refusalText(turn.lang, closed.refusal))];
}

async function relay(house: House, turn: Turn, ticket: Ticket, by: Helper, typed: string): Promise<Reply[]> {
  const { content, hadSecrets } = await contentOf(house, turn.context.activity, typed);
  const { talk, masked } = turn.words;
  const kept = isEmpty(content) ? undefined : await relayFromHelper(house, ticket, { source: sourceOf(turn), by, content });
  house.follow(ticket, false);
  return [
    ...(kept && !kept.ok ? [text(refusalText(turn.lang, kept.refusal))] : []),
    ...(hadSecrets ? [text(masked)] : []),
    ...(content.lost.length > 0 ? [text(talk.lost(turn.words.list(content.lost.map((kind) => talk.lostKinds[kind]))))] : []),
  ];
}
