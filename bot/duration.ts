import { parse } from 'tinyduration';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** An ISO 8601 duration in milliseconds; a month is taken as 30 days, a year as 365. `PT1D`, which people write, means `P1D`. Undefined when it is none. */
export function durationMs(written: string): number | undefined {
  try {
    const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, negative } = parse(written.replace(/^PT(\d+)D$/, 'P$1D'));
    const ms = (years * 365 + months * 30 + weeks * 7 + days) * DAY + ((hours * 60 + minutes) * 60 + seconds) * SECOND;
    return negative === true || ms <= 0 ? undefined : ms;
  } catch {
    return undefined;
  }
}
