import type { Entry } from './entry.ts';
import { ALLOWED_HOSTS } from './entry.ts';
import { wordsOf } from './features.ts';

const CITATION = /\[(\d{1,2})\]/g;
const HOST = /(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,}\b/giu;
const MARKUP = /\]\(|<|!\[|```|\{\{/;
/** Nothing is done by whoever writes an answer, and nobody becomes anything by it. */
const CLAIMS = /\bI\b|\bI['’](?:m|ve|ll|d)\b|\bmy\b|\byou(?: are|['’]re) now\b|\bhas been (?:granted|assigned|added|approved)\b|私|僕|(?:付与|割り当て|追加|承認|変更|設定|登録|削除)(?:いた)?しました|なりました/iu;
const QUOTED = /「[^」]*」|"[^"]*"|“[^”]*”/gu;
/** So much of a sentence has to stand in the entries it rests on. */
const SHARED = 0.45;

/** What an entry says, as whoever writes from it is given it. */
export function sayings({ title, paragraphs, steps, links }: Entry): string {
  return [title, ...paragraphs.map(({ text }) => text), ...steps, ...links.map((link) => `${link.title} ${link.url}`)].join('\n');
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
  const text = sentence.replaceAll(CITATION, '');
  if (MARKUP.test(text) || CLAIMS.test(text.replaceAll(QUOTED, ''))) return false;
  const given = (cited.length === 0 ? entries : entries.filter((_, i) => cited.includes(i + 1))).map(sayings).join('\n').normalize('NFKC').toLowerCase();
  const said = text.normalize('NFKC').toLowerCase();
  const hosts = said.match(HOST) ?? [];
  if (hosts.some((host) => !ALLOWED_HOSTS.includes(host.replace(/^https?:\/\//, '')) && !given.includes(host.replace(/^https?:\/\//, '')))) return false;
  if ((said.match(/\d{3,}/g) ?? []).some((number) => !given.includes(number))) return false;
  const own = wordsOf(said);
  const theirs = new Set(wordsOf(given));
  return own.length === 0 || own.filter((word) => theirs.has(word)).length / own.length >= SHARED;
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
