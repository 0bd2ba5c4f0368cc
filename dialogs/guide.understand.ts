import { LANGUAGES } from '../data/model/language.ts';
import type { Text } from '../data/text/index.ts';
import { TEXTS } from '../data/text/index.ts';
import { commandOf, tidy } from '../data/text/typed.ts';
import type { GuideSaid } from './guide.flow.ts';
import type { ShownStep } from './guide.ts';
import type { Here } from './slots.ts';
import { valueOf } from './slots.ts';

const MOVES = { cancel: 'cancel', end: 'cancel', back: 'back', restart: 'restart' } as const;
const NEXT = new Set(['next', 'ok', 'okay', 'done', 'go on', 'continue', 'yes', 'y', '次', '次へ', '続ける', 'はい', 'うん', 'できた', 'できました', '完了', '進む', '了解', '見ました', '終わった', '終わりました']);

/** A button's title, typed. */
const titled = (title: (guide: Text['guide']) => string): string[] => LANGUAGES.map((lang) => tidy(title(TEXTS[lang].guide)));

const LOOK = new Set([...NEXT, ...titled(({ look }) => look), 'look', 'look it up', 'check', 'please do', 'sure', '調べる', '調べて', 'お願い', 'お願いします', 'どうぞ']);
const AGAIN = new Set([...titled(({ again }) => again), 'again', 'check again', 'もう一度', '再確認']);
const SKIP = new Set([...titled(({ skip }) => skip), 'no', 'n', 'no thanks', 'skip', 'いいえ', 'いや', '調べない', 'やめておく', '自分で答える', 'スキップ']);
const UNSURE = new Set([...titled(({ unsure }) => unsure), 'i dont know', 'dont know', 'not sure', 'unsure', 'no idea', '分からない', 'わかりません', '分かりません', '不明', 'ない', 'ありません', 'none', 'no']);
/** A longer text that ends with a question mark tells what happened. */
const QUESTION_AT_MOST = 60;

/** What typed words mean at this step, in either language; undefined when they mean nothing here. */
export function understand(step: ShownStep, typed: string, here: Here): GuideSaid | undefined {
  const said = tidy(typed);
  const command = commandOf(typed)?.command;
  if (command === 'cancel' || command === 'end' || command === 'back' || command === 'restart') return { move: MOVES[command] };
  if (step.kind === 'say') return NEXT.has(said) ? { move: 'next' } : undefined;
  if (step.kind === 'choose') {
    // A command's words are a near miss of many things, and mean the command.
    const option = byNumber(step, said) ?? byExactWords(step, said) ?? (command ? undefined : byNearWords(step, said));
    if (option !== undefined) return { move: 'choose', option };
    // It asks to go on where something has to be chosen; the flow says so.
    return NEXT.has(said) ? { move: 'next' } : undefined;
  }
  if (step.kind === 'check') return LOOK.has(said) ? { move: 'look' } : SKIP.has(said) ? { move: 'skip' } : undefined;
  if (step.kind === 'ask') return command ? undefined : asked(step, typed, said, here);
  return undefined;
}

/** Asks to repeat a look, where one was just taken. */
export function isAgain(typed: string): boolean {
  return AGAIN.has(tidy(typed));
}

function asked(step: Extract<ShownStep, { kind: 'ask' }>, typed: string, said: string, here: Here): GuideSaid | undefined {
  if (UNSURE.has(said)) return step.unsure === undefined ? undefined : { move: 'unsure' };
  // A question in the middle is one, even where anything may be typed.
  if (step.slot === 'problem' && typed.length <= QUESTION_AT_MOST && /[?？]\s*$/u.test(typed)) return undefined;
  const value = valueOf(step.slot, typed, here);
  return value === undefined ? undefined : { move: 'typed', value };
}

type Choose = Extract<ShownStep, { kind: 'choose' }>;

/** `2`, `２`, `2番`, `(2)`: the second option. */
function byNumber(step: Choose, said: string): string | undefined {
  const number = /^[(#]?(\d)(?:番|番目|つ目|\))?$/.exec(said)?.[1];
  return number === undefined ? undefined : step.options[Number(number) - 1]?.id;
}

function byExactWords(step: Choose, said: string): string | undefined {
  return step.options.find((option) => wordsOf(option).includes(said))?.id;
}

/**
 * The only option that was nearly typed: a slip of the keys, else its beginning. Never what only begins with its words:
 * `i have none` is not `i have`, and `はいれません` is not `はい`.
 */
function byNearWords(step: Choose, said: string): string | undefined {
  if (said.length < 2) return undefined;
  return only(step, (word) => isSlip(word, said)) ?? (said.length >= 3 ? only(step, (word) => word.startsWith(said)) : undefined);
}

function only(step: Choose, fits: (word: string) => boolean): string | undefined {
  const options = step.options.filter((option) => wordsOf(option).some((word) => word.length >= 2 && fits(word)));
  return options.length === 1 ? options[0]?.id : undefined;
}

function wordsOf(option: Choose['options'][number]): string[] {
  return LANGUAGES.flatMap((lang) => [option.label[lang], ...(option.words?.[lang] ?? [])]).map(tidy);
}

/** The same words, but for one letter in five of the longer ones: a slip in a short word makes another word of it. */
function isSlip(words: string, said: string): boolean {
  const [meant, typed] = [words.split(' '), said.split(' ')];
  return meant.length === typed.length && meant.every((word, i) => word === typed[i] || isSlipOfWord(word, typed[i] ?? ''));
}

function isSlipOfWord(word: string, typed: string): boolean {
  const allowed = Math.floor(Math.max(word.length, typed.length) / 5);
  return Math.abs(word.length - typed.length) <= allowed && distance(word, typed) <= allowed;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const nextRow = [i];
    for (let j = 1; j <= b.length; j += 1) {
      nextRow.push(Math.min((row[j] ?? 0) + 1, (nextRow[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = nextRow;
  }
  return row[b.length] ?? 0;
}
