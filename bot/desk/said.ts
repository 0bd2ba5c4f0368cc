import type { Line } from '../../data/model/ticket.ts';
import { saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { TAKES_HANDOFF } from '../routes/channels.ts';
import { tenantOf } from '../teams/directory.ts';
import { hasHelpDesk } from './available.ts';
import type { Turn } from '../turn.ts';

/** As much as somebody who takes over reads. */
const KEPT = 40;
const LONGEST = 1000;

/** Keeps what was said in a chat, for whoever takes it over; only where there is somebody. `typed`: secrets are masked. */
export async function noteSaid(house: House, turn: Turn, typed: string, replies: Reply[]): Promise<void> {
  if (!turn.isPersonal || !(await mayBeTakenOver(house, turn))) return;
  const at = house.clock.now().toISOString();
  const answered = replies.map((reply) => (reply.kind === 'text' ? reply.text : reply.kind === 'card' ? reply.title : '')).filter((text) => text !== '');
  const lines: Line[] = [{ at, by: 'person', text: typed.slice(0, LONGEST) }, ...answered.map((text): Line => ({ at, by: 'bot', text: text.slice(0, LONGEST) }))];
  await saveChat(house, turn, (chat) => ({ ...chat, said: [...chat.said, ...lines].slice(-KEPT) }));
}

async function mayBeTakenOver(house: House, turn: Turn): Promise<boolean> {
  if (TAKES_HANDOFF.has(turn.context.activity.channelId)) return true;
  const tenantId = tenantOf(turn.context);
  return tenantId !== undefined && hasHelpDesk(house, tenantId);
}
