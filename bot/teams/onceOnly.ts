import type { Middleware, TurnContext } from 'botbuilder';
import type { Clock } from '../../data/ports.ts';

const REMEMBERED_MS = 10 * 60_000;

/**
 * Drops an activity that was delivered before: Teams sends one again when it saw no answer within 15 s. Invokes pass,
 * because their sender waits for an answer; their acts are guarded by versions.
 */
export class OnceOnly implements Middleware {
  private readonly seen = new Map<string, { at: number; done: Promise<void> }>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const { type, id, conversation, channelId } = context.activity;
    // A continued conversation has no id of its own.
    // What edits or deletes a message carries its id, and does nothing the second time.
    if (type !== 'message' && type !== 'conversationUpdate' && type !== 'installationUpdate') return next();
    if (!id) return next();
    const now = this.clock.now().getTime();
    this.forget(now - REMEMBERED_MS);
    const key = `${channelId}/${conversation.id}/${id}`;
    const before = this.seen.get(key);
    // Acknowledged when the first one is: what is acknowledged is on disk.
    if (before) return before.done;
    const done = next();
    this.seen.set(key, { at: now, done });
    try {
      return await done;
    } catch (error) {
      // It was not answered: when it comes again, it is worth another try.
      this.seen.delete(key);
      throw error;
    }
  }

  /** The map keeps the order of arrival, so the oldest come first. */
  private forget(before: number): void {
    for (const [key, { at }] of this.seen) {
      if (at >= before) return;
      this.seen.delete(key);
    }
  }
}
