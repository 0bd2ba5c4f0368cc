import type { Sent } from './channel.ts';
import { Wrong } from './talk.ts';
import type { Talk } from './talk.ts';

/** What people do, turn by turn. Whatever throws ends the bench. */
export interface Scenario {
  /** Before anything is measured: the bot comes to know who speaks. */
  begin(talk: Talk): Promise<unknown>;
  /** One turn, and whether what came is right; false: there is nothing left to do. */
  turn(talk: Talk): Promise<boolean | void>;
}

/** The only thing that was sent, which has to be a new message. */
export function onlyMessage(sent: Sent[]): Sent {
  const [first] = sent;
  if (!first || sent.length > 1 || first.method !== 'POST' || first.body.type !== 'message') throw new Wrong(`not one message, but ${JSON.stringify(sent).slice(0, 2000)}`);
  return first;
}
