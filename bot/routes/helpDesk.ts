import { connectHelpDesk, disconnectHelpDesk } from '../../data/operations/connectHelpDesk.ts';
import type { Person } from '../../data/model/person.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** An operator says in a channel that it is the help desk from now on. */
export async function connect(house: House, turn: Turn, person: Person): Promise<Reply[]> {
  const conversation = channelOf(turn);
  if (!conversation) return [text(turn.words.helpDesk.onlyInChannel)];
  const connected = await connectHelpDesk(house, person, { conversation, language: turn.lang });
  return [text(connected.ok ? turn.words.helpDesk.connected : refusalText(turn.lang, connected.refusal))];
}

/** An operator takes the help desk away, from anywhere. */
export async function disconnect(house: House, turn: Turn, person: Person): Promise<Reply[]> {
  const disconnected = await disconnectHelpDesk(house, person, turn.lang);
  return [text(disconnected.ok ? turn.words.helpDesk.disconnected : refusalText(turn.lang, disconnected.refusal))];
}

/** The channel itself: what is sent there begins a thread of its own. */
function channelOf({ context, conversation }: Turn): Record<string, unknown> | undefined {
  const { conversationType, id } = context.activity.conversation;
  if (conversationType !== 'channel') return undefined;
  const { activityId: _asAReply, ...reference } = conversation;
  return { ...reference, conversation: { ...(conversation['conversation'] as object), id: id.split(';messageid=')[0] } };
}
