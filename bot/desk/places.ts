import type { DeskChannel } from '../../data/model/helpDesk.ts';
import type { Language } from '../../data/model/language.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import type { House } from '../house.ts';
import type { At } from '../teams/connector.ts';

interface Reference {
  serviceUrl?: string;
  conversation?: { id?: string };
}

/** The person's own chat. */
export function ownChat({ place }: Pick<Ticket, 'place'>): At {
  return { serviceUrl: (place.conversation as Reference).serviceUrl ?? '', conversationId: place.conversationId };
}

/** The channel itself: what is sent there begins a thread. */
export function inChannel({ conversation, id }: Pick<DeskChannel, 'conversation' | 'id'>): At {
  return { serviceUrl: (conversation as Reference).serviceUrl ?? '', conversationId: id };
}

/** A thread of a channel, by the message that begins it. */
export function inThread(channel: Pick<DeskChannel, 'conversation' | 'id'>, thread: string): At {
  const at = inChannel(channel);
  return { ...at, conversationId: `${at.conversationId};messageid=${thread}` };
}

/** The help desk's channel that a ticket is in; undefined where the help desk works elsewhere, or the channel is one no more. */
export async function channelOf(house: House, { tenantId, channel }: Ticket): Promise<DeskChannel | undefined> {
  return (await house.helpDesks.get(tenantId))?.channels.find(({ id }) => id === channel);
}

export async function languageOfDesk(house: House, ticket: Ticket): Promise<Language> {
  return (await channelOf(house, ticket))?.language ?? ticket.language;
}

/** The channel and the thread of a message in a channel: Teams puts the thread into the conversation id, or names it as what is replied to. */
export function threadOf({ conversation, replyToId }: { conversation: { id: string }; replyToId?: string | undefined }): { channel: string; thread: string | undefined } {
  const [channel = '', thread] = conversation.id.split(';messageid=');
  return { channel, thread: thread ?? replyToId };
}
