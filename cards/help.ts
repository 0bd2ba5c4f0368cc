import type { Command } from '../data/model/command.ts';
import type { Language } from '../data/model/language.ts';
import { commandTitle, TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { messageCard } from './message.ts';

export interface Help {
  /** What goes above the menu: the welcome says more than the help. */
  greeting: 'welcome' | 'help';
  /** Administrators of any contract see their part too. */
  administers: boolean;
}

/** What the bot can do, with a button for each. */
export function helpCard(lang: Language, { greeting, administers }: Help): Card {
  const { help, welcome } = TEXTS[lang];
  const buttons = (...commands: Command[]): Button[] => commands.map((command) => button(commandTitle(lang, command), { verb: 'command', command }));
  const admin = { heading: help.admin, text: help.adminText, rows: [buttons('approvals', 'assignRole', 'toDo'), buttons('users', 'contracts', 'audit'), buttons('leaver', 'away')] };
  return messageCard(lang, {
    title: greeting === 'welcome' ? welcome.title : help.title,
    paragraphs: [greeting === 'welcome' ? welcome.text : help.intro],
    groups: [
      { heading: help.access, text: help.accessText, rows: [buttons('register', 'troubleshoot', 'requestRole')] },
      { heading: help.mine, text: help.mineText, rows: [buttons('myRoles', 'myRequests')] },
      ...(administers ? [admin] : []),
      { heading: help.more, text: help.moreText, rows: [buttons('supportCase', 'person', lang === 'ja' ? 'english' : 'japanese')] },
    ],
  });
}
