import { cannedCard } from '../../cards/ticketForms.ts';
import type { Entry } from '../../data/knowledge/entry.ts';
import type { Activity } from 'botbuilder';
import { lastHelper, standingOf } from '../../data/desk/standing.ts';
import type { Helper, Ticket } from '../../data/model/ticket.ts';
import { noteOnTicket, relayFromHelper } from '../../data/operations/relayMessage.ts';
import { mask } from '../../data/text/mask.ts';
import { commandOf } from '../../data/text/typed.ts';
import { closeTicket } from '../../data/operations/closeTicket.ts';
import { readContent } from '../desk/content.ts';
import { helperFor } from '../desk/member.ts';
import { placeName } from '../desk/names.ts';
import { threadOf } from '../desk/places.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Reply } from '../reply.ts';
import { card, text } from '../reply.ts';
import { tenantOf } from '../teams/directory.ts';
import type { Turn } from '../turn.ts';
import { isEmpty, sourceOf } from './talk.ts';

/** Commands that are for the bot alone, in a thread too. */
const FOR_THE_BOT: ReadonlySet<string> = new Set(['queue', 'summary', 'connectHelpDesk', 'disconnectHelpDesk']);

/**
 * A message in a ticket's thread: to the person, a note (`//`), or a search for an answer (`/`). Undefined: it is in no
 * such thread. Colleagues who talk to each other are not disturbed; whoever means to write to the person, and cannot, is told.
 */
export async function onThread(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const ticket = await ticketOf(house, turn);
  if (!ticket) return undefined;
  const isAsked = mentionsBot(turn);
  const command = commandOf(typed)?.command;
  if (command !== undefined && FOR_THE_BOT.has(command) && isAsked) return undefined;
  const { state, helper: current } = standingOf(ticket);
  const { sign, rest } = signOf(turn.context.activity, typed);
  const isHelper = turn.person !== undefined && [current, lastHelper(ticket)].some((one) => one?.id === turn.person?.id);
  const isMeant = isAsked || isHelper;
  if (!isHere(turn, ticket) && sign === undefined) return isMeant ? [text(turn.words.desk.goesOn(placeName(await house.helpDesks.get(ticket.tenantId), ticket, turn.lang)))] : [];
  if (!turn.person) return state === 'claimed' || isAsked ? [text(refusalText(turn.lang, { kind: 'membershipUnknown' }))] : [];
  // Colleagues who talk about it before anybody has it do not talk to the person.
  if (state !== 'claimed' && !isMeant && sign === undefined) return [];
  const helper = await helperFor(house, turn, turn.person, ticket);
  if (!helper.ok) return isMeant || helper.refusal.kind === 'membershipUnknown' ? [text(refusalText(turn.lang, helper.refusal))] : [];
  if (sign === 'note') return note(house, turn, ticket, helper.value, rest);
  if (sign === 'search') return [canned(house, turn, ticket, rest)];
  if (command === 'end' && state === 'claimed') return closeIt(house, turn, ticket, helper.value);
  return relay(house, turn, ticket, helper.value, typed);
}

/** `//` is a note, `/` a search; whoever is mentioned in front of it does not change that. */
export function signOf({ entities }: Partial<Activity>, typed: string): { sign: 'note' | 'search' | undefined; rest: string } {
  const tags = (entities ?? []).flatMap((entity) => (entity.type === 'mention' && typeof entity['text'] === 'string' && entity['text'] !== '' ? [entity['text']] : []));
  let rest = typed.trim();
  for (let tag = tags.find((one) => rest.startsWith(one)); tag !== undefined; tag = tags.find((one) => rest.startsWith(one))) rest = rest.slice(tag.length).trim();
  const two = rest.slice(0, 2).normalize('NFKC');
  if (two === '//') return { sign: 'note', rest: rest.slice(2).trim() };
  return two.startsWith('/') ? { sign: 'search', rest: rest.slice(1).trim() } : { sign: undefined, rest };
}

/** The ticket in one of whose threads this is. */
export async function ticketOf(house: House, { context }: Pick<Turn, 'context'>): Promise<Ticket | undefined> {
  const { conversation, replyToId } = context.activity;
  const tenantId = tenantOf(context);
  if (tenantId === undefined || conversation.conversationType === 'personal') return undefined;
  const { channel, thread } = threadOf({ conversation, replyToId });
  return thread === undefined ? undefined : house.tickets.byThread(tenantId, channel, thread);
}

/** Whether it is the thread in which the ticket goes on. */
function isHere({ context }: Turn, ticket: Ticket): boolean {
  const { channel, thread } = threadOf({ conversation: context.activity.conversation, replyToId: context.activity.replyToId });
  return ticket.channel === channel && ticket.thread === thread;
}

/** Whether a message in front of others is for the bot: where it hears all messages, most are not. */
export function mentionsBot({ context: { activity } }: { context: Pick<Turn['context'], 'activity'> }): boolean {
  return (activity.entities ?? []).some((entity) => entity.type === 'mention' && (entity['mentioned'] as { id?: string } | undefined)?.id === activity.recipient.id);
}

async function note(house: House, turn: Turn, ticket: Ticket, by: Helper, typed: string): Promise<Reply[]> {
  const said = mask(typed).text;
  if (said !== '') await noteOnTicket(house, ticket, { source: sourceOf(turn), by, text: said.slice(0, 30_000) });
  house.follow(ticket, false);
  return [];
}

/** Answers that fit what was typed, to be sent by a press. */
function canned(house: House, turn: Turn, ticket: Ticket, query: string): Reply {
  return card(turn.words.desk.answersButton, cannedCard(turn.lang, { ticket: ticket.id, name: ticket.name, speaks: ticket.language, query, found: answersFor(house, turn.lang, query), isThread: true }));
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
  const { content, hadSecrets } = await readContent(house, turn.context.activity, typed);
  const { talk, masked } = turn.words;
  const kept = isEmpty(content) ? undefined : await relayFromHelper(house, ticket, { source: sourceOf(turn), by, content });
  house.follow(ticket, false);
  return [
    ...(kept && !kept.ok ? [text(refusalText(turn.lang, kept.refusal))] : []),
    ...(hadSecrets ? [text(masked)] : []),
    ...(content.lost.length > 0 ? [text(talk.lost(turn.words.list(content.lost.map((kind) => talk.lostKinds[kind]))))] : []),
  ];
}
