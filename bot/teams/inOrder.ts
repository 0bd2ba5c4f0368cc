import type { Middleware, TurnContext } from 'botbuilder';
import { NO_TENANT } from '../../data/model/ids.ts';
import type { TurnKey, Turns } from '../../data/ports.ts';
import { tenantOf } from './directory.ts';

/**
 * Runs the turns of one conversation one after the other, because two at once would lose each other's changes, and drops an
 * activity that was delivered before: Teams sends one again when it saw no answer within 15 s.
 */
export class InOrder implements Middleware {
  private readonly turns: Turns;

  constructor(turns: Turns) {
    this.turns = turns;
  }

  onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    return this.turns.run(keyOf(context), next);
  }
}

/** Sent once each. Invokes may come twice, because their sender waits for an answer: their acts are guarded by versions. What edits or deletes a message carries the message's id. */
const ONCE: ReadonlySet<string> = new Set(['message', 'conversationUpdate', 'installationUpdate']);

function keyOf(context: TurnContext): TurnKey {
  const { type, id, channelId, conversation } = context.activity;
  const key = { tenantId: tenantOf(context) ?? NO_TENANT, channelId, conversationId: conversation.id };
  return ONCE.has(type) && id ? { ...key, activityId: id } : key;
}
