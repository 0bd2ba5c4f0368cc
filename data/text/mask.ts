/** What people paste that nobody else may see. */
export type Secret = 'productKey' | 'password' | 'domainValue';

/** What stands in the place of a secret. */
export const MASKED = '[***]';

const HYPHEN = '[-‐‑‒–—−ー－]';
/** The letters and digits of Microsoft's product keys: without a hyphen between the groups only these are taken for one. */
const KEY_LETTER = '[BCDFGHJKMNPQRTVWXY2346789]';
const VALUE = '[\\x21-\\x7e]{4,}';
/** What no word looks like: letters and digits, or a sign, in one; the names of products are words. Bounded: without it, a long run takes its length squared. */
const MIXED = `(?!(?:microsoft|office|windows|server|sql|ms|m|o|vl|e)-?\\d{1,4}(?![\\x21-\\x7e]))(?=[\\x21-\\x7e]{0,64}(?:\\d[\\x21-\\x7e]{0,64}[a-z]|[a-z][\\x21-\\x7e]{0,64}\\d|[!#$%^&*+~]))${VALUE}`;
const WORD = '(?:password|passwd|passcode|passphrase|\\bpass|pwd|\\bpw|\\bpin|secret|api[ -]?key|パスワード|パスコード|暗証番号)s?';
const BETWEEN = '(?:\\s|は|が|を|に|って|も|、|,|"|\'|`|“|「|『|（|\\(|-|\\bis\\b|\\bwas\\b|\\bnow\\b){0,6}';

const PATTERNS: readonly { secret: Secret; pattern: RegExp }[] = [
  // Groups with a letter and a digit, whatever stands between them; without a digit only with dashes. The first group is looked for first: most places have none.
  { secret: 'productKey', pattern: /(?<![A-Z0-9]{5})(?=[A-Z0-9]{5})(?=[^A-Z]{0,40}[A-Z])(?=\D{0,60}\d)[A-Z0-9]{5}(?:[^\p{L}\p{N}]{1,6}[A-Z0-9]{5}){4}(?![A-Z0-9]{5})/giu },
  { secret: 'productKey', pattern: new RegExp(`(?<![A-Z0-9])[A-Z0-9]{5}(?:\\s{0,2}${HYPHEN}{1,2}\\s{0,2}[A-Z0-9]{5}){4}(?![A-Z0-9])`, 'giu') },
  { secret: 'productKey', pattern: new RegExp(`(?<![A-Z0-9])(?=[A-Z\\s]{0,36}\\d)${KEY_LETTER}{5}(?:\\s{0,3}${KEY_LETTER}{5}){4}(?![A-Z0-9])`, 'giu') },
  // A number of a ticket or a request (`T-MS3…`) is none.
  { secret: 'domainValue', pattern: /(?<=\bMS\s{0,3}[=:]\s{0,3}["'「]?)ms[\w-]{3,}|(?<![A-Z0-9]|(?<![A-Z0-9])[TR]-)ms(?=[a-z]{0,8}\d)\w{6,}/giu },
  { secret: 'password', pattern: /(?<![A-Z0-9])sk-[\w-]{16,}/giu },
  // With a sign between, anything is a value; without, only what no word looks like; a number only where it is said to be one.
  { secret: 'password', pattern: new RegExp(`(?<=${WORD}${BETWEEN}[:=]\\s{0,3}["'「]?)${VALUE}`, 'giu') },
  { secret: 'password', pattern: new RegExp(`(?<=${WORD}${BETWEEN})(?<![\\x21\\x23-\\x26\\x28-\\x2b\\x2d-\\x7e])${MIXED}`, 'giu') },
  { secret: 'password', pattern: new RegExp(`(?<=${WORD}(?:は|が|って| is | was )\\s{0,2})\\d{4,}(?!\\s?(?:年|月|日|回|文字|桁|characters|digits|times))`, 'giu') },
  { secret: 'password', pattern: new RegExp(`(?<![\\x21-\\x7e])${MIXED}(?=\\s?(?:という|が|は)\\s?(?:パスワード|暗証番号)|\\s(?:is|was) (?:my|the|our|her|his) (?:password|pw|pin))`, 'giu') },
];

/** Takes secrets out of a text; returns it in NFKC with `MASKED` in their places, and which kinds there were. Nothing found: the text as it was. */
export function mask(text: string): { text: string; secrets: Secret[] } {
  // Invisible characters between the letters hide nothing from the reader.
  const normal = text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '').replaceAll(/&#0?45;|&ndash;|&mdash;|&shy;/giu, '-');
  const secrets = new Set<Secret>();
  const masked = PATTERNS.reduce(
    (rest, { secret, pattern }) =>
      rest.replaceAll(pattern, (value) => {
        if (value.includes(MASKED)) return value;
        secrets.add(secret);
        return MASKED;
      }),
    normal,
  );
  return secrets.size === 0 ? { text, secrets: [] } : { text: masked, secrets: [...secrets] };
}

const MENTION = /<at\b[^>]{0,40}>[^<]{0,100}<\/at>/giu;
const MAIL = /[\p{L}\p{N}._+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;
/** Six digits and more, as numbers are written; a date is none. */
const LONG_NUMBER = /(?<!\d)(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))\d(?:[-\s()]?\d){5,}/gu;

/**
 * A question as it is kept for whoever writes the answers: in NFKC, without mentions and without the mail addresses and
 * numbers of people and contracts. Microsoft's own addresses stay.
 */
export function withoutPeople(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(MENTION, '[name]')
    .replaceAll(MAIL, (mail) => (/@(?:[\w-]+\.)*microsoft\.com$/i.test(mail) ? mail : '[mail]'))
    .replaceAll(LONG_NUMBER, '[number]');
}
