import type { Role } from '../model/role.ts';
import { ROLES } from '../model/role.ts';
import { LANGUAGES } from '../model/language.ts';
import { TEXTS } from './index.ts';
import { tidy } from './typed.ts';

const COMMANDS_LONGEST_FIRST = LANGUAGES.flatMap((lang) => TEXTS[lang].commands.requestRole).map(tidy).toSorted((a, b) => b.length - a.length);

/** A role asked for in the words of the command: `request role download`, `ロールを申請 プロダクト キー`. Returns those words. */
export function roleWordsIn(typed: string): string | undefined {
  const said = tidy(typed);
  const command = COMMANDS_LONGEST_FIRST.find((word) => said.startsWith(word));
  const words = command === undefined ? '' : said.slice(command.length).replace(/^[\s:]*(?:for |to |the )*/, '').replace(/^の|(?:が|の)?(?:ロール|role)$/u, '').trim();
  return words !== '' && roleNamed(words) !== undefined ? words : undefined;
}

/** The smallest role that typed words mean: its name in any language, its old VLSC name (facts 70-75), or what somebody wants to do. */
export function roleNamed(typed: string): Role | undefined {
  const said = tidy(typed);
  return ROLES.find((role) => LANGUAGES.some((lang) => [TEXTS[lang].roles[role], TEXTS[lang].roleTasks[role], ...TEXTS[lang].roleNames[role]].some((name) => tidy(name) === said)));
}
