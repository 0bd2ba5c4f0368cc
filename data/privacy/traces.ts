import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Ticket } from '../model/ticket.ts';
import type { KindName, RecordOf } from '../store/kinds.ts';
import { mailOf, pseudonymOf } from './pseudonym.ts';

/** The records of one tenant. */
export interface TenantRecords {
  tenantId: string;
  of<K extends KindName>(kind: K): AsyncIterable<RecordOf<K>>;
}

/** What somebody is known by in the records of a tenant. */
export interface Traces {
  tenantId: string;
  /** Undefined: nobody has that sign-in mail, which may be mentioned all the same. */
  person: Person | undefined;
  /** The mail that was asked for, and earlier ones. */
  mails: string[];
  names: string[];
  /** What channels and directories know the person by: object id, the channel's own id. */
  ids: string[];
  /** The person's own chats. */
  conversations: string[];
  /** Ids of the person's own talks with the help desk. */
  tickets: string[];
  pseudonym: string;
  pseudonymMail: string;
}

/** Gathers what somebody is known by: from the person's own record, tickets and cards. */
export async function tracesOf(records: TenantRecords, mail: string): Promise<Traces> {
  let person: Person | undefined;
  const others = new Set<string>();
  for await (const one of records.of('people')) {
    if (one.mail === mail) person = one;
    else others.add(one.mail);
  }
  const found = { mails: new Set([mail]), names: new Set<string>(), ids: new Set<string>(), conversations: new Set<string>(), tickets: new Set<string>() };
  if (person) {
    add(found.names, person.name);
    add(found.ids, person.objectId);
    noteReference(found, person.reference);
    for await (const ticket of records.of('tickets')) noteTicket(found, person, ticket);
    for await (const { requests } of records.of('contracts')) noteCards(found, person, requests);
  }
  const pseudonym = pseudonymOf(person?.id);
  const pseudonymMail = mailOf(pseudonym);
  // What was erased before this was cut off is nobody's trace; nor is an earlier mail that is somebody else's now.
  const real = (some: Set<string>): string[] => [...some].filter((one) => one !== pseudonym && one !== pseudonymMail && !others.has(one));
  // A ticket's name is the mail where no name was known.
  return { tenantId: records.tenantId, person, mails: real(found.mails), names: real(found.names).filter((name) => !found.mails.has(name)), ids: real(found.ids), conversations: real(found.conversations), tickets: [...found.tickets], pseudonym, pseudonymMail };
}

interface Found {
  mails: Set<string>;
  names: Set<string>;
  ids: Set<string>;
  conversations: Set<string>;
  tickets: Set<string>;
}

function noteTicket(found: Found, person: Person, { id, personId, name, mail, place, log }: Ticket): void {
  if (personId === person.id) {
    add(found.tickets, id);
    add(found.names, name);
    add(found.mails, mail);
    noteReference(found, { ...place.conversation, conversation: { ...Object(place.conversation['conversation']), id: place.conversationId } });
  }
  for (const event of log) {
    const helpers = [...('by' in event && typeof event.by === 'object' ? [event.by] : []), ...(event.kind === 'claimed' && event.to ? [event.to] : [])];
    for (const helper of helpers) if (helper.id === person.id) add(found.names, helper.name);
  }
}

function noteCards(found: Found, person: Person, requests: ContractRecord['requests']): void {
  for (const { notices } of requests) for (const { personId, place } of notices) if (personId === person.id) noteReference(found, place?.conversation);
}

/** A conversation reference as the Bot Framework writes it. A channel or a group, where a card may have been opened, is not the person's own. */
function noteReference(found: Found, reference: Record<string, unknown> | undefined): void {
  const { user, conversation } = (reference ?? {}) as { user?: { id?: unknown; aadObjectId?: unknown; name?: unknown }; conversation?: { id?: unknown; conversationType?: string; isGroup?: boolean } };
  add(found.ids, user?.id);
  add(found.ids, user?.aadObjectId);
  add(found.names, user?.name);
  const { id, conversationType, isGroup } = conversation ?? {};
  if (typeof id === 'string' && (conversationType === undefined ? isGroup !== true && !id.startsWith('19:') : conversationType === 'personal')) add(found.conversations, id);
}

function add(some: Set<string>, value: unknown): void {
  if (typeof value === 'string' && value !== '') some.add(value);
}
