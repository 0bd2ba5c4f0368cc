import type { Clock, TurnKey, Turns, Work } from '../ports.ts';
import { Queues } from './queues.ts';

const REMEMBERED_MS = 10 * 60_000;

/** The order of turns where one process has them all. */
export class TurnsInMemory implements Turns {
  private readonly clock: Clock;
  private readonly queues = new Queues();
  /** In the order in which they were done. */
  private readonly done = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  run({ tenantId, channelId, conversationId, activityId }: TurnKey, turn: () => Promise<void>): Promise<void> {
    const conversation = `${tenantId}/${channelId}/${conversationId}`;
    return this.queues.run(conversation, async () => {
      if (activityId === undefined) return turn();
      const key = `${conversation}/${activityId}`;
      const now = this.clock.now().getTime();
      this.forget(now - REMEMBERED_MS);
      if (this.done.has(key)) return;
      await turn();
      this.done.set(key, now);
    });
  }

  private forget(before: number): void {
    for (const [key, at] of this.done) {
      if (at >= before) return;
      this.done.delete(key);
    }
  }
}

/** Work outside of turns where one process does it all. */
export class WorkInMemory implements Work {
  private readonly queues = new Queues();

  async run(tenantId: string, key: string, work: () => Promise<number | void>): Promise<void> {
    await this.queues.run(`${tenantId}/${key}`, work);
  }

  async left(): Promise<{ tenantId: string; key: string }[]> {
    return [];
  }
}
