import { NO_TENANT } from '../data/model/ids.ts';
import type { Following } from './desk/follow.ts';
import { passDesk } from './desk/time.ts';
import type { House } from './house.ts';
import type { Keeping } from './keeping.ts';
import { passAll } from './news.ts';
import { remindDue } from './reminders.ts';
import type { Settling } from './settling.ts';

/** So long no other process looks again; less than the time between two looks of one. */
const LOOKED_MS = 20_000;

/** Does what it is time for: each look by one process, and what a process left that died. */
export class Time {
  private readonly parts: { house: House; settling: Settling; following: Following; keeping: Keeping };

  constructor(parts: Time['parts']) {
    this.parts = parts;
  }

  tick(): void {
    const { house, settling, following, keeping } = this.parts;
    this.look('reminders', () => remindDue(house));
    this.look('time', () => passAll(house));
    this.look('help desk', async () => {
      await passDesk(house);
      await following.all();
    });
    house.background.run('retention', () => keeping.pass());
    house.background.run('left work', () => this.takeOver());
    settling.again();
  }

  private look(name: string, work: () => Promise<void>): void {
    const { background, work: shared } = this.parts.house;
    background.run(name, () =>
      shared.run(NO_TENANT, name, async () => {
        await work();
        return LOOKED_MS;
      }));
  }

  private async takeOver(): Promise<void> {
    const { house, settling, following } = this.parts;
    for (const left of await house.work.left()) {
      settling.resume(left);
      following.resume(left);
    }
  }
}
