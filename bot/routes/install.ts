import type { Activity } from 'botbuilder';
import { isTaken } from '../desk/taken.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { menu } from './command.ts';

/** Whether the bot itself was added to a conversation. */
export function isInstall(activity: Partial<Activity>): boolean {
  return activity.type === 'conversationUpdate' && (activity.membersAdded ?? []).some((member) => member.id === activity.recipient?.id);
}

/** The first thing the bot says in a conversation. */
export async function onInstall(house: House, turn: Turn): Promise<Reply[]> {
  // A helper has the chat: added again, the bot stays silent.
  return (await isTaken(house, turn.tenantId, turn.conversationId)) ? [] : [await menu(house, turn, 'welcome')];
}
