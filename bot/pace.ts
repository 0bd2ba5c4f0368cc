import type { Clock } from '../data/ports.ts';

const MINUTE_MS = 60_000;
/** Who has been silent for a minute is forgotten when there are so many. */
const REMEMBERED = 10_000;

interface Minute {
  began: number;
  count: number;
}

/** So many turns a minute, of one person and of one tenant; each process counts for itself. */
export interface PaceSettings {
  person: number;
  tenant: number;
}

/** Slows down whoever writes or presses faster than a person can. */
export class Pace {
  private readonly most: PaceSettings;
  private readonly clock: Clock;
  private readonly minutes = new Map<string, Minute>();

  constructor(most: PaceSettings, clock: Clock) {
    this.most = most;
    this.clock = clock;
  }

  /** `first`: one turn too many, which is answered with a sentence; `more`: after that one, in the same minute. */
  of(tenantId: string, personId: string): 'fine' | 'first' | 'more' {
    if (this.minutes.size >= REMEMBERED) this.forgetSilent();
    const person = this.count(`${tenantId}/${personId}`) - this.most.person;
    const tenant = this.count(tenantId) - this.most.tenant;
    if (person <= 0 && tenant <= 0) return 'fine';
    return person === 1 || (person <= 0 && tenant > 0) ? 'first' : 'more';
  }

  private count(key: string): number {
    const now = this.clock.now().getTime();
    const known = this.minutes.get(key);
    const minute = known && now - known.began < MINUTE_MS ? known : { began: now, count: 0 };
    minute.count += 1;
    this.minutes.set(key, minute);
    return minute.count;
  }

  private forgetSilent(): void {
    const now = this.clock.now().getTime();
    for (const [key, { began }] of this.minutes) if (now - began >= MINUTE_MS) this.minutes.delete(key);
  }
}
