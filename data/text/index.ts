import type { Command } from '../model/command.ts';
import type { Language } from '../model/language.ts';
import type { Text } from './en.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export type { Text } from './en.ts';

/** The words of each language. */
export const TEXTS: Record<Language, Text> = { ja, en };

/** A command's words as a button shows them. Pressing it does what typing it does. */
export function commandTitle(lang: Language, command: Command): string {
  const word = TEXTS[lang].commands[command][0] ?? command;
  return word.charAt(0).toUpperCase() + word.slice(1);
}
