import { standingOf } from '../../data/desk/standing.ts';
import { openTicketOf } from '../../data/operations/openTicket.ts';
import type { House } from '../house.ts';
import type { Turn } from '../turn.ts';
import { isHandedOver } from './handoff.ts';

/** What is said to who presses an old button while a helper has the chat: the bot is silent then, and begins nothing. Undefined: nobody has it. */
export async function isBusy(house: House, turn: Turn): Promise<string | undefined> {
  if (await isHandedOver(house, turn)) return turn.words.talk.handoff.accepted;
  const ticket = turn.isPersonal && turn.person ? await openTicketOf(house, turn.person) : undefined;
  const { state, helper } = ticket ? standingOf(ticket) : {};
  return state === 'claimed' ? turn.words.talk.busy(helper?.name ?? '') : undefined;
}
