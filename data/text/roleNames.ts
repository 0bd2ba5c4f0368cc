import type { Role } from '../model/role.ts';
import { ROLES } from '../model/role.ts';
import { LANGUAGES } from '../model/language.ts';
import { TEXTS } from './index.ts';
import { tidy } from './typed.ts';

/** The smallest role that typed words mean: its name in any language, its old VLSC name (facts 70-75), or what somebody wants to do. */
export function roleNamed(typed: string): Role | undefined {
  const said = tidy(typed);
  return ROLES.find((role) => LANGUAGES.some((lang) => [TEXTS[lang].roles[role], TEXTS[lang].roleTasks[role], ...TEXTS[lang].roleNames[role]].some((name) => tidy(name) === said)));
}
