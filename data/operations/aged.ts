import { standingOf } from '../desk/standing.ts';
import { withoutWords } from '../desk/withoutWords.ts';
import type { Chat } from '../model/chat.ts';
import type { Rating } from '../model/rating.ts';
import type { Ticket } from '../model/ticket.ts';
import { canonical } from './canonical.ts';

// Records as they are when what is older than an instant is forgotten (ISO 8601, UTC); the very record where nothing is.

/** A chat without what was said, answered and offered before; in one that was silent so long, only what it is to be asked again is left. */
export function agedChat(chat: Chat, before: string): Chat {
  const { version, tenantId, conversationId, at, reminders = [] } = chat;
  const waits = reminders.length === 0 ? {} : { reminders };
  const next: Chat = at < before ? { version, tenantId, conversationId, dialog: {}, handled: [], answers: [], known: {}, said: [], at, ...waits } : withoutOld(chat, before);
  return canonical(next) === canonical(chat) ? chat : next;
}

function withoutOld({ misses, offered, asksForPerson, ...chat }: Chat, before: string): Chat {
  const isLately = (at: string): boolean => at >= before;
  return {
    ...(isLately(chat.guideAt ?? chat.at) ? chat : withoutGuide(chat)),
    ...(misses && isLately(misses.at) ? { misses } : {}),
    ...(offered && isLately(offered.at) ? { offered } : {}),
    ...(asksForPerson !== undefined && isLately(asksForPerson) ? { asksForPerson } : {}),
    answers: chat.answers.filter(({ at }) => isLately(at)),
    said: chat.said.filter(({ at }) => isLately(at)),
  };
}

/** What guides have gathered. */
function withoutGuide({ packet: _packet, lastGuide: _guide, guideCard: _card, guideAt: _at, ...chat }: Chat): Chat {
  return { ...chat, dialog: {}, known: {} };
}

/** A rating whose older votes have no question any more. */
export function agedRating(rating: Rating, before: string): Rating {
  const old = Object.entries(rating.votes).filter(([, { at, question }]) => at < before && question !== '');
  return old.length === 0 ? rating : { ...rating, votes: { ...rating.votes, ...Object.fromEntries(old.map(([id, vote]) => [id, { ...vote, question: '' }])) } };
}

/** A ticket that was closed before, without what was said in it; one that is not over is left alone. */
export function agedTicket(ticket: Ticket, before: string): Ticket {
  return wasClosedBefore(ticket, before) ? withoutWords(ticket) : ticket;
}

export function wasClosedBefore(ticket: Ticket, before: string): boolean {
  const { closed } = standingOf(ticket);
  return closed !== undefined && closed.at < before;
}
