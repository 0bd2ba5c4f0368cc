/** So many sends in so many milliseconds. */
interface Limit {
  most: number;
  withinMs: number;
}

// learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
const PER_CONVERSATION: readonly Limit[] = [{ most: 7, withinMs: 1_000 }, { most: 8, withinMs: 2_000 }, { most: 60, withinMs: 30_000 }, { most: 1_800, withinMs: 3_600_000 }];
const PER_APP: readonly Limit[] = [{ most: 50, withinMs: 1_000 }];

/** Conversations that are remembered before the idle ones are forgotten; later twice as many as were left. */
const REMEMBERED = 10_000;

/**
 * Keeps Teams' limits ahead of time, so that it need not refuse. The limit of an app counts per tenant at Teams and over all
 * tenants here. Each process counts for itself; where several together go too fast, Teams answers 429 and the send is tried
 * again.
 */
export class Limits {
  private readonly conversations = new Map<string, Sends>();
  private readonly app = new Sends(PER_APP);
  private forgetAt = REMEMBERED;

  /** Waits until a send to this conversation keeps the limits; false at once when that is later than in `mostMs`. */
  async wait(conversationId: string, mostMs: number): Promise<boolean> {
    if (this.conversations.size >= this.forgetAt) this.forgetIdle();
    const sends = this.conversations.get(conversationId) ?? new Sends(PER_CONVERSATION);
    this.conversations.set(conversationId, sends);
    return (await sends.wait(mostMs)) && this.app.wait(mostMs);
  }

  private forgetIdle(): void {
    for (const [id, sends] of this.conversations) if (sends.isIdle()) this.conversations.delete(id);
    this.forgetAt = Math.max(REMEMBERED, this.conversations.size * 2);
  }
}

/** When was sent, oldest first; what waits is there with its time to come. */
class Sends {
  private readonly limits: readonly Limit[];
  private readonly kept: number;
  private times: number[] = [];

  constructor(limits: readonly Limit[]) {
    this.limits = limits;
    this.kept = Math.max(...limits.map(({ most }) => most));
  }

  async wait(mostMs: number): Promise<boolean> {
    const now = performance.now();
    const at = Math.max(now, this.times.at(-1) ?? 0, ...this.limits.map(({ most, withinMs }) => (this.times.at(-most) ?? -Infinity) + withinMs));
    if (at - now > mostMs) return false;
    this.times.push(at);
    if (this.times.length > this.kept * 2) this.times = this.times.slice(-this.kept);
    // A timer may fire up to a millisecond early.
    if (at > now) await new Promise((resolve) => setTimeout(resolve, Math.ceil(at - now) + 1));
    return true;
  }

  isIdle(): boolean {
    const longest = Math.max(...this.limits.map(({ withinMs }) => withinMs));
    return (this.times.at(-1) ?? 0) + longest < performance.now();
  }
}
