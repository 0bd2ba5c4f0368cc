import type { Command } from '../model/command.ts';
import { COMMANDS } from '../model/command.ts';
import type { Language } from '../model/language.ts';
import { LANGUAGES } from '../model/language.ts';
import { TEXTS } from './index.ts';
import { remembersLast } from './remembersLast.ts';

/** Typed words in one shape: NFKC (full width), lower case, single spaces, one apostrophe, no punctuation at the end (words.md). */
export const tidy = remembersLast((typed) => {
  const words = typed.normalize('NFKC').toLowerCase().replaceAll('’', "'").replaceAll(/\s+/gu, ' ').trim();
  let end = words.length;
  // A loop: a regular expression for the end of a text looks from each of its characters.
  while (end > 1 && /[\p{Po}\s~]/u.test(words.charAt(end - 1))) end -= 1;
  return words.slice(0, end);
});

/** A command as it was typed. */
export interface TypedCommand {
  command: Command;
  /** What follows the command's words, for example a contract ID; tidy. */
  rest: string;
}

/** The command somebody typed, in any language. A word that merely occurs in a sentence is no command. */
export function commandOf(typed: string): TypedCommand | undefined {
  const said = tidy(typed);
  const exact = COMMAND_BY_WORD.get(said) ?? COMMAND_BY_WORD.get(withoutManners(said));
  if (exact) return { command: exact, rest: '' };
  for (const [word, command] of WITH_MORE) {
    if (!said.startsWith(word)) continue;
    const rest = said.slice(word.length);
    if (WITH_WORDS.has(command) && /^[ :]/.test(rest)) return { command, rest: rest.replace(/^[ :]+(?:for )?/, '') };
    if (WITH_CONTRACT.has(command) && A_NUMBER.test(rest)) return { command, rest: rest.replace(/^[ :]+/, '') };
  }
  return undefined;
}

/** `I want to request a role please`, `登録したいです`: the wish, without how it is put. */
function withoutManners(said: string): string {
  return said
    .replace(/^(?:please |i want to |i would like to |i'd like to |can i |could i |let me |show me |show )+/, '')
    .replace(/(?: please|をお願いします|お願いします|してください|して下さい|を見せて|を見たい|したいです|したい|します|する|でお願いします|で)$/, '');
}

/** A contract ID behind the words: apart from them, or a digit at once (`ユーザー一覧12345678`). */
const A_NUMBER = /^(?:[ :]+|(?=\d))[a-z]?\d[0-9a-z -]*$/;
const WITH_CONTRACT = new Set<Command>(['users', 'audit', 'requestRole', 'assignRole']);

/** What words may follow: what a channel is for, what is looked for. */
const WITH_WORDS = new Set<Command>(['connectHelpDesk', 'queue']);

const COMMAND_BY_WORD = new Map<string, Command>(
  LANGUAGES.flatMap((language) => COMMANDS.flatMap((command) => TEXTS[language].commands[command].map((word): [string, Command] => [tidy(word), command]))),
);

const WITH_MORE = [...COMMAND_BY_WORD].filter(([, command]) => WITH_WORDS.has(command) || WITH_CONTRACT.has(command));

const KANA_OR_KANJI = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/**
 * The language of a message, or undefined when it says nothing about it (a number, `OK`, `GCC High`): one Japanese
 * character makes it Japanese; a command or two words of lower-case letters make it English.
 */
export function languageOf(typed: string): Language | undefined {
  if (KANA_OR_KANJI.test(typed)) return 'ja';
  if (commandOf(typed)) return 'en';
  const words = typed.normalize('NFKC').split(/\s/u).filter((word) => !/[@/]/.test(word)).flatMap((word) => word.match(/\b[a-z][a-z'’]+\b/g) ?? []);
  return words.length >= 2 ? 'en' : undefined;
}
