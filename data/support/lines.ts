import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Hours } from '../model/deskPolicy.ts';
import { COUNTRIES, REGIONS } from './zones.ts';

const { isHoliday } = createRequire(import.meta.url)('@holiday-jp/holiday_jp') as { isHoliday: (this: void, day: Date) => boolean };

/** A line of the table of Microsoft's page (facts 115-117). */
const Row = z.object({
  region: z.string().min(1),
  country: z.string().min(1),
  number: z.string().min(3),
  toll_free: z.enum(['yes', 'no', '']),
  note: z.string(),
  open: z.string().regex(/^\d\d:\d\d$/),
  close: z.string().regex(/^\d\d:\d\d$/),
  days: z.enum(['', 'Mon-Fri', 'Sun-Thu']),
  timezone: z.string().min(1),
  languages: z.string().min(1),
});

/** A phone line of Microsoft's VL support. */
export interface SupportLine {
  /** ISO 3166. */
  country: string;
  number: string;
  /** Undefined: the table does not say. */
  isTollFree: boolean | undefined;
  languages: string[];
  /** `landline` or `mobile`, where the table tells numbers apart by it; `abroad`: a call abroad may cost. */
  reach: 'landline' | 'mobile' | 'abroad' | undefined;
  /** As the table writes it, in `timeZone`: `09:00`. */
  open: string;
  close: string;
  /** Days it is answered, 0 is Sunday; where the table names none, Monday to Friday is taken for granted. */
  days: number[];
  /** IANA name; a fixed distance from UTC where the table gives one. */
  timeZone: string;
  /** IANA name of the caller's own place. */
  place: string;
  closesOnHolidays: boolean;
}

const WORKDAYS = { '': [1, 2, 3, 4, 5], 'Mon-Fri': [1, 2, 3, 4, 5], 'Sun-Thu': [0, 1, 2, 3, 4] };

/** Reads the table. Throws naming the line that is wrong. A line of a region is for its countries without a line of their own. */
export async function loadSupportLines(file: string): Promise<SupportLine[]> {
  const rows = parse(await readFile(file, 'utf8'), { columns: true, trim: true, skip_empty_lines: true });
  return rows.flatMap((raw, i) => {
    const parsed = Row.safeParse(raw);
    if (!parsed.success) throw new Error(`${file}, line ${i + 2}: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
    const row = parsed.data;
    return placesOf(row).map(({ code, zone }) => ({
        country: code,
        number: row.number,
        isTollFree: row.toll_free === '' ? undefined : row.toll_free === 'yes',
        languages: row.languages.split(';'),
        open: row.open,
        close: row.close,
        days: WORKDAYS[row.days],
        reach: REACH.find((reach) => row.note.includes(reach === 'abroad' ? 'international tolls' : reach)),
        timeZone: row.timezone === 'local' ? zone : fixed(row.timezone, zone),
        place: zone,
        closesOnHolidays: /holidays/.test(row.note),
    }));
  });
}

const REACH = ['landline', 'mobile', 'abroad'] as const;

/** The countries a line is for: the one it names, or those of its region that have no line of their own. */
function placesOf({ region, country }: z.infer<typeof Row>): readonly { code: string; zone: string }[] {
  const own = COUNTRIES.find(({ name }) => name === country);
  return own ? [own] : (REGIONS[country === 'All locations' ? region : country] ?? []);
}

/** `UTC+8` -> `Etc/GMT-8`, which counts the other way round; the place's own zone for half hours, and for Pacific time, which has a summer. */
function fixed(written: string, zone: string): string {
  const [, sign, hours, minutes = '00'] = /^UTC(?:([+-])(\d{1,2})(?::(\d\d))?)?$/.exec(written) ?? [];
  if (hours === undefined) return 'UTC';
  return minutes !== '00' || sign === '-' ? zone : `Etc/GMT-${hours}`;
}

const DAY_MS = 24 * 60 * 60_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Whether a line, or a help desk, is there at an instant; when not, how many minutes until it is, to the minute. */
export function opening(line: Hours, now: Date): { isOpen: boolean; opensInMinutes: number } {
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const local = localOf(new Date(now.getTime() + ahead * DAY_MS), line.timeZone);
    if (!line.days.includes(local.weekday) || (line.closesOnHolidays && isHoliday(new Date(`${local.day}T00:00:00`)))) continue;
    if (ahead > 0) return { isOpen: false, opensInMinutes: ahead * 24 * 60 - local.minutes + minutesOf(line.open) };
    if (local.minutes < minutesOf(line.open)) return { isOpen: false, opensInMinutes: minutesOf(line.open) - local.minutes };
    if (local.minutes < minutesOf(line.close)) return { isOpen: true, opensInMinutes: 0 };
  }
  return { isOpen: false, opensInMinutes: 14 * 24 * 60 };
}

/** How long it is there in a day, in milliseconds. */
export function spanOf({ open, close }: Hours): number {
  return (minutesOf(close) - minutesOf(open)) * 60_000;
}

/** How long it has been there today, in milliseconds; negative before it opens. */
export function openFor({ open, timeZone }: Hours, now: Date): number {
  return (localOf(now, timeZone).minutes - minutesOf(open)) * 60_000;
}

/** A line's hours on the clock of the caller's place, as they are at an instant: `09:00`. */
export function hoursThere({ open, close, timeZone, place }: Pick<SupportLine, 'open' | 'close' | 'timeZone' | 'place'>, now: Date): { open: string; close: string } {
  const away = localOf(now, place).minutes - localOf(now, timeZone).minutes;
  const there = (clock: string): string => {
    const minutes = (minutesOf(clock) + away + 2 * 24 * 60) % (24 * 60);
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  };
  return { open: there(open), close: there(close) };
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** By time zone: making one costs more than all that is asked of it in a turn. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  FORMATS.set(timeZone, made);
  return made;
}

function localOf(at: Date, timeZone: string): { day: string; weekday: number; minutes: number } {
  const parts = formatIn(timeZone).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { day: `${of('year')}-${of('month')}-${of('day')}`, weekday: WEEKDAYS.indexOf(of('weekday')), minutes: Number(of('hour')) * 60 + Number(of('minute')) };
}

/** The lines for a country; none: the online form is the way (fact 117). */
export function linesFor(lines: readonly SupportLine[], country: string | undefined): SupportLine[] {
  return lines.filter((line) => line.country === country);
}
