import type { Clock, TurnKey, Turns, Work } from '../ports.ts';
import { Queues } from './queues.ts';

const REMEMBERED_MS = 10 * 60_000;

/** The order of turns where one process has them all. */
export class TurnsInMemory implements Turns {
  private readonly clock: Clock;
  private readonly queues = new Queues();
  /** The turns of each conversation, oldest first, and the conversations by their last one: one long key a turn would be most of what the process remembers. */
  private readonly done = new Map<string, Done[]>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  run({ tenantId, channelId, conversationId, activityId }: TurnKey, turn: () => Promise<void>): Promise<void> {
    const conversation = `${tenantId}/${channelId}/${conversationId}`;
    return this.queues.run(conversation, async () => {
      if (activityId === undefined) return turn();
      const at = this.clock.now().getTime();
      this.forget(at - REMEMBERED_MS);
      const before = (this.done.get(conversation) ?? []).filter((one) => one.at >= at - REMEMBERED_MS);
      if (before.some((one) => one.activityId === activityId)) return;
      await turn();
      this.done.delete(conversation);
      this.done.set(conversation, [...before, { activityId, at }]);
    });
  }

  private forget(before: number): void {
    for (const [conversation, turns] of this.done) {
      if ((turns.at(-1)?.at ?? 0) >= before) return;
      this.done.delete(conversation);
    }
  }
}

interface Done {
  activityId: string;
  at: number;
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
