import { standingOf } from '../desk/standing.ts';
import { withoutWords } from '../desk/withoutWords.ts';
import type { Ticket, TicketEvent } from '../model/ticket.ts';
import { Follower } from '../model/ticket.ts';
import { canonical } from '../operations/canonical.ts';
import type { Cleaner } from './clean.ts';
import { ERASED } from './pseudonym.ts';
import type { Traces } from './traces.ts';

/**
 * A ticket without somebody. Of the person's own nothing is left but what is counted: every word of it, the helpers' too, is about
 * this person. One that was still open ends, because nobody could be answered any more. In others the person may have
 * helped, or be mentioned. The very ticket where there was nothing to erase.
 */
export function erasedTicket(ticket: Ticket, traces: Traces, cleaner: Cleaner, at: string): Ticket {
  const next = cleaner.record(ticket.personId === traces.person?.id ? erasedOwn(ticket, traces, at) : ticket);
  return canonical(next) === canonical(ticket) ? ticket : next;
}

function erasedOwn(ticket: Ticket, { pseudonym, pseudonymMail }: Traces, at: string): Ticket {
  const { run: _run, ...rest } = withoutWords(ticket);
  const { agreement, cloud, answers } = ticket.briefing;
  const closed: TicketEvent[] = standingOf(ticket).state === 'closed' ? [] : [{ kind: 'closed', at, by: 'time' }];
  return {
    ...rest,
    name: pseudonymMail,
    mail: pseudonymMail,
    timeZone: 'UTC',
    question: ERASED,
    briefing: { ...(agreement === undefined ? {} : { agreement }), ...(cloud === undefined ? {} : { cloud }), answers: answers.map((answer) => ({ ...answer, question: '' })), values: {}, contracts: [], requests: [], transcript: [] },
    place: { conversationId: pseudonym, conversation: {} },
    log: [...rest.log, ...closed],
    // Nobody is told of anything any more.
    person: Follower.parse({ next: rest.log.length + closed.length }),
  };
}
