import type { Content, Ticket, TicketEvent } from '../model/ticket.ts';

const NOTHING: Content = { text: '', files: [], lost: [] };

/** A ticket in which nobody has said anything any more: who did what when stays, and with it everything that is counted. The very ticket where no word was left. */
export function withoutWords(ticket: Ticket): Ticket {
  const log = ticket.log.map(wordless);
  const isSame = ticket.briefing.transcript.length === 0 && log.every((event, n) => event === ticket.log[n]);
  return isSame ? ticket : { ...ticket, log, briefing: { ...ticket.briefing, transcript: [] } };
}

function wordless(event: TicketEvent): TicketEvent {
  switch (event.kind) {
    case 'said':
    case 'replied':
    case 'edited':
      return isNothing(event.content) ? event : { ...event, content: NOTHING };
    case 'noted':
      return event.text === '' ? event : { ...event, text: '' };
    case 'closed': {
      const { reason, ...rest } = event;
      return reason === undefined ? event : rest;
    }
    case 'moved': {
      const { note, ...rest } = event;
      return note === undefined ? event : rest;
    }
    case 'rated': {
      const { sentence, ...rest } = event;
      return sentence === undefined ? event : rest;
    }
    case 'opened':
    case 'answered':
    case 'deleted':
    case 'claimed':
    case 'released':
    case 'reminded':
    case 'reopened':
    case 'undelivered':
      return event;
  }
}

function isNothing({ text, html, files, lost }: Content): boolean {
  return text === '' && html === undefined && files.length === 0 && lost.length === 0;
}
