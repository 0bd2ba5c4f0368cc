/** What people paste that nobody else may see. */
export type Secret = 'productKey' | 'password' | 'domainValue';

/** What stands in the place of a secret. */
export const MASKED = '[***]';

const HYPHEN = '[-‐‑‒–—−ー－]';
/** The letters and digits of Microsoft's product keys: without a hyphen between the groups only these are taken for one. */
const KEY_LETTER = '[BCDFGHJKMNPQRTVWXY2346789]';
const VALUE = '[\\x21-\\x7e]{4,}';

const PATTERNS: readonly { secret: Secret; pattern: RegExp }[] = [
  { secret: 'productKey', pattern: new RegExp(`(?<![A-Z0-9])[A-Z0-9]{5}(?:\\s?${HYPHEN}\\s?[A-Z0-9]{5}){4}(?![A-Z0-9])`, 'giu') },
  { secret: 'productKey', pattern: new RegExp(`(?<![A-Z0-9])(?=[A-Z ]{0,28}\\d)${KEY_LETTER}{5}(?: ?${KEY_LETTER}{5}){4}(?![A-Z0-9])`, 'giu') },
  { secret: 'domainValue', pattern: /(?<=\bMS\s?=\s?)ms\w{4,}/giu },
  // With a sign between, anything is a value; after "is", only what no word looks like; after は, anything that is not Japanese.
  { secret: 'password', pattern: new RegExp(`(?<=(?:password|passwd|passcode|pwd|パスワード|暗証番号|\\bpw)\\s{0,3}[:=]\\s{0,3}["'「]?)${VALUE}`, 'giu') },
  { secret: 'password', pattern: new RegExp(`(?<=(?:password|passwd|passcode|pwd|\\bpw)(?: is| was) ["']?)(?=[A-Za-z]*[^A-Za-z\\s"'.,?!])${VALUE}`, 'giu') },
  { secret: 'password', pattern: new RegExp(`(?<=(?:パスワード|暗証番号)(?:が|は|って)\\s{0,3}["'「]?)${VALUE}`, 'giu') },
];

/** Takes secrets out of a text; returns it in NFKC with `MASKED` in their places, and which kinds there were. Nothing found: the text as it was. */
export function mask(text: string): { text: string; secrets: Secret[] } {
  const normal = text.normalize('NFKC');
  const secrets = new Set<Secret>();
  const masked = PATTERNS.reduce(
    (rest, { secret, pattern }) =>
      rest.replaceAll(pattern, (value) => {
        if (value.startsWith(MASKED)) return value;
        secrets.add(secret);
        return MASKED;
      }),
    normal,
  );
  return secrets.size === 0 ? { text, secrets: [] } : { text: masked, secrets: [...secrets] };
}

const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const LONG_NUMBER = /\d{6,}/g;

/** A question as it is kept for whoever writes the answers: without the mail addresses and numbers of people and contracts. Microsoft's own addresses stay. */
export function withoutPeople(text: string): string {
  return text.replaceAll(MAIL, (mail) => (/@(?:[\w-]+\.)*microsoft\.com$/i.test(mail) ? mail : '[mail]')).replaceAll(LONG_NUMBER, '[number]');
}
