import { channelsFor } from '../desk/routing.ts';
import { standingOf } from '../desk/standing.ts';
import type { HelpDesk } from '../model/helpDesk.ts';
import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { Follower } from '../model/ticket.ts';
import type { Briefing, Subject, Ticket } from '../model/ticket.ts';
import type { Ids } from '../ports.ts';
import { visible } from '../text/visible.ts';
import type { TicketDeps } from './changeTicket.ts';

/** Characters. */
const QUESTION_LIMIT = 2000;

export interface HelpWish {
  question: string;
  subject: Subject;
  language: Ticket['language'];
  timeZone: string;
  place: Ticket['place'];
  briefing: Briefing;
  run?: string;
}

/**
 * Asks the help desk of the person's tenant for a talk. Who has one already gets that one: there is never a second.
 * Refused with `noHelpDesk` or `questionMissing`. `isElsewhere`: a system elsewhere is told of it, and is a help desk too.
 */
export async function openTicket(deps: TicketDeps & { ids: Ids }, desk: Pick<HelpDesk, 'channels'> | undefined, isElsewhere: boolean, person: Person, wish: HelpWish): Promise<Result<Ticket, Refusal>> {
  const open = await openTicketOf(deps, person);
  if (open) return ok(open);
  const [channel] = desk ? channelsFor(desk, wish) : [];
  if (!channel && !isElsewhere) return refuse({ kind: 'noHelpDesk' });
  const question = visible(wish.question).slice(0, QUESTION_LIMIT);
  if (question === '') return refuse({ kind: 'questionMissing' });
  const { run, ...said } = wish;
  const ticket: Ticket = {
    ...said, question, version: 0, id: deps.ids.ticket(), tenantId: person.tenantId, personId: person.id, name: person.name ?? person.mail, mail: person.mail, isElsewhere,
    ...(run === undefined ? {} : { run }),
    ...(channel ? { channel: channel.id } : {}),
    threads: [],
    log: [{ kind: 'opened', at: deps.clock.now().toISOString() }],
    person: Follower.parse({}), desk: Follower.parse({}), elsewhere: Follower.parse({}),
  };
  if ((await deps.tickets.save(ticket)) === 'stale') return refuse({ kind: 'stale' });
  return ok({ ...ticket, version: 1 });
}

/** The talk that a person has or waits for. */
export async function openTicketOf({ tickets }: Pick<TicketDeps, 'tickets'>, person: Pick<Person, 'tenantId' | 'id'>): Promise<Ticket | undefined> {
  const last = await tickets.lastOf(person.tenantId, person.id);
  return last && standingOf(last).state !== 'closed' ? last : undefined;
}
