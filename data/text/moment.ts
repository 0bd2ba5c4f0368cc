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
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/(?:分|min(?:ute)?s?)\s?(?:くらい|ぐらい|ほど)?\s?(?:前|ago)/u, MINUTE],
  [/(?:時間|hours?|hrs?|h)\s?(?:くらい|ぐらい|ほど)?\s?(?:前|ago)/u, 60 * MINUTE],
  [/(?:日|days?)\s?(?:くらい|ぐらい|ほど)?\s?(?:前|ago)/u, 24 * 60 * MINUTE],
  [/(?:週間|weeks?)\s?(?:くらい|ぐらい|ほど)?\s?(?:前|ago)/u, 7 * 24 * 60 * MINUTE],
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
  const counted = said.replace(/half an hour/u, '30 minutes').replace(/\b(?:an?|one)\b/u, '1');
  for (const [unit, ms] of UNITS) {
    const number = new RegExp(`(\\d{1,3}(?:\\.\\d)?)\\s?${unit.source}`, 'u').exec(counted)?.[1];
    if (number !== undefined) return new Date(now.getTime() - Number(number) * ms);
  }
  const local = new Date(now.getTime() + offsetOf(now, timeZone) * MINUTE);
  const date = /(?:(20\d\d)[-/年.])?(\d{1,2})[-/月.](\d{1,2})日?/u.exec(said);
  const back = DAYS_BACK.find(([word]) => word.test(said))?.[1];
  const time = /(午前|午後|am|pm)?\s?(\d{1,2})(?:\s?[:時]\s?(\d{2}|半)?分?|(?=\s?[ap]m))\s?(am|pm)?/u.exec(date ? said.slice(date.index + date[0].length) : said);
  if (!date && back === undefined && !time) return undefined;
  const half = time?.[1] ?? time?.[4];
  const hour = time ? (Number(time[2]) % (half === undefined ? 24 : 12)) + (half === '午後' || half === 'pm' ? 12 : 0) : 12;
  const minute = time?.[3] === '半' ? 30 : Number(time?.[3] ?? 0);
  const year = Number(date?.[1] ?? local.getUTCFullYear());
  const wall = date
    ? new Date(Date.UTC(year, Number(date[2]) - 1, Number(date[3]), hour, minute))
    : new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() - (back ?? 0), hour, minute));
  if (Number.isNaN(wall.getTime()) || minute > 59) return undefined;
  const at = instantOf(wall, timeZone);
  if (at <= now) return at;
  if (!time && back === 0) return now;
  if (date?.[1] === undefined && date) return instantOf(new Date(Date.UTC(year - 1, Number(date[2]) - 1, Number(date[3]), hour, minute)), timeZone);
  return back === undefined && !date ? new Date(at.getTime() - 24 * 60 * MINUTE) : undefined;
}

/** Day and time as a clock of that place shows them: `11/23 14:30`, `11/23, 2:30 PM`. */
export function clockTime(at: Date, timeZone: string, lang: Language): string {
  return new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-US', { timeZone, month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', ...(lang === 'ja' ? { hourCycle: 'h23' } : {}) }).format(at);
}
