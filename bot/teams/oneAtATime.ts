import type { Middleware, TurnContext } from 'botbuilder';

/** Runs the turns of one conversation one after the other: two at once would lose each other's changes. */
export class OneAtATime implements Middleware {
  private readonly tails = new Map<string, Promise<void>>();

  async onTurn(context: TurnContext, turn: () => Promise<void>): Promise<void> {
    const key = `${context.activity.channelId}/${context.activity.conversation.id}`;
    const before = this.tails.get(key) ?? Promise.resolve();
    const mine = before.then(turn);
    const tail = mine.catch(() => undefined);
    this.tails.set(key, tail);
    try {
      await mine;
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }
}
