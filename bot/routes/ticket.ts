import type { CardAction } from '../../cards/actions.ts';
import { EMPTY_VALUES, roleFormCard } from '../../cards/roleForm.ts';
import { assignTicketForm, cannedCard, closeForm, moveForm, ticketSaysCard, transcriptCard } from '../../cards/ticketForms.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Person } from '../../data/model/person.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import type { Result } from '../../data/model/result.ts';
import { refuse } from '../../data/model/result.ts';
import type { Helper, Ticket } from '../../data/model/ticket.ts';
import { assignTicket, claimTicket, releaseTicket } from '../../data/operations/claimTicket.ts';
import { closeTicket } from '../../data/operations/closeTicket.ts';
import { moveTicket } from '../../data/operations/moveTicket.ts';
import { noteThread } from '../../data/operations/tellFollower.ts';
import { answerTicket } from '../../data/operations/relayMessage.ts';
import { briefingReply } from '../desk/cards.ts';
import { writeDraft } from '../desk/draft.ts';
import { colleagues, helperFor } from '../desk/member.ts';
import { channelOf } from '../desk/places.ts';
import { withoutContracts } from '../desk/contractIds.ts';
import { nameOfChannel } from '../desk/names.ts';
import { linesOf } from '../desk/transcript.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { answersFor } from './desk.ts';
import { showQueue } from './queue.ts';

type Move = Extract<CardAction, { verb: 'ticket' }>;

/** What a member of the help desk does with a ticket, by a button of its briefing or of the queue. The others see it by the briefing, which follows. */
export async function onTicket(house: House, turn: Turn, person: Person, action: Move): Promise<Pressed> {
  const ticket = await house.tickets.get(person.tenantId, action.ticket);
  if (!ticket) return { say: refusalText(turn.lang, { kind: 'ticketUnknown' }) };
  const helper = await helperFor(house, turn, person, ticket);
  if (!helper.ok) return { say: refusalText(turn.lang, helper.refusal) };
  await learnThread(house, turn, ticket);
  return act(house, turn, person, ticket, helper.value, action);
}

/** A briefing of which the bot was never told, because the answer to its sending was lost: what is written below it belongs to the ticket. */
async function learnThread(house: House, turn: Turn, ticket: Ticket): Promise<void> {
  const { conversation, replyToId } = turn.context.activity;
  const [channel = '', thread] = conversation.id.split(';messageid=');
  // Pressed on the message that begins the thread, and that is no other ticket's: the queue may be shown in a thread too.
  if (channel !== ticket.channel || thread === undefined || replyToId !== thread) return;
  if (!(await house.tickets.byThread(ticket.tenantId, channel, thread))) await noteThread(house, ticket, { channel, thread });
}

async function act(house: House, turn: Turn, person: Person, ticket: Ticket, by: Helper, action: Move): Promise<Pressed> {
  const { lang, words } = turn;
  switch (action.move) {
    case 'briefing':
      return { inPlace: await briefingReply(house, ticket, lang), isSettled: true };
    case 'claim':
      return claimed(house, turn, person, ticket, by);
    case 'release':
      return settled(house, turn, ticket, await releaseTicket(house, ticket, by));
    case 'moveForm':
      return shown(words.buttons.transfer, moveForm(lang, { ticket: ticket.id, name: ticket.name, channels: await otherChannels(house, turn, ticket) }));
    case 'move':
      return settled(house, turn, ticket, await moveTicket(house, await house.helpDesks.get(ticket.tenantId), ticket, { to: action.to, by, note: action.note }));
    case 'assignForm':
      return shown(words.desk.assign, assignTicketForm(lang, { ticket: ticket.id, name: ticket.name, members: await membersOf(house, ticket) }));
    case 'assign':
      return settled(house, turn, ticket, await assignTo(house, ticket, by, action.to));
    case 'closeForm':
      return shown(words.buttons.close, closeForm(lang, { ticket: ticket.id, name: ticket.name }));
    case 'close':
      return settled(house, turn, ticket, await closeTicket(house, ticket, by, action.note));
    case 'transcript':
      return shown(words.desk.transcript, transcriptCard(lang, { ticket: ticket.id, name: ticket.name, page: action.page, lines: (await linesOf(house, ticket, lang, turn.timeZone)).map((line) => withoutContracts(line, ticket)) }));
    case 'answers':
      return shown(words.desk.answersButton, cannedCard(lang, { ticket: ticket.id, name: ticket.name, speaks: ticket.language, query: action.query, found: answersFor(house, lang, action.query), isThread: false }));
    case 'sendAnswer':
      return sendAnswer(house, turn, ticket, by, action.entry ?? '');
    case 'roleForm':
      return shown(words.desk.requestRole, ticketSaysCard(lang, ticket.id, await roleFormFor(house, turn, person, ticket)));
    case 'draft':
      return shown(words.desk.draft, ticketSaysCard(lang, ticket.id, await drafted(house, turn, person, ticket)));
  }
}

function shown(title: string, card: object): Pressed {
  return { inPlace: { title, card }, isSettled: true };
}

/** From the briefing it is the briefing that changes; from the queue, the queue. */
async function claimed(house: House, turn: Turn, person: Person, ticket: Ticket, by: Helper): Promise<Pressed> {
  const result = await claimTicket(house, ticket, by);
  const pressedOn = turn.context.activity.replyToId;
  const isBriefing = pressedOn === undefined || ticket.threads.some(({ thread }) => thread === pressedOn);
  if (!result.ok || isBriefing) return settled(house, turn, ticket, result);
  house.follow(ticket);
  return showQueue(house, turn, person, { show: 'mine', page: 0, query: '' }, turn.words.desk.claimedFromQueue);
}

/** The briefing as it is now: for who pressed at once, for the others after the turn; and why nothing was done. */
async function settled(house: House, turn: Turn, ticket: Ticket, result: Result<Ticket, Refusal>): Promise<Pressed> {
  house.follow(ticket);
  if (!result.ok) return { say: refusalText(turn.lang, result.refusal) };
  return { inPlace: await briefingReply(house, result.value, turn.lang), isSettled: true };
}

async function otherChannels(house: House, turn: Turn, ticket: Ticket): Promise<{ id: string; title: string }[]> {
  const desk = await house.helpDesks.get(ticket.tenantId);
  return (desk?.channels ?? []).filter(({ id }) => id !== ticket.channel).map((channel) => ({ id: channel.id, title: nameOfChannel(turn.lang, channel) }));
}

/** Where the file is, is for those who run the bot. */
async function drafted(house: House, turn: Turn, person: Person, ticket: Ticket): Promise<string> {
  const file = await writeDraft(house.draftsDir, ticket);
  const { drafted: done, draftFile } = turn.words.desk;
  return house.operators.has(person.mail) ? `${done} ${draftFile(file)}` : done;
}

async function membersOf(house: House, ticket: Ticket): Promise<{ id: string; name: string }[]> {
  const channel = await channelOf(house, ticket);
  const { helper } = standingOf(ticket);
  return channel ? (await colleagues(house, channel)).filter(({ objectId }) => objectId !== helper?.objectId).map(({ objectId, name }) => ({ id: objectId, name })) : [];
}

/** Only to whom the roster has now; known to the bot from then on. */
async function assignTo(house: House, ticket: Ticket, by: Helper, to: string): Promise<Result<Ticket, Refusal>> {
  const channel = await channelOf(house, ticket);
  const wanted = to.trim().toLowerCase();
  const found = channel && wanted !== '' ? (await colleagues(house, channel)).find(({ objectId, mail }) => objectId === wanted || mail?.toLowerCase() === wanted) : undefined;
  if (!found) return refuse({ kind: 'colleagueUnknown' });
  const known = (await house.people.byObjectId(ticket.tenantId, found.objectId)) ?? (found.mail === undefined ? undefined : await house.people.ensure(ticket.tenantId, found.mail.toLowerCase()));
  return known ? assignTicket(house, ticket, by, { id: known.id, objectId: found.objectId, name: found.name.slice(0, 200) }) : refuse({ kind: 'colleagueUnknown' });
}

async function sendAnswer(house: House, turn: Turn, ticket: Ticket, by: Helper, entry: string): Promise<Pressed> {
  if (!house.knowledge.entries[ticket.language].has(entry)) return { say: turn.words.faults.unknownAction };
  const sent = await answerTicket(house, ticket, by, entry);
  house.follow(ticket, false);
  if (!sent.ok) return { say: refusalText(turn.lang, sent.refusal) };
  const title = house.knowledge.entries[turn.lang].get(entry)?.title ?? entry;
  return { inPlace: { title, card: ticketSaysCard(turn.lang, ticket.id, turn.words.desk.answered(by.name, title)) }, isSettled: true };
}

/** In the helper's own chat: the form asks for contracts, and what comes of it is the helper's request. */
async function roleFormFor(house: House, turn: Turn, helper: Person, ticket: Ticket): Promise<string> {
  const beneficiary = await house.people.get(ticket.tenantId, ticket.personId);
  const conversationId = (helper.reference as { conversation?: { id?: string } } | undefined)?.conversation?.id;
  if (!beneficiary || !helper.reference || conversationId === undefined) return turn.words.desk.roleFormNoChat;
  const contractId = ticket.briefing.values['contractId'] ?? '';
  const card = roleFormCard(turn.lang, { form: 'request', values: { ...EMPTY_VALUES, contractId, forMail: beneficiary.mail, reason: `${ticket.id}: ${ticket.question}`.slice(0, 1000), ticket: ticket.id } });
  house.say({ conversation: helper.reference, conversationId }, [{ kind: 'card', title: turn.words.request.formTitle, card }]);
  return turn.words.desk.roleFormSent;
}
