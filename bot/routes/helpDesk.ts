import { connectHelpDesk, disconnectHelpDesk } from '../../data/operations/connectHelpDesk.ts';
import type { DeskChannel } from '../../data/model/helpDesk.ts';
import type { Person } from '../../data/model/person.ts';
import { oneLine } from '../../data/text/visible.ts';
import { purposeNamed } from '../../data/text/purposes.ts';
import { purposeOf } from '../desk/names.ts';
import { inChannel } from '../desk/places.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** An operator says in a channel that it is a help desk from now on; `rest`: for what alone. */
export async function connect(house: House, turn: Turn, person: Person, rest: string): Promise<Reply[]> {
  const { helpDesk } = turn.words;
  const channel = channelOf(turn);
  if (!channel) return [text(helpDesk.onlyInChannel)];
  const only = purposeNamed(rest);
  if (only === 'unknown') return [text(helpDesk.unknownSubject)];
  const connected = await connectHelpDesk(house, person, { ...channel, name: channel.name || (await nameOf(house, channel)), ...(only === undefined ? {} : { only }) });
  if (!connected.ok) return [text(refusalText(turn.lang, connected.refusal))];
  return [text(only === undefined ? helpDesk.connected : helpDesk.connectedFor(purposeOf(turn.lang, only)))];
}

/** Teams tells the id of a channel with a message, and its name only when the team is asked. */
async function nameOf(house: House, channel: Omit<DeskChannel, 'by' | 'at'>): Promise<string> {
  if (channel.teamId === undefined) return '';
  const outcome = await house.connector.channels({ ...inChannel(channel), conversationId: channel.teamId });
  return oneLine((outcome.kind === 'done' ? outcome.value.get(channel.id) : undefined) ?? '');
}

/** An operator takes the help desk away: in a channel that one, in the own chat all of them. */
export async function disconnect(house: House, turn: Turn, person: Person): Promise<Reply[]> {
  const { helpDesk } = turn.words;
  const id = channelOf(turn)?.id;
  const before = (await house.helpDesks.get(person.tenantId))?.channels.find((channel) => channel.id === id);
  const disconnected = await disconnectHelpDesk(house, person, id);
  if (!disconnected.ok) return [text(refusalText(turn.lang, disconnected.refusal))];
  return [text(id === undefined ? helpDesk.disconnectedAll : helpDesk.disconnected), ...(before !== undefined && before.by === undefined ? [text(helpDesk.bySetting)] : [])];
}

/** The channel itself: what is sent there begins a thread of its own. */
function channelOf({ context, conversation, lang }: Turn): Omit<DeskChannel, 'by' | 'at'> | undefined {
  const { conversation: where, channelData } = context.activity;
  if (where.conversationType !== 'channel') return undefined;
  const { team, channel } = (channelData ?? {}) as { team?: { id?: unknown }; channel?: { name?: unknown; type?: unknown } };
  // A private or shared channel has members of its own; the team's are not all of them, or others.
  const isOfTeam = channel?.type === undefined || channel.type === 'standard';
  const { activityId: _asAReply, ...reference } = conversation;
  const id = where.id.split(';messageid=')[0] ?? where.id;
  return {
    id,
    conversation: { ...reference, conversation: { ...(conversation['conversation'] as object), id } },
    name: typeof channel?.name === 'string' ? oneLine(channel.name) : '',
    language: lang,
    ...(isOfTeam && typeof team?.id === 'string' && team.id !== '' ? { teamId: team.id } : {}),
  };
}
