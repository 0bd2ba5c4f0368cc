import { NO_TENANT } from '../data/model/ids.ts';
import type { Retention } from '../data/model/retention.ts';
import { passRetention } from '../data/operations/passRetention.ts';
import type { Clock } from '../data/ports.ts';
import type { Store } from '../data/store/store.ts';
import type { Log } from './log.ts';

const HOUR_MS = 60 * 60_000;

/** Forgets what was kept long enough, at most once an hour over all processes. */
export class Keeping {
  private readonly parts: { store: Store; clock: Clock; log: Log };
  private readonly retention: Retention;
  private next = -Infinity;

  constructor(parts: { store: Store; clock: Clock; log: Log }, retention: Retention) {
    this.parts = parts;
    this.retention = retention;
  }

  async pass(): Promise<void> {
    const { store, clock, log } = this.parts;
    const now = clock.now().getTime();
    if (now < this.next) return;
    this.next = now + HOUR_MS;
    await store.work.run(NO_TENANT, 'retention', async () => {
      const forgotten = await passRetention(store, clock, this.retention);
      if (forgotten.removed + forgotten.changed > 0) log.info(forgotten, 'forgot what was kept long enough');
      return HOUR_MS;
    });
  }
}
