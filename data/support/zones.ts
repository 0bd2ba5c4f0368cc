/** Where the lines of the table are answered when it says local time, and which line a country is given. ISO 3166 codes. */
export const COUNTRIES: readonly { code: string; name: string; zone: string }[] = [
  { code: 'JP', name: 'Japan', zone: 'Asia/Tokyo' },
  { code: 'US', name: 'United States', zone: 'America/Los_Angeles' },
  { code: 'CA', name: 'Canada', zone: 'America/Los_Angeles' },
  { code: 'CN', name: 'China', zone: 'Asia/Shanghai' },
  { code: 'HK', name: 'Hong Kong SAR', zone: 'Asia/Hong_Kong' },
  { code: 'IN', name: 'India', zone: 'Asia/Kolkata' },
  { code: 'ID', name: 'Indonesia', zone: 'Asia/Jakarta' },
  { code: 'MO', name: 'Macau SAR', zone: 'Asia/Macau' },
  { code: 'MY', name: 'Malaysia', zone: 'Asia/Kuala_Lumpur' },
  { code: 'PH', name: 'Philippines', zone: 'Asia/Manila' },
  { code: 'SG', name: 'Singapore', zone: 'Asia/Singapore' },
  { code: 'KR', name: 'South Korea', zone: 'Asia/Seoul' },
  { code: 'TW', name: 'Taiwan', zone: 'Asia/Taipei' },
  { code: 'TH', name: 'Thailand', zone: 'Asia/Bangkok' },
  { code: 'VN', name: 'Vietnam', zone: 'Asia/Ho_Chi_Minh' },
  { code: 'AT', name: 'Austria', zone: 'Europe/Vienna' },
  { code: 'BE', name: 'Belgium', zone: 'Europe/Brussels' },
  { code: 'CZ', name: 'Czech Republic', zone: 'Europe/Prague' },
  { code: 'DK', name: 'Denmark', zone: 'Europe/Copenhagen' },
  { code: 'FI', name: 'Finland', zone: 'Europe/Helsinki' },
  { code: 'FR', name: 'France', zone: 'Europe/Paris' },
  { code: 'DE', name: 'Germany', zone: 'Europe/Berlin' },
  { code: 'GR', name: 'Greece', zone: 'Europe/Athens' },
  { code: 'HU', name: 'Hungary', zone: 'Europe/Budapest' },
  { code: 'IE', name: 'Ireland', zone: 'Europe/Dublin' },
  { code: 'IT', name: 'Italy', zone: 'Europe/Rome' },
  { code: 'LU', name: 'Luxembourg', zone: 'Europe/Luxembourg' },
  { code: 'NL', name: 'Netherlands', zone: 'Europe/Amsterdam' },
  { code: 'NO', name: 'Norway', zone: 'Europe/Oslo' },
  { code: 'PL', name: 'Poland', zone: 'Europe/Warsaw' },
  { code: 'PT', name: 'Portugal', zone: 'Europe/Lisbon' },
  { code: 'ES', name: 'Spain', zone: 'Europe/Madrid' },
  { code: 'SE', name: 'Sweden', zone: 'Europe/Stockholm' },
  { code: 'CH', name: 'Switzerland', zone: 'Europe/Zurich' },
  { code: 'TR', name: 'Turkey', zone: 'Europe/Istanbul' },
  { code: 'GB', name: 'United Kingdom', zone: 'Europe/London' },
  { code: 'IL', name: 'Israel', zone: 'Asia/Jerusalem' },
  { code: 'ZA', name: 'South Africa', zone: 'Africa/Johannesburg' },
  { code: 'AU', name: 'Australia', zone: 'Australia/Sydney' },
  { code: 'NZ', name: 'New Zealand', zone: 'Pacific/Auckland' },
];

const places = (zone: (code: string) => string, codes: string): { code: string; zone: string }[] => codes.split(' ').map((code) => ({ code, zone: zone(code) }));
/** The zone most of a country lives in, by the platform's own table. */
const own = (code: string): string => zonesOf(code)[0] ?? 'UTC';

/** Countries that have no line of their own, by the table's names of regions (upper case ISO 3166 codes). */
export const REGIONS: Readonly<Record<string, readonly { code: string; zone: string }[]>> = {
  europe: places(own, 'AD AL AM AZ BA BG BY CY EE FO GE GI GL HR IS KZ LI LT LV MC MD ME MK MT RO RS SI SK SM UA VA XK'),
  'middle east and africa': places(own, 'AE AO BF BH BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW IQ JO KE KM KW LB LR LS LY MA MG ML MR MU MW MZ NA NE NG OM PS QA RW SA SC SD SL SN SO ST SZ TD TG TN TZ UG YE ZM ZW'),
  'Southeast Asia': places(own, 'BN KH LA MM TL'),
  'Indian subcontinent': places(own, 'BD BT LK MV NP PK'),
};

function zonesOf(code: string): string[] {
  const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
