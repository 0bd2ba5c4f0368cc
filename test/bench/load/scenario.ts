import type { Who } from '../../support/people.ts';
import type { Sent } from './channel.ts';
import { Wrong } from './talk.ts';
import type { Talk } from './talk.ts';

/** What people do, turn by turn. Whatever throws ends the bench. */
export interface Scenario {
  /** Who speaks in that conversation. */
  who(n: number): Who;
  /** Before anything is measured: the bot comes to know who speaks. */
  begin(talk: Talk): Promise<unknown>;
  /** One turn, and whether what came is right; false: there is nothing left to do. */
  turn(talk: Talk): Promise<boolean | void>;
  /** After the last turn of a round: what came between the turns is all that had to come. */
  after(talks: Talk[]): Promise<void>;
}

/** The only thing that was sent, which has to be a new message. */
export function onlyMessage(sent: Sent[]): Sent {
  const [first] = sent;
  if (!first || sent.length > 1 || first.method !== 'POST' || first.body.type !== 'message') throw new Wrong(`not one message, but ${shown(sent)}`);
  return first;
}

/** For who is told nothing but in turns. */
export async function nothingUnasked(talks: Talk[]): Promise<void> {
  const unasked = talks.flatMap(({ late }) => late.splice(0));
  if (unasked.length > 0) throw new Wrong(`came unasked: ${shown(unasked)}`);
}

/** Something in a fault's sentence. */
export function shown(what: unknown): string {
  return JSON.stringify(what).slice(0, 2000);
}
