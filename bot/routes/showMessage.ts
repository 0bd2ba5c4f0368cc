import type { CardAction } from '../../cards/actions.ts';
import { link } from '../../cards/actions.ts';
import { messageCard } from '../../cards/message.ts';
import type { Person } from '../../data/model/person.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { contentOf } from '../../data/operations/relayMessage.ts';
import { helperFor } from '../desk/member.ts';
import { messageTo } from '../desk/told.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** Shows, in the place of what offered it, a message that may have arrived or not. */
export async function showMessage(house: House, turn: Turn, person: Person, { ticket: id, n, side }: Extract<CardAction, { verb: 'showMessage' }>): Promise<Pressed> {
  const ticket = await house.tickets.get(person.tenantId, id);
  // The message itself, or its being put back.
  const isOffered = ticket?.log.some((event, m) => (m === n || (event.kind === 'edited' && event.of === n)) && ticket[side].unsure.includes(m));
  if (!ticket || isOffered !== true) return { say: refusalText(turn.lang, { kind: 'ticketUnknown' }) };
  if (side === 'person' && ticket.personId !== person.id) return { say: refusalText(turn.lang, { kind: 'ticketUnknown' }) };
  if (side === 'desk') {
    const helper = await helperFor(house, turn, person, ticket);
    if (!helper.ok) return { say: refusalText(turn.lang, helper.refusal) };
  }
  const pictures = (contentOf(ticket, n)?.files ?? []).filter(({ kind }) => kind === 'image');
  const below = pictures.map(({ type, url, name }): Reply => ({ kind: 'attachment', attachment: { contentType: type, contentUrl: url, name } }));
  return { inPlace: await shown(house, turn, ticket, n, side), isSettled: true, ...(below.length > 0 ? { replies: below } : {}) };
}

async function shown(house: House, turn: Turn, ticket: Ticket, n: number, side: 'person' | 'desk'): Promise<{ title: string; card: object }> {
  const event = ticket.log[n];
  if (event?.kind === 'answered') {
    const { attachments = [], summary = '' } = await messageTo(house, ticket, n, side);
    return { title: summary, card: (attachments[0]?.content ?? {}) as object };
  }
  const name = event?.kind === 'replied' ? event.by.name : ticket.name;
  const { text = turn.words.talk.deleted, files = [] } = contentOf(ticket, n) ?? {};
  const title = turn.words.talk.unsureTitle(name);
  const links = files.filter(({ kind }) => kind === 'file').map(({ name: file, url }) => link(file, url));
  return { title, card: messageCard(turn.lang, { title, paragraphs: text === '' ? [] : [text], actions: links }) };
}
