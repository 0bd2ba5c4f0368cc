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
      .catch((error: unknown) => // The rest of the key names a person or a contract.
        this.log.error({ err: error, work: key.split(' ')[0] }, 'background work failed'))
      .finally(() => {
        if (this.tails.get(key) === tail) this.tails.delete(key);
      });
    this.tails.set(key, tail);
  }

  /** Resolves when nothing is under way any more, or when the time is over. */
  async idle(ms: number): Promise<void> {
    const end = Date.now() + ms;
    while (this.tails.size > 0 && Date.now() < end) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, end - Date.now());
      });
      await Promise.race([Promise.all(this.tails.values()), late]);
      clearTimeout(timer);
    }
  }
}
