import type { CardAction } from '../../cards/actions.ts';
import type { Person } from '../../data/model/person.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { showQueue, summary } from './queue.ts';
import { showMessage } from './showMessage.ts';
import { onTicket } from './ticket.ts';

/** What the help desk does, in its channel or in a helper's own chat; who acts is asked of the team's roster, by each. */
type Desk = Extract<CardAction, { verb: 'ticket' | 'queue' | 'summary' | 'showMessage' }>;

export function isDesk(action: CardAction): action is Desk {
  return ['ticket', 'queue', 'summary', 'showMessage'].includes(action.verb);
}

export async function deskAction(house: House, turn: Turn, person: Person, action: Desk): Promise<Pressed> {
  switch (action.verb) {
    case 'ticket':
      return onTicket(house, turn, person, action);
    case 'queue':
      return showQueue(house, turn, person, action);
    case 'summary': {
      const drawn = await summary(house, turn, person);
      return 'kind' in drawn ? { say: refusalText(turn.lang, drawn) } : { inPlace: drawn, isSettled: true };
    }
    case 'showMessage':
      return showMessage(house, turn, person, action);
  }
}
