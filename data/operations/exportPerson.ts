import type { ContractRecord } from '../model/record.ts';
import type { Ticket } from '../model/ticket.ts';
import { isParty } from '../rules/rules.ts';
import { cleanerFor } from '../privacy/clean.ts';
import { picturesIn } from '../privacy/pictures.ts';
import type { TenantRecords, Traces } from '../privacy/traces.ts';
import type { KindName } from '../store/kinds.ts';
import { KINDS } from '../store/kinds.ts';

/** Everything the records of a tenant hold about somebody, for the person to read. Other people are our own ids in it, unless they are named in what was said. */
export interface PersonalData {
  at: string;
  tenantId: string;
  mail: string;
  person: object | undefined;
  roles: object[];
  /** Taken away here, and to be removed in Microsoft's portal still. */
  leftovers: object[];
  /** By the person and for the person. */
  requests: object[];
  /** What was decided for others. */
  decisions: object[];
  /** What the person did and what was done for the person, with the number in the contract's history. */
  events: object[];
  /** Talks with the help desk. */
  tickets: Ticket[];
  /** What the person did in the talks of others, as a helper. */
  helped: object[];
  chats: object[];
  /** What the person thought of answers. */
  votes: object[];
  /** Everywhere else where the mail, the name or an id is found: as a contact, in what others wrote, in a question that had no answer. */
  mentions: { in: string; field: string; text: string }[];
  /** Names of the pictures that were sent in the person's talks. */
  pictures: string[];
}

/** Gathers them. */
export async function exportPerson(records: TenantRecords, traces: Traces, at: string): Promise<PersonalData> {
  const { person, tenantId, mails, conversations } = traces;
  const data: PersonalData = { at, tenantId, mail: mails[0] ?? '', person, roles: [], leftovers: [], requests: [], decisions: [], events: [], tickets: [], helped: [], chats: [], votes: [], mentions: [], pictures: [] };
  const mention = mentionsIn(traces, data);
  for await (const one of records.of('people')) if (one.id !== person?.id) mention('people', one, one);
  for await (const record of records.of('contracts')) mention('contracts', record, takeContract(data, record, person?.id));
  for await (const ticket of records.of('tickets')) {
    if (ticket.personId === person?.id) takeTicket(data, ticket);
    else mention('tickets', ticket, takeHelped(data, ticket, person?.id));
  }
  for await (const helpDesk of records.of('helpDesks')) mention('helpDesks', helpDesk, helpDesk);
  for await (const chat of records.of('chats')) {
    if (conversations.includes(chat.conversationId)) data.chats.push(chat);
    else mention('chats', chat, chat);
  }
  for await (const rating of records.of('ratings')) {
    const { [person?.id ?? '']: vote, ...others } = rating.votes;
    if (vote) data.votes.push({ entry: rating.entryId, ...vote });
    mention('ratings', rating, others);
  }
  for await (const gap of records.of('gaps')) mention('gaps', gap, gap);
  return data;
}

/** Takes the person's own out of a contract; returns what is left of it. */
function takeContract(data: PersonalData, record: ContractRecord, personId: string | undefined): object {
  const { contract, assignments, leftovers, requests, events, reconciliation } = record;
  if (personId === undefined) return record;
  const about = { contractId: contract.id };
  const own = requests.filter((request) => isParty(personId, request));
  const ownIds = new Set(own.map(({ id }) => id));
  const numbered = events.map(({ act }, n) => ({ number: n + 1, act }));
  const ownEvents = numbered.filter(({ act }) => act.by === personId || ('forId' in act && act.forId === personId) || ('requestId' in act && ownIds.has(act.requestId)));
  data.roles.push(...assignments.filter((a) => a.personId === personId).map((a) => ({ ...about, ...a })));
  data.leftovers.push(...leftovers.filter((one) => one.personId === personId).map((one) => ({ ...about, ...one })));
  data.requests.push(...own.map((request) => ({ ...about, ...request, notices: request.notices.filter((notice) => notice.personId === personId) })));
  for (const { id, decision, firstApproval } of requests) data.decisions.push(...[decision, firstApproval].filter((one) => one?.by === personId).map((one) => ({ ...about, requestId: id, ...one })));
  data.events.push(...ownEvents.map(({ number, act }) => ({ ...about, number, ...act })));
  return { contract, reconciliation, requests: requests.filter(({ id }) => !ownIds.has(id)), events: numbered.filter((event) => !ownEvents.includes(event)) };
}

function takeTicket(data: PersonalData, ticket: Ticket): void {
  data.tickets.push(ticket);
  data.pictures.push(...picturesIn(ticket));
}

/** Takes what the person did as a helper; returns what is left of the ticket. */
function takeHelped(data: PersonalData, ticket: Ticket, personId: string | undefined): object {
  const isOwn = (event: Ticket['log'][number]): boolean => personId !== undefined && (('by' in event && typeof event.by === 'object' && event.by.id === personId) || (event.kind === 'claimed' && event.to?.id === personId));
  data.helped.push(...ticket.log.filter(isOwn).map((event) => ({ ticket: ticket.id, ...event })));
  return { ...ticket, log: ticket.log.filter((event) => !isOwn(event)) };
}

function mentionsIn(traces: Traces, data: PersonalData): (kind: KindName, record: object, part: object) => void {
  const cleaner = cleanerFor(traces);
  const walk = (where: string, field: string, before: unknown, after: unknown): void => {
    if (before === after) return;
    if (typeof before === 'string') data.mentions.push({ in: where, field, text: before });
    else for (const [key, value] of Object.entries(before ?? {})) walk(where, Array.isArray(before) ? field : key, value, (after as Record<string, unknown>)[key]);
  };
  return (kind, record, part) => walk(`${kind} ${KINDS[kind].keyOf(record as never)}`, '', part, cleaner.record(part));
}
