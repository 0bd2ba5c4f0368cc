import type { Log } from './log.ts';

/** Work that goes on after a turn was answered: sending and updating cards. In order under one key; awaited at the end. */
export class Background {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly log: Log;

  constructor(log: Log) {
    this.log = log;
  }

  run(key: string, work: () => Promise<unknown>): void {
    const before = this.tails.get(key) ?? Promise.resolve();
    const tail: Promise<void> = before
      .then(work)
      .then(() => undefined)
      .catch((error: unknown) => this.log.error({ err: error, key }, 'background work failed'))
      .finally(() => {
        if (this.tails.get(key) === tail) this.tails.delete(key);
      });
    this.tails.set(key, tail);
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }
}
