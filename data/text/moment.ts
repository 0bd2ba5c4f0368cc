import type { Language } from '../model/language.ts';

/** Minutes that a time zone is ahead of UTC at an instant. */
function offsetOf(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Math.round((Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at.getTime()) / 60_000);
}

/** The instant of a wall clock in a time zone. */
function instantOf(wall: Date, timeZone: string): Date {
  const first = new Date(wall.getTime() - offsetOf(wall, timeZone) * 60_000);
  return new Date(wall.getTime() - offsetOf(first, timeZone) * 60_000);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How long ago, with `前` and the like or without: `3 時間たちました` is as long ago. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/(?:分|min(?:ute)?s?\b)/u, MINUTE],
  [/(?:時間|hours?\b|hrs?\b|h\b)/u, HOUR],
  [/(?:日(?=間|前|ほど|くらい|ぐらい|以上)|days?\b)/u, 24 * HOUR],
  [/(?:週間|weeks?\b)/u, 7 * 24 * HOUR],
];
const NUMERALS: readonly (readonly [RegExp, string])[] = [
  ...['一', '二', '三', '四', '五', '六', '七', '八', '九'].map((kanji, i) => [new RegExp(`${kanji}(?=時間|分|日間|日前|週間)`, 'gu'), String(i + 1)] as const),
  [/十(?=時間|分|日間|日前)/gu, '10'],
  ...['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].map((word, i) => [new RegExp(`\\b${word}\\b`, 'gu'), String(i + 2)] as const),
  [/half an hour/gu, '30 minutes'],
  [/\b(?:an?|one)(?= (?:hour|minute|day|week))/gu, '1'],
];
const DAYS_BACK: readonly (readonly [RegExp, number])[] = [
  [/一昨日|おととい|day before yesterday/u, 2],
  [/昨日|きのう|昨夜|昨晩|yesterday|last night/u, 1],
  [/今日|きょう|本日|今朝|today|this (?:morning|afternoon)/u, 0],
];

/**
 * When something happened, in a person's words: `さっき`, `2 時間前`, `昨日 15:30`, `11/20 9時`, `an hour ago`, `today at 2pm`. A time
 * without a day is the last such time; a day without one is noon. Undefined when it says no time, or one that is to come.
 */
export function momentOf(typed: string, now: Date, timeZone: string): Date | undefined {
  const said = typed.normalize('NFKC').toLowerCase();
  if (/たった今|さっき|先ほど|ついさっき|^今(?:です)?$|just now|right now|^now$|a (?:moment|minute) ago/u.test(said)) return now;
  const counted = NUMERALS.reduce((text, [form, digits]) => text.replace(form, digits), said);
  for (const [unit, ms] of UNITS) {
    const [, number, half] = new RegExp(`(?<![\\d:/.])(\\d{1,4}(?:\\.\\d)?)\\s?${unit.source}(半)?`, 'u').exec(counted) ?? [];
    if (number !== undefined && !isClock(counted, ms)) return new Date(now.getTime() - (Number(number) + (half === undefined ? 0 : 0.5)) * ms);
  }
  const local = new Date(now.getTime() + offsetOf(now, timeZone) * MINUTE);
  const date = /(?:(20\d\d)[-/年.])?(\d{1,2})[-/月.](\d{1,2})日?/u.exec(said);
  const back = DAYS_BACK.find(([word]) => word.test(said))?.[1];
  const time = /(午前|午後|am|pm)?\s?(?<!\d)(\d{1,2})(?:\s?(?::|時(?!間))\s?(\d{2}|半)?分?|(?=\s?[ap]m))\s?(am|pm)?/u.exec(date ? said.slice(date.index + date[0].length) : said);
  if (!date && back === undefined && !time) return undefined;
  const half = time?.[1] ?? time?.[4];
  const hour = time ? (Number(time[2]) % (half === undefined ? 24 : 12)) + (half === '午後' || half === 'pm' ? 12 : 0) : 12;
  const minute = time?.[3] === '半' ? 30 : Number(time?.[3] ?? 0);
  const year = Number(date?.[1] ?? local.getUTCFullYear());
  const wall = date
    ? new Date(Date.UTC(year, Number(date[2]) - 1, Number(date[3]), hour, minute))
    : new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() - (back ?? 0), hour, minute));
  if (Number.isNaN(wall.getTime()) || minute > 59 || Number(time?.[2] ?? 0) > 24) return undefined;
  // The 30th of February is no day.
  if (date && (wall.getUTCMonth() !== Number(date[2]) - 1 || wall.getUTCDate() !== Number(date[3]))) return undefined;
  const at = instantOf(wall, timeZone);
  if (at <= now) return at;
  if (!time && back === 0) return now;
  if (date?.[1] === undefined && date) return instantOf(new Date(Date.UTC(year - 1, Number(date[2]) - 1, Number(date[3]), hour, minute)), timeZone);
  return back === undefined && !date ? new Date(at.getTime() - 24 * 60 * MINUTE) : undefined;
}

/** When the day of an instant began in a time zone. */
export function startOfDay(at: Date, timeZone: string): Date {
  const local = new Date(at.getTime() + offsetOf(at, timeZone) * 60_000);
  return instantOf(new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate())), timeZone);
}

/** Day and time as a clock of that place shows them: `11/23 14:30`, `11/23, 14:30`. */
export function clockTime(at: Date, timeZone: string, lang: Language): string {
  return new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-US', { timeZone, month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** `14時30分` is a time of day, no half hour ago. */
function isClock(said: string, unit: number): boolean {
  return unit === MINUTE && /\d\s?時(?!間)/u.test(said);
}
