import { LANGUAGES } from '../data/model/language.ts';
import type { Text } from '../data/text/index.ts';
import { TEXTS } from '../data/text/index.ts';
import { commandOf, tidy } from '../data/text/typed.ts';
import type { GuideSaid } from './guide.flow.ts';
import type { ShownStep } from './guide.ts';
import type { Here } from './slots.ts';
import { valueOf } from './slots.ts';

const MOVES = { cancel: 'cancel', end: 'cancel', back: 'back', restart: 'restart' } as const;

/** A button's title, typed. */
const titled = (title: (text: Text) => string): string[] => LANGUAGES.map((lang) => tidy(title(TEXTS[lang])));

const NEXT = [...titled(({ buttons }) => buttons.next), 'ok', 'okay', 'done', 'go on', 'continue', 'yes', 'y', '次', '次に進む', 'つぎ', 'つぎへ', '続ける', 'はい', 'うん', 'できた', 'できました', '完了', '進む', '了解', '見ました', '終わった', '終わりました'];
const GO_ON: Way = { words: NEXT, said: { move: 'next' } };
const LOOK: Way = { words: [...titled(({ guide }) => guide.look), ...NEXT, 'look', 'check', 'please do', 'sure', '調べて', '調べてください', '調べてほしい', 'しらべる', 'しらべて', 'お願い', 'お願いします', 'どうぞ'], said: { move: 'look' } };
const SKIP: Way = { words: [...titled(({ guide }) => guide.skip), 'no', 'n', 'no thanks', 'skip', 'いいえ', 'いや', '調べない', '調べないで', 'やめておく', 'スキップ'], said: { move: 'skip' } };
const UNSURE: Way = { words: [...titled(({ guide }) => guide.unsure), 'i dont know', "i don't know", 'i do not know', "don't know", 'dont know', 'not sure', 'unsure', 'no idea', '分からない', 'わからないです', '分からないです', 'わかりません', '分かりません', '知らない', '知りません', '不明', '覚えていない', 'ない', 'ありません', 'none', 'no'], said: { move: 'unsure' } };
const AGAIN = [...titled(({ guide }) => guide.again), 'again', 'check again', 'もう一度', '再確認'];
/** A longer text that ends with a question mark tells what happened. */
const QUESTION_AT_MOST = 60;

/** What a button of a step means, and the words that mean it. */
interface Way {
  words: string[];
  said: GuideSaid;
}

/** What typed words mean at this step, in either language; undefined when they mean nothing here. */
export function understand(step: ShownStep, typed: string, here: Here): GuideSaid | undefined {
  const said = tidy(typed);
  const command = commandOf(typed)?.command;
  if (command === 'cancel' || command === 'end' || command === 'back' || command === 'restart') return { move: MOVES[command] };
  switch (step.kind) {
    case 'say':
      return meant([GO_ON], said, command !== undefined);
    case 'check':
      return meant([LOOK, SKIP], said, command !== undefined);
    case 'choose':
      // It asks to go on where something has to be chosen; the flow says so.
      return meant(step.options.map(wayOf), said, command !== undefined) ?? (NEXT.includes(said) ? { move: 'next' } : undefined);
    case 'ask':
      return command ? undefined : asked(step, typed, said, here);
    case 'end':
      return undefined;
  }
}

/** Asks to repeat a look, where one was just taken. */
export function isAgain(typed: string): boolean {
  return AGAIN.includes(tidy(typed));
}

function asked(step: Extract<ShownStep, { kind: 'ask' }>, typed: string, said: string, here: Here): GuideSaid | undefined {
  const unsure = { ...UNSURE, words: [...UNSURE.words, ...LANGUAGES.flatMap((lang) => (step.without ? [tidy(step.without[lang])] : []))] };
  if (exact([unsure], said)) return step.unsure === undefined ? undefined : unsure.said;
  // A question in the middle is one, even where anything may be typed.
  if ((step.slot === 'problem' || step.slot === 'subject') && typed.length <= QUESTION_AT_MOST && /[?？]\s*$/u.test(typed)) return undefined;
  const value = valueOf(step.slot, typed, here);
  if (value !== undefined) return { move: 'typed', value };
  return step.unsure === undefined ? undefined : near([unsure], said)?.said;
}

/** A command's words are a near miss of many things, and mean the command. */
function meant(ways: Way[], said: string, isCommand: boolean): GuideSaid | undefined {
  return (byNumber(ways, said) ?? exact(ways, said) ?? (isCommand ? undefined : near(ways, said)))?.said;
}

function wayOf(option: Extract<ShownStep, { kind: 'choose' }>['options'][number]): Way {
  return { words: LANGUAGES.flatMap((lang) => [option.label[lang], ...(option.words?.[lang] ?? [])]).map(tidy), said: { move: 'choose', option: option.id } };
}

/** `2`, `２`, `2番`, `(2)`: the second button. */
function byNumber(ways: Way[], said: string): Way | undefined {
  const number = /^[(#]?(\d)(?:番|番目|つ目|\))?$/.exec(said)?.[1];
  return number === undefined ? undefined : ways[Number(number) - 1];
}

function exact(ways: Way[], said: string): Way | undefined {
  return ways.find(({ words }) => words.includes(said));
}

/**
 * The only button that was nearly typed: a slip of the keys, else its beginning. Never what only begins with its words:
 * `i have none` is not `i have`, and `はいれません` is not `はい`.
 */
function near(ways: Way[], said: string): Way | undefined {
  if (said.length < 2) return undefined;
  return only(ways, (word) => isSlip(word, said)) ?? (said.length >= 3 ? only(ways, (word) => word.startsWith(said)) : undefined);
}

function only(ways: Way[], fits: (word: string) => boolean): Way | undefined {
  const fitting = ways.filter(({ words }) => words.some((word) => word.length >= 2 && fits(word)));
  return fitting.length === 1 ? fitting[0] : undefined;
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
