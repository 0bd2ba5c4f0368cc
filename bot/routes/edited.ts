import { deleteRelayed, editRelayed } from '../../data/operations/relayMessage.ts';
import { contentOf } from '../desk/content.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { ticketOf } from './desk.ts';
import { sourceOf } from './talk.ts';

/** A message was edited or deleted, in the person's own chat or in a ticket's thread: the other side follows. Nothing is said. */
export async function onEdited(house: House, turn: Turn, typed: string): Promise<Reply[]> {
  const ticket = turn.isPersonal ? turn.person && (await house.tickets.lastOf(turn.person.id)) : await ticketOf(house, turn);
  if (!ticket) return [];
  if (turn.context.activity.type === 'messageDelete') await deleteRelayed(house, ticket, sourceOf(turn));
  else await editRelayed(house, ticket, sourceOf(turn), (await contentOf(house, turn.context.activity, typed)).content);
  house.follow(ticket, false);
  return [];
}
