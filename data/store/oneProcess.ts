import type { Clock, TurnKey, Turns, Work } from '../ports.ts';
import { Queues } from './queues.ts';

const REMEMBERED_MS = 10 * 60_000;

/** The order of turns where one process has them all. */
export class TurnsInMemory implements Turns {
  private readonly clock: Clock;
  private readonly queues = new Queues();
  /** The turns of each conversation, oldest first, and the conversations by their last one: one long key a turn would be most of what the process remembers. */
  private readonly done = new Map<string, Done>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  run({ tenantId, channelId, conversationId, activityId }: TurnKey, turn: () => Promise<void>): Promise<void> {
    const conversation = `${tenantId}/${channelId}/${conversationId}`;
    return this.queues.run(conversation, async () => {
      if (activityId === undefined) return turn();
      const now = this.clock.now().getTime();
      const { turns } = this.lately(conversation, now - REMEMBERED_MS);
      if (turns.has(activityId)) return;
      await turn();
      turns.set(activityId, now);
      this.done.delete(conversation);
      this.done.set(conversation, { turns, last: now });
    });
  }

  /** Forgets what was done before, here and in conversations that have been silent since. */
  private lately(conversation: string, before: number): Pick<Done, 'turns'> {
    for (const [silent, { last }] of this.done) {
      if (last >= before) break;
      this.done.delete(silent);
    }
    const done = this.done.get(conversation) ?? { turns: new Map<string, number>() };
    for (const [activityId, at] of done.turns) {
      if (at >= before) break;
      done.turns.delete(activityId);
    }
    return done;
  }
}

interface Done {
  /** When each was begun, by its activity. */
  turns: Map<string, number>;
  last: number;
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
