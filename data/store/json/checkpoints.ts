import type { Journal } from './journal.ts';

/** A record that was saved is in its own file so long after, or sooner when the journal has grown so far. */
const EVERY_MS = 30_000;
const LARGEST_JOURNAL = 16 * 1024 * 1024;
const LOOK_MS = 1_000;

/** Something whose records go from the journal into files of their own. */
export interface Flushed {
  readonly isDirty: boolean;
  flush(): Promise<void>;
}

/** Brings what was saved into the files of the records, and lets the journal begin anew. */
export class Checkpoints {
  private readonly journal: Journal;
  private readonly flushed: readonly Flushed[];
  private readonly timer: NodeJS.Timeout;
  private last = performance.now();
  private running: Promise<void> | undefined;

  /** `onFault`: a checkpoint failed; nothing is lost, the journal has it, and the next one tries again. */
  constructor(journal: Journal, flushed: readonly Flushed[], onFault: (error: Error) => void) {
    this.journal = journal;
    this.flushed = flushed;
    this.timer = setInterval(() => {
      const isTime = performance.now() - this.last >= EVERY_MS || this.journal.bytes >= LARGEST_JOURNAL;
      if (isTime && this.flushed.some(({ isDirty }) => isDirty)) this.run().catch(onFault);
    }, LOOK_MS).unref();
  }

  /** Resolves when everything that was saved before is in its own file. */
  run(): Promise<void> {
    this.running ??= this.flush().finally(() => (this.running = undefined));
    return this.running;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running?.catch(() => undefined);
    await this.run();
    await this.journal.close();
  }

  private async flush(): Promise<void> {
    this.last = performance.now();
    const removeOlder = await this.journal.rotate();
    for (const one of this.flushed) await one.flush();
    await removeOlder();
  }
}
