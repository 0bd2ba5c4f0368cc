import type { Clock } from '../../data/ports.ts';

/** How much the language model may still be asked today (UTC), in tokens; counted in this process. */
export class Budget {
  private readonly clock: Clock;
  private readonly perDay: number;
  private day = '';
  private spent = 0;

  constructor(clock: Clock, perDay: number) {
    this.clock = clock;
    this.perDay = perDay;
  }

  /** Takes the tokens that these characters may cost at most; false when they are not there. */
  take(characters: number): boolean {
    this.turnPage();
    // A Japanese character can be a token of its own.
    if (this.spent + characters > this.perDay) return false;
    this.spent += characters;
    return true;
  }

  /** Counts what was spent without asking before. */
  add(characters: number): void {
    this.turnPage();
    this.spent += characters;
  }

  private turnPage(): void {
    const today = this.clock.now().toISOString().slice(0, 10);
    if (today !== this.day) [this.day, this.spent] = [today, 0];
  }
}
