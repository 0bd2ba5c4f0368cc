import { deleteRelayed, editRelayed, noteOnTicket } from '../../data/operations/relayMessage.ts';
import { mask } from '../../data/text/mask.ts';
import { CARRIED, contentOf } from '../desk/content.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { signOf, ticketOf } from './desk.ts';
import { typedIn } from './message.ts';
import { sourceOf } from './talk.ts';

/** A message was edited, deleted or put back, in the person's own chat or in a ticket's thread: the other side follows. Nothing is said. */
export async function onEdited(house: House, turn: Turn): Promise<Reply[]> {
  const { activity } = turn.context;
  const ticket = turn.isPersonal ? turn.person && (await house.tickets.lastOf(turn.person.id)) : await ticketOf(house, turn);
  if (!ticket) return [];
  const source = sourceOf(turn);
  const typed = typedIn(activity, CARRIED + 1);
  const { sign, rest } = signOf(activity, typed);
  if (activity.type === 'messageDelete') await deleteRelayed(house, ticket, source);
  // What becomes a note is taken back from the person.
  else if (!turn.isPersonal && sign === 'note') {
    const written = ticket.log.find((event) => event.kind === 'replied' && event.source === source);
    await deleteRelayed(house, ticket, source);
    if (written?.kind === 'replied') await noteOnTicket(house, ticket, { source: `${source} note`, by: written.by, text: mask(rest).text });
  } else await editRelayed(house, ticket, source, (await contentOf(house, activity, typed)).content);
  house.follow(ticket, false);
  return [];
}
