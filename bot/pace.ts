import type { Clock } from '../data/ports.ts';

const MINUTE_MS = 60_000;
/** Who has been silent for a minute is forgotten when there are so many, or twice as many as the last time. */
const REMEMBERED = 10_000;

interface Minute {
  began: number;
  count: number;
  isTold: boolean;
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
  private forgetAt = REMEMBERED;

  constructor(most: PaceSettings, clock: Clock) {
    this.most = most;
    this.clock = clock;
  }

  /** `first`: one turn too many, which is answered with a sentence; `more`: after that one, in the same minute. */
  of(tenantId: string, personId: string): 'fine' | 'first' | 'more' {
    if (this.minutes.size >= this.forgetAt) this.forgetSilent();
    const person = this.count(`${tenantId}/${personId}`);
    // What one person has too many is nobody else's: it uses up nothing of the tenant's.
    if (person.count <= this.most.person && this.count(tenantId).count <= this.most.tenant) return 'fine';
    const pace = person.isTold ? 'more' : 'first';
    person.isTold = true;
    return pace;
  }

  private count(key: string): Minute {
    const now = this.clock.now().getTime();
    const known = this.minutes.get(key);
    const minute = known && now - known.began < MINUTE_MS ? known : { began: now, count: 0, isTold: false };
    minute.count += 1;
    this.minutes.set(key, minute);
    return minute;
  }

  private forgetSilent(): void {
    const now = this.clock.now().getTime();
    for (const [key, { began }] of this.minutes) if (now - began >= MINUTE_MS) this.minutes.delete(key);
    this.forgetAt = Math.max(REMEMBERED, this.minutes.size * 2);
  }
}
