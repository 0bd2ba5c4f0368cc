import { standingOf } from '../../data/desk/standing.ts';
import type { TicketStore } from '../../data/ports.ts';

/** Whether a helper has this conversation: then nothing else is said in it. */
export async function isTaken({ tickets }: { tickets: TicketStore }, tenantId: string, conversationId: string): Promise<boolean> {
  return (await tickets.unsettledIn(tenantId, conversationId)).some((ticket) => standingOf(ticket).state === 'claimed');
}
