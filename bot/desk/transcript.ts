import type { Language } from '../../data/model/language.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { contentOf, isDeleted } from '../../data/operations/relayMessage.ts';
import { clockTime } from '../../data/text/moment.ts';
import { commandOf } from '../../data/text/typed.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { House } from '../house.ts';

/** Everything that was said, to the bot before and while waiting, to the helpers, and the notes; for the help desk alone. Times on a clock of `timeZone`. */
export async function linesOf(house: Pick<House, 'knowledge' | 'chats'>, ticket: Ticket, lang: Language, timeZone: string): Promise<string[]> {
  const { desk, talk } = TEXTS[lang];
  const opened = ticket.log[0]?.at ?? '';
  const meanwhile = ((await house.chats.get(ticket.tenantId, ticket.place.conversationId))?.said ?? []).filter(({ at }) => at > opened);
  const toBot = [...ticket.briefing.transcript, ...meanwhile].filter(({ text, by }) => by === 'bot' || !commandOf(text)).map(({ at, by, text }) => ({ at, by: by === 'bot' ? desk.bot : ticket.name, text }));
  const said = ticket.log.flatMap((event, n) => {
    switch (event.kind) {
      case 'opened':
        return [{ at: event.at, by: ticket.name, text: ticket.question }];
      case 'said':
      case 'replied':
        return [{ at: event.at, by: event.kind === 'said' ? ticket.name : event.by.name, text: contentOf(ticket, n)?.text ?? talk.deleted }];
      case 'answered':
        return [{ at: event.at, by: event.by.name, text: house.knowledge.entries[lang].get(event.entry)?.title ?? event.entry }];
      case 'noted':
        return isDeleted(ticket, n) ? [] : [{ at: event.at, by: event.by.name, text: `// ${event.text}` }];
      case 'claimed':
      case 'released':
      case 'moved':
      case 'reminded':
      case 'edited':
      case 'deleted':
      case 'closed':
      case 'reopened':
      case 'rated':
      case 'undelivered':
        return [];
    }
  });
  return [...toBot, ...said].toSorted((a, b) => a.at.localeCompare(b.at)).map(({ at, by, text }) => `${clockTime(new Date(at), timeZone, lang)} ${by}: ${text}`);
}
