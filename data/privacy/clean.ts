import type { Traces } from './traces.ts';

/** Fields in which people write, and everything below the last three: there somebody may be named by name. */
const WRITTEN = new Set(['reason', 'comment', 'text', 'html', 'question', 'note', 'sentence', 'detail', 'values', 'dialog', 'known']);
/** Under which the ids of somebody stand beside the name. */
const OWN_IDS = ['id', 'objectId', 'aadObjectId'];
const LETTER = '[\\p{L}\\p{N}]';
/** Scripts that put no blank between a name and what follows it. */
const UNSPACED = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Takes the traces of somebody out of texts and records. */
export interface Cleaner {
  /** A text without mails and ids; where people write, without names too. */
  text(text: string, isWritten: boolean): string;
  /** A copy of a record, each text cleaned; the very record where there was nothing to clean. */
  record<T>(record: T): T;
}

export function cleanerFor({ person, mails, names, ids, conversations, pseudonym, pseudonymMail }: Traces): Cleaner {
  const mailPattern = anyOf(mails, (mail) => `(?<![A-Za-z0-9._%+-])${escaped(mail)}(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`);
  const namePattern = anyOf(names, nameSource);
  const idPattern = anyOf([...ids, ...conversations], (id) => `(?<!${LETTER})${escaped(id)}(?!${LETTER})`);
  const own = new Set<unknown>([...ids, ...(person ? [person.id] : [])]);
  const text: Cleaner['text'] = (before, isWritten) => {
    const clean = replaced(replaced(before, mailPattern, pseudonymMail), idPattern, pseudonym);
    return isWritten ? replaced(clean, namePattern, pseudonymMail) : clean;
  };
  const walk = (value: unknown, isWritten: boolean): unknown => {
    if (typeof value === 'string') return text(value, isWritten);
    if (Array.isArray(value)) return same(value, value.map((one) => walk(one, isWritten)));
    if (value === null || typeof value !== 'object') return value;
    // Who has one of the ids has the name beside it.
    const isOwn = OWN_IDS.some((key) => own.has((value as Record<string, unknown>)[key]));
    const entries = Object.entries(value).map(([key, one]): [string, unknown] => [key, isOwn && key === 'name' && typeof one === 'string' ? pseudonymMail : walk(one, isWritten || WRITTEN.has(key))]);
    return same(value, Object.fromEntries(entries));
  };
  return { text, record: <T>(record: T): T => walk(record, false) as T };
}

/** A blank in a name may be any or none; a name of an alphabet is a word of its own. */
function nameSource(name: string): string {
  const words = name.split(/\s+/u).map(escaped);
  return UNSPACED.test(name) ? words.join('\\s*') : `(?<!${LETTER})${words.join('\\s+')}(?!${LETTER})`;
}

function anyOf(some: readonly string[], source: (one: string) => string): RegExp | undefined {
  // The longest first: a name may be the beginning of another.
  const sources = some.toSorted((a, b) => b.length - a.length).map(source);
  return sources.length === 0 ? undefined : new RegExp(sources.join('|'), 'giu');
}

function replaced(text: string, pattern: RegExp | undefined, by: string): string {
  return pattern ? text.replaceAll(pattern, by) : text;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

/** The one before, when nothing in it changed: then it need not be saved. */
function same<T extends object>(before: T, after: T): T {
  return Object.keys(before).every((key) => before[key as keyof T] === after[key as keyof T]) ? before : after;
}
