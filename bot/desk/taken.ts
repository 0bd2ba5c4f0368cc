import { standingOf } from '../../data/desk/standing.ts';
import type { House } from '../house.ts';

/** Whether a helper has this conversation: then nothing else is said in it. */
export async function isTaken(house: Pick<House, 'tickets'>, conversationId: string): Promise<boolean> {
  return (await house.tickets.unsettled()).some((ticket) => ticket.place.conversationId === conversationId && standingOf(ticket).state === 'claimed');
}
