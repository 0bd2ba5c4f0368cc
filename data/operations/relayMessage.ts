import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Content, Helper, Ticket, TicketEvent } from '../model/ticket.ts';
import { isOpen, replies } from '../rules/desk.ts';
import type { TicketDeps, TicketKey } from './changeTicket.ts';
import { changeTicket, withEvents } from './changeTicket.ts';

// What is written on one side is kept before it is acknowledged, once for each `source`, and told to the other side from there.

/** The person wrote to the help desk. Refused with `ticketClosed`. */
export function relayFromPerson(deps: TicketDeps, key: TicketKey, { source, content }: { source: string; content: Content }): Promise<Result<Ticket, Refusal>> {
  return keep(deps, key, source, isOpen, (at) => parts(source, content).map((part) => ({ kind: 'said', at, ...part })));
}

/** A helper wrote to the person. Refused with `notClaimed` and `ticketClosed`. */
export function relayFromHelper(deps: TicketDeps, key: TicketKey, { source, by, content }: { source: string; by: Helper; content: Content }): Promise<Result<Ticket, Refusal>> {
  return keep(deps, key, source, replies, (at) => parts(source, content).map((part) => ({ kind: 'replied', at, by, ...part })));
}

/** A helper sends a knowledge entry, in the person's language. Refused with `notClaimed` and `ticketClosed`. */
export async function answerTicket({ tickets, clock }: TicketDeps, key: TicketKey, by: Helper, entry: string): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    const against = replies(ticket);
    if (!against && isRepeated(ticket, by, entry, clock.now())) return ok(ticket);
    return against ? refuse(against) : ok(withEvents(ticket, { kind: 'answered', at: clock.now().toISOString(), by, entry }));
  });
}

/** A press is delivered again by Teams when it was not answered in 5 s. */
const REPEATED_MS = 30_000;

function isRepeated({ log }: Ticket, by: Helper, entry: string, now: Date): boolean {
  const last = log.findLast(({ kind }) => kind === 'answered' || kind === 'replied' || kind === 'said');
  return last?.kind === 'answered' && last.entry === entry && last.by.id === by.id && now.getTime() - Date.parse(last.at) < REPEATED_MS;
}

/** Something among helpers, at any time. */
export function noteOnTicket(deps: TicketDeps, key: TicketKey, { source, by, text }: { source: string; by: Helper; text: string }): Promise<Result<Ticket, Refusal>> {
  return keep(deps, key, source, () => undefined, (at) => [{ kind: 'noted', at, source, by, text }]);
}

/** A message was edited where it was written, or is there again; `source` is the message's own. What was never carried is left alone. */
export async function editRelayed({ tickets, clock }: TicketDeps, key: TicketKey, source: string, content: Content): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    const at = clock.now().toISOString();
    const [text, picture] = [indexOf(ticket, source), indexOf(ticket, pictureOf(source))];
    const images = content.files.filter(({ kind }) => kind === 'image');
    // Where text and pictures went apart, they stay apart.
    const wanted = picture === undefined ? [{ of: text, next: content }] : [
      { of: text, next: { ...content, files: content.files.filter(({ kind }) => kind === 'file') } },
      { of: picture, next: images.length > 0 ? { text: '', files: images, lost: [] } : undefined },
    ];
    const events = wanted.flatMap(({ of, next }): TicketEvent[] => {
      const now = of === undefined ? undefined : contentOf(ticket, of);
      if (of === undefined || JSON.stringify(now) === JSON.stringify(next)) return [];
      return next ? [{ kind: 'edited', at, source, of, content: next }] : [{ kind: 'deleted', at, of }];
    });
    return ok(events.length === 0 ? ticket : withEvents(ticket, ...events));
  });
}

/** A message was deleted where it was written. */
export async function deleteRelayed({ tickets, clock }: TicketDeps, key: TicketKey, source: string): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    const at = clock.now().toISOString();
    const notes = ticket.log.flatMap((event, of) => (event.kind === 'noted' && event.source === source && !isDeleted(ticket, of) ? [of] : []));
    const gone = [...notes, ...[source, pictureOf(source)].flatMap((one) => indexOf(ticket, one) ?? []).filter((of) => contentOf(ticket, of) !== undefined)];
    return ok(gone.length === 0 ? ticket : withEvents(ticket, ...gone.map((of) => ({ kind: 'deleted' as const, at, of }))));
  });
}

/** What a message says now; undefined when it was deleted, or is none. */
export function contentOf({ log }: Ticket, of: number): Content | undefined {
  return log.reduce<Content | undefined>((now, event, n) => {
    if (n === of) return event.kind === 'said' || event.kind === 'replied' ? event.content : undefined;
    if (event.kind === 'edited' && event.of === of) return event.content;
    return event.kind === 'deleted' && event.of === of ? undefined : now;
  }, undefined);
}

/** Whether a note or a message was deleted, and not put back since. */
export function isDeleted({ log }: Ticket, of: number): boolean {
  return log.findLast((event) => (event.kind === 'deleted' || event.kind === 'edited') && event.of === of)?.kind === 'deleted';
}

function indexOf({ log }: Ticket, source: string): number | undefined {
  const of = log.findIndex((event) => (event.kind === 'said' || event.kind === 'replied') && event.source === source);
  return of === -1 ? undefined : of;
}

/** Text and pictures go as messages of their own: of one with both, Teams gives no id. */
function pictureOf(source: string): string {
  return `${source} pictures`;
}

function parts(source: string, content: Content): { source: string; content: Content }[] {
  const pictures = content.files.filter(({ kind }) => kind === 'image');
  if (pictures.length === 0 || (content.text === '' && content.html === undefined && content.lost.length === 0)) return [{ source, content }];
  return [{ source, content: { ...content, files: content.files.filter(({ kind }) => kind === 'file') } }, { source: pictureOf(source), content: { text: '', files: pictures, lost: [] } }];
}

async function keep({ tickets, clock }: TicketDeps, key: TicketKey, source: string, rule: (ticket: Ticket) => Refusal | undefined, events: (at: string) => TicketEvent[]): Promise<Result<Ticket, Refusal>> {
  return changeTicket(tickets, key, (ticket) => {
    // Delivered again.
    if (ticket.log.some((one) => 'source' in one && one.kind !== 'edited' && one.source === source)) return ok(ticket);
    const against = rule(ticket);
    return against ? refuse(against) : ok(withEvents(ticket, ...events(clock.now().toISOString())));
  });
}
