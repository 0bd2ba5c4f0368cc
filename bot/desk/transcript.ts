import type { Language } from '../../data/model/language.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { contentOf } from '../../data/operations/relayMessage.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { House } from '../house.ts';

/** Everything that was said, before and after somebody took over, and the notes; for the help desk alone. */
export function linesOf(house: Pick<House, 'knowledge'>, ticket: Ticket, lang: Language): { at: string; by: string; text: string }[] {
  const { desk, talk } = TEXTS[lang];
  const before = ticket.briefing.transcript.map(({ at, by, text }) => ({ at, by: by === 'bot' ? desk.bot : ticket.name, text }));
  const after = ticket.log.flatMap((event, n) => {
    switch (event.kind) {
      case 'said':
      case 'replied':
        return [{ at: event.at, by: event.kind === 'said' ? ticket.name : event.by.name, text: contentOf(ticket, n)?.text ?? talk.deleted }];
      case 'answered':
        return [{ at: event.at, by: event.by.name, text: house.knowledge.entries[lang].get(event.entry)?.title ?? event.entry }];
      case 'noted':
        return [{ at: event.at, by: event.by.name, text: `// ${event.text}` }];
      case 'opened':
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
  return [...before, ...after];
}
