import { deleteRelayed, editRelayed, noteOnTicket } from '../../data/operations/relayMessage.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { mask } from '../../data/text/mask.ts';
import { CARRIED, readContent } from '../desk/content.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { signOf, ticketOf } from './desk.ts';
import { typedIn } from './message.ts';
import { isEmpty, sourceOf } from './talk.ts';

/** A message was edited, deleted or put back, in the person's own chat or in a ticket's thread: the other side follows. Nothing is said. */
export async function onEdited(house: House, turn: Turn): Promise<Reply[]> {
  const { activity } = turn.context;
  const source = sourceOf(turn);
  const ticket = turn.isPersonal ? await withMessage(house, turn, source) : await ticketOf(house, turn);
  if (!ticket) return [];
  const typed = typedIn(activity, CARRIED + 1);
  const { sign, rest } = signOf(activity, typed);
  if (activity.type === 'messageDelete') await deleteRelayed(house, ticket, source);
  // What becomes a note is taken back from the person.
  else if (!turn.isPersonal && sign === 'note') {
    const written = ticket.log.find((event) => event.kind === 'replied' && event.source === source);
    await deleteRelayed(house, ticket, source);
    if (written?.kind === 'replied') await noteOnTicket(house, ticket, { source: `${source} note`, by: written.by, text: mask(rest).text.slice(0, 30_000) });
  } else {
    const { content } = await readContent(house, activity, typed);
    await (isEmpty(content) ? deleteRelayed(house, ticket, source) : editRelayed(house, ticket, source, content));
  }
  house.follow(ticket, false);
  return [];
}

/** The person's newest talk in which this message was carried. */
async function withMessage(house: House, { person }: Turn, source: string): Promise<Ticket | undefined> {
  if (!person) return undefined;
  const own = (await house.tickets.ofTenant(person.tenantId)).filter(({ personId }) => personId === person.id);
  return own.findLast(({ log }) => log.some((event) => event.kind === 'said' && event.source === source));
}
