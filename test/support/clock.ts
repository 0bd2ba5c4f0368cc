import type { Clock } from '../../data/ports.ts';

/** A clock that tests move. */
export class TestClock implements Clock {
  private at: Date;

  constructor(at = '2026-11-23T06:00:00.000Z') {
    this.at = new Date(at);
  }

  now(): Date {
    return new Date(this.at);
  }

  advance(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}
