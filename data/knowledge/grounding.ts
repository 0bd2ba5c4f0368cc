import { mask } from '../text/mask.ts';
import type { Asker } from './cases.ts';
import { labelOf, paragraphsFor } from './cases.ts';
import type { Entry } from './entry.ts';
import { wordsOf } from './features.ts';

const CITATION = /\[(\d{1,2})\]/g;
/** Addresses, mails, hosts, schemes: what a client may make a link of. */
const LINKABLE = /[^\s、。，「」『』（）()"'<>]*(?:[^\s、。，「」『』（）()"'<>][@.]|\w:(?=\S))[^\s、。，「」『』（）()"'<>]+/gu;
/** A dot or colon that ends a sentence, and what emphasises. */
const AROUND = /^[*_]+|[.,:;!?*_]+$/gu;
const MARKUP = /[<[\]`|*{}~]|^\s*(?:#|>|[-+=]|\d+\.\s)/mu;
const CONTROL = /(?!\n)\p{C}/u;
/** Letters that no answer needs, and that look like others. */
const OTHER_LETTER = /(?![\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆])\p{L}/u;
/** Nothing is done by whoever writes an answer, and nobody is or becomes anything by it. */
const CLAIMS =
  /\b(?:I|we)\b|\b(?:I|we)['’](?:m|re|ve|ll|d)\b|\b(?:my|our)\b|\byou(?: are|['’]re) (?:now|already|the|an?)\b|\byou (?:hold|own)\b|\b(?:was|were|is|are|now) (?:granted|assigned|added|approved|activated|resent)\b|\baccess granted\b|^\s*done\b|\b(?:has|have) (?:now |just |already )?been (?:granted|assigned|added|approved|given|made)\b|私|僕|我々|弊社|(?:付与|割り当て|追加|承認|変更|設定|登録|削除)(?:いた|され|済みで)?(?:しました|ました|す)(?!か)|なりました|済みです|ておき?ました|されています|(?:あなた|お客様)は[^。]{0,20}(?:管理者|権限)/iu;
/** What turns a sentence into its opposite, or asks for what is nobody's: only in the words of an entry. */
const SENSITIVE = [/pass\s?(?:word|code)|パスワード|暗証番号|\bpin\b/iu, /credit card|クレジット\s?カード/iu, /\b(?:not|never|no|without|nobody|cannot)\b|n['’]t\b|ないで|ません|せず|不要/iu, /\b(?:delete|remove|reply|everybody|anybody)\b|削除|返信|誰でも/iu];
const NUMBER = /\p{Nd}+/gu;
const QUOTED = /「([^」]*)」|"([^"]*)"|“([^”]*)”/gu;
/** So much of a sentence has to stand in the entries it rests on. */
const SHARED = 0.6;

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
 * Whether a sentence that something else wrote may be shown as an answer from these entries: it cites entries, and only ones
 * there are (numbered from 1), names only addresses and numbers that stand in them, has no markup of its own, claims no act,
 * and most of its words are theirs.
 */
export function isGrounded(sentence: string, entries: readonly Entry[]): boolean {
  const cited = citedIn(sentence);
  if (cited.length === 0 || cited.some((n) => n < 1 || n > entries.length)) return false;
  const given = entries.filter((_, i) => cited.includes(i + 1)).map((entry) => sayings(entry)).join('\n').replaceAll('**', '').normalize('NFKC').toLowerCase();
  const text = sentence.normalize('NFKC').toLowerCase().replaceAll(CITATION, ' ');
  const unquoted = text.replaceAll(QUOTED, (quote, ...quoted: unknown[]) => (given.includes(quoted.find((one) => typeof one === 'string' && one !== '') as string) ? '' : quote));
  if (CONTROL.test(text) || OTHER_LETTER.test(text) || MARKUP.test(text) || CLAIMS.test(unquoted) || mask(text).secrets.length > 0) return false;
  if (SENSITIVE.some((words) => words.test(text) && !words.test(given))) return false;
  return isAmong(text, given, LINKABLE) && isAmong(text, given, NUMBER) && isMostlyOf(wordsOf(text), new Set(wordsOf(given)));
}

/** Whether all that a pattern finds in a text stands in another as a whole too. */
function isAmong(text: string, given: string, pattern: RegExp): boolean {
  const found = (of: string): string[] => (of.match(pattern) ?? []).map((one) => one.replaceAll(AROUND, '')).filter((one) => one !== '');
  const known = new Set(found(given));
  return found(text).every((one) => known.has(one));
}

function isMostlyOf(words: string[], given: Set<string>): boolean {
  return words.length > 0 && words.filter((word) => given.has(word)).length / words.length >= SHARED;
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
