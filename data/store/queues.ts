/** Runs works one after the other under one key, and at once under different ones. */
export class Queues {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Runs `work` after everything else asked for under this key, whatever became of it. */
  async run<R>(key: string, work: () => Promise<R>): Promise<R> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const mine = before.then(work);
    const tail = mine.catch(() => undefined);
    this.tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }
}
