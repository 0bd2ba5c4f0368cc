import type { Asker } from './cases.ts';
import { labelOf, paragraphsFor } from './cases.ts';
import type { Entry } from './entry.ts';
import { ALLOWED_HOSTS } from './entry.ts';
import { wordsOf } from './features.ts';

const CITATION = /\[(\d{1,2})\]/g;
const ADDRESS = /\S*:\/\/\S*/gu;
const HOST = /\.[a-z]{2,}$|^\d{1,3}(?:\.\d{1,3}){3}$/u;
/** Whole words with dots, so that no host hides in another. */
const DOTTED = /[a-z0-9-]+(?:\.[a-z0-9-]+)+/giu;
const MARKUP = /\]\s*\(|<|!\[|[`|*]|\{\{|^\s*(?:#|>|[-+]\s|\d+\.\s)/mu;
/** Letters that no answer needs, and that look like others. */
const OTHER_LETTER = /(?![\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆])\p{L}/u;
/** Nothing is done by whoever writes an answer, and nobody is or becomes anything by it. */
const CLAIMS =
  /\b(?:I|we)\b|\b(?:I|we)['’](?:m|re|ve|ll|d)\b|\b(?:my|our)\b|\byou(?: are|['’]re) (?:now|already|the|an?)\b|\byou (?:hold|own)\b|\b(?:has|have) (?:now |just |already )?been (?:granted|assigned|added|approved|given|made)\b|私|僕|我々|弊社|(?:付与|割り当て|追加|承認|変更|設定|登録|削除)(?:いた|され|済みで)?(?:しました|ました|す)(?!か)|なりました|(?:あなた|お客様)は[^。]{0,20}(?:管理者|権限)/iu;
/** What no entry speaks of is asked for by nobody. */
const ASKED_FOR = /pass\s?(?:word|code)|パスワード|暗証番号|credit card|クレジット\s?カード|\bpin\b/iu;
const QUOTED = /「([^」]*)」|"([^"]*)"|“([^”]*)”/gu;
/** So much of a sentence has to stand in the entries it rests on. */
const SHARED = 0.45;

/** What an entry says, as whoever writes from it is given it: the asker's case first, each case under its name. */
export function sayings(entry: Entry, asker: Asker = {}): string {
  const { lang, title, steps, links } = entry;
  const paragraphs = paragraphsFor(entry, asker).map(({ text, case: one }) => (one ? `${labelOf(lang, one)}: ${text}` : text));
  return [title, ...paragraphs, ...steps, ...links.map((link) => `${link.title} ${link.url}`)].join('\n');
}

/** The numbers that a text cites. */
export function citedIn(text: string): number[] {
  return [...new Set([...text.matchAll(CITATION)].map(([, n]) => Number(n)))];
}

/**
 * Whether a sentence that something else wrote may be shown as an answer from these entries: it cites only entries there
 * are (numbered from 1), names only hosts and numbers that stand in them, has no markup of its own, claims no act, and its
 * words are theirs.
 */
export function isGrounded(sentence: string, entries: readonly Entry[]): boolean {
  const cited = citedIn(sentence);
  if (cited.some((n) => n < 1 || n > entries.length)) return false;
  const given = (cited.length === 0 ? entries : entries.filter((_, i) => cited.includes(i + 1))).map((entry) => sayings(entry)).join('\n').normalize('NFKC').toLowerCase();
  const said = sentence.normalize('NFKC').toLowerCase();
  const text = said.replaceAll(CITATION, '');
  const ownWords = text.replaceAll(QUOTED, (quote, ...quoted: unknown[]) => (given.includes(quoted.find((one) => typeof one === 'string' && one !== '') as string) ? '' : quote));
  if (OTHER_LETTER.test(said) || MARKUP.test(said) || CLAIMS.test(ownWords) || (ASKED_FOR.test(text) && !ASKED_FOR.test(given))) return false;
  if (!(text.match(ADDRESS) ?? []).every(isAllowed)) return false;
  const hosts = new Set([...ALLOWED_HOSTS, ...(given.match(DOTTED) ?? [])]);
  if ((text.match(DOTTED) ?? []).some((dotted) => HOST.test(dotted) && !hosts.has(dotted))) return false;
  const numbers = new Set(given.match(/\d+/g));
  if ((text.match(/\d{2,}/g) ?? []).some((number) => !numbers.has(number))) return false;
  const own = wordsOf(text);
  const theirs = new Set(wordsOf(given));
  return own.length === 0 || own.filter((word) => theirs.has(word)).length / own.length >= SHARED;
}

/** A whole address, with whatever stands around it. */
function isAllowed(written: string): boolean {
  const address = /https:\/\/[^\s、。」）)"'>\]]*/u.exec(written)?.[0];
  return address !== undefined && URL.canParse(address) && ALLOWED_HOSTS.includes(new URL(address).host);
}

/** The sentences of a text that are complete; what is still being written is the rest. */
export function complete(text: string): { sentences: string[]; rest: string } {
  const sentences: string[] = [];
  let rest = text;
  for (;;) {
    // A citation belongs to the sentence before it, so the end is only known when something else has begun.
    const end = /^[\s\S]*?(?:[。！？]|[.!?](?=\s))(?:\s*\[\d{1,2}\]\.?)*(?=\s*[^\s[.\]])|^[\s\S]*?\n+/u.exec(rest);
    if (!end) return { sentences, rest };
    sentences.push(end[0]);
    rest = rest.slice(end[0].length);
  }
}
