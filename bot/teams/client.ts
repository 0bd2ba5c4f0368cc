import type { Activity } from 'botbuilder';
import type { Language } from '../../data/model/language.ts';

interface ClientInfo {
  country?: unknown;
  timezone?: unknown;
}

/** What a Teams client says of itself: an entity of type `clientInfo`. */
function clientInfo(activity: Partial<Activity>): ClientInfo {
  return ((activity.entities ?? []).find(({ type }) => type === 'clientInfo') ?? {}) as ClientInfo;
}

/** ISO 3166 code of where the person's client is, else of its language's region; Japan for Japanese; else undefined. */
export function countryOf(activity: Partial<Activity>, lang: Language): string | undefined {
  const { country } = clientInfo(activity);
  if (typeof country === 'string' && /^[A-Za-z]{2}$/.test(country)) return country.toUpperCase();
  const locale = typeof activity.locale === 'string' ? activity.locale : '';
  return /^[a-z]{2,3}-([A-Z]{2})$/.exec(locale)?.[1] ?? (lang === 'ja' ? 'JP' : undefined);
}

/** IANA time zone of the person's client; without one, Japan's for Japanese and UTC else. */
export function timeZoneOf(activity: Partial<Activity>, lang: Language): string {
  const told = [activity.localTimezone, clientInfo(activity).timezone].find((zone): zone is string => typeof zone === 'string' && isZone(zone));
  return told ?? (lang === 'ja' ? 'Asia/Tokyo' : 'UTC');
}

/** As `Intl` lists them, which is slow to ask for one by one; older names of zones stay valid. */
const ZONES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'));

function isZone(name: string): boolean {
  if (ZONES.has(name)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
