import type { Chat } from './model/chat.ts';
import type { Gap } from './model/gap.ts';
import type { HelpDesk } from './model/helpDesk.ts';
import type { Language } from './model/language.ts';
import type { Person } from './model/person.ts';
import type { Rating } from './model/rating.ts';
import type { ContractRecord } from './model/record.ts';
import type { Role } from './model/role.ts';
import type { Ticket } from './model/ticket.ts';
import type { Notice, Place, RoleRequest } from './model/request.ts';

/**
 * The outcome of a save. `stale`: what was saved was not built on the newest version; nothing was written.
 * `saved` is said only when the record is on disk. A failing disk throws, and the old record stays.
 */
export type Saved = 'saved' | 'stale';

/** Contracts with all that belongs to them; `inherited` is filled in with the administrators of the parent contract and never saved. Records are immutable: change a copy and save it. */
export interface ContractStore {
  /** The contract of that tenant, or undefined; ids are normalised (`ContractId`). */
  get(tenantId: string, contractId: string): Promise<ContractRecord | undefined>;
  ofTenant(tenantId: string): Promise<ContractRecord[]>;
  /** The contract of that tenant that holds the request. */
  findByRequest(tenantId: string, requestId: string): Promise<ContractRecord | undefined>;
  all(): Promise<ContractRecord[]>;
  /** Saves what was loaded as `record.version` as the next version; version 0 is a new contract. */
  save(record: ContractRecord): Promise<Saved>;
}

/** People, with the languages they speak and the places of their own chats. */
export interface PeopleStore {
  get(tenantId: string, personId: string): Promise<Person | undefined>;
  byObjectId(tenantId: string, objectId: string): Promise<Person | undefined>;
  byMail(tenantId: string, mail: string): Promise<Person | undefined>;
  /** The person of that tenant with that sign-in mail; made if not known yet. Two calls at once get the same person. */
  ensure(tenantId: string, mail: string): Promise<Person>;
  save(person: Person): Promise<Saved>;
}

/** What the bot remembers of conversations. */
export interface ChatStore {
  get(tenantId: string, conversationId: string): Promise<Chat | undefined>;
  save(chat: Chat): Promise<Saved>;
  /** Conversations in which the bot is to ask again. */
  withReminders(): Promise<Chat[]>;
}

/** What people thought of answers. */
export interface RatingStore {
  get(tenantId: string, entryId: string): Promise<Rating | undefined>;
  ofTenant(tenantId: string): Promise<Rating[]>;
  save(rating: Rating): Promise<Saved>;
}

/** Questions without a sure answer. One record per tenant, language and wording. */
export interface GapStore {
  /** The gap of that tenant and language with these words (case, width and blanks do not matter). */
  get(tenantId: string, language: Language, question: string): Promise<Gap | undefined>;
  ofTenant(tenantId: string): Promise<Gap[]>;
  save(gap: Gap): Promise<Saved>;
  remove(gap: Gap): Promise<void>;
}

/** The channels that are a tenant's help desk. */
export interface HelpDeskStore {
  get(tenantId: string): Promise<HelpDesk | undefined>;
  save(helpDesk: HelpDesk): Promise<Saved>;
}

/** Talks with the help desk. Records are immutable: change a copy and save it. */
export interface TicketStore {
  get(tenantId: string, ticketId: string): Promise<Ticket | undefined>;
  ofTenant(tenantId: string): Promise<Ticket[]>;
  /** The newest ticket of a person, open or not. */
  lastOf(tenantId: string, personId: string): Promise<Ticket | undefined>;
  /** The ticket of which a thread in that channel (conversation id) begins, or began, with that activity. */
  byThread(tenantId: string, channel: string, thread: string): Promise<Ticket | undefined>;
  /** Those that are not closed, or of which somebody has not been told everything. */
  unsettled(): Promise<Ticket[]>;
  /** Those of them whose person's own chat is that conversation. */
  unsettledIn(tenantId: string, conversationId: string): Promise<Ticket[]>;
  /** Version 0 is a new ticket. */
  save(ticket: Ticket): Promise<Saved>;
  /** It is found by nothing any more; one that is not there is none to remove. */
  remove(ticket: Pick<Ticket, 'tenantId' | 'id'>): Promise<void>;
}

/** Images that are too large for a message. */
export interface PictureStore {
  /** `name` is new and cannot be guessed. On disk when it returns. `at`: when it was kept first (ISO 8601, UTC), for one that is copied; else now. */
  keep(tenantId: string, name: string, bytes: Uint8Array, at?: string): Promise<void>;
  get(tenantId: string, name: string): Promise<Uint8Array | undefined>;
  /** One that is not there is none to remove. */
  remove(tenantId: string, name: string): Promise<void>;
  /** Removes those that were kept before an instant (ISO 8601, UTC); returns how many. */
  removeBefore(instant: string): Promise<number>;
}

/** Which turn is meant. `activityId` is absent where the same activity may rightly come twice. */
export interface TurnKey {
  tenantId: string;
  channelId: string;
  conversationId: string;
  activityId?: string;
}

/** The order of turns, across all processes of the bot. */
export interface Turns {
  /**
   * Runs `turn` after all turns of that conversation that came before it. One whose activity was done within the last ten
   * minutes is not run again; one that threw, or whose process died, was not done. Throws what `turn` throws.
   */
  run(key: TurnKey, turn: () => Promise<void>): Promise<void>;
}

/** Work outside of turns that one process does at a time: cards, messages, timers. */
export interface Work {
  /**
   * Runs `work`, which reads what is to do from the store, after what is under way under that key in this process. Where
   * another process is at it, that one is told to do its own once more after it, and nothing is run here. `work` may
   * return milliseconds: so long nobody else begins it, unless this process closes the store. What a process leaves that dies is free again within half a minute.
   * Throws what `work` throws.
   */
  run(tenantId: string, key: string, work: () => Promise<number | void>): Promise<void>;
  /** What threw, and what processes left that died, some of it at a time: it is this process's now, to be run. */
  left(): Promise<{ tenantId: string; key: string }[]>;
}

/** What Microsoft's public sign-in service tells of an account. */
export interface Realm {
  namespace: 'Managed' | 'Federated' | 'Unknown';
  /** A self-service (unmanaged) directory. */
  isViral: boolean;
  /** The host of the cloud's sign-in service, for example `microsoftonline.com`; empty when not told. */
  cloud: string;
}

/** Looks at what anybody may look at, without signing in. Undefined: switched off, not reached in time, or no sense in the answer. Never throws. */
export interface Lookup {
  /** The realm of a sign-in ID. Only the ID leaves. */
  realm(signInId: string): Promise<Realm | undefined>;
  /** The TXT records of a domain, each as one string, as every DNS server that answered shows them. Only the domain leaves. */
  textRecords(domain: string): Promise<string[][] | 'noDomain' | undefined>;
}

/** One role of one person, as the portal keeps it. */
export interface ProvisionedRole {
  /** The enrollment number: the contract ID. */
  enrollment: string;
  /** The assignment's own id: a second call with it is the same call. */
  assignmentId: string;
  role: Role;
  /** Entra object id. */
  principalId: string;
  tenantId: string;
  mail: string;
}

/** Enters and removes roles in the portal through an API, on EA and EAS. Each is done when it returns; throws when it could not be done. */
export interface Provisioner {
  /** Whether it knows how to enter this role. */
  enters(role: Role): boolean;
  put(role: ProvisionedRole): Promise<void>;
  /** What is not there is removed. */
  remove(role: Pick<ProvisionedRole, 'enrollment' | 'assignmentId'>): Promise<void>;
  list(enrollment: string): Promise<{ assignmentId: string; principalId: string | undefined; mail: string | undefined }[]>;
}

/** The time, so that tests can move it. */
export interface Clock {
  now(): Date;
}

/** New ids that nobody can guess. */
export interface Ids {
  /** `R-` and eight characters of Crockford's alphabet (no I, L, O, U), so that it can be read aloud. */
  request(): string;
  /** `T-` and the same. */
  ticket(): string;
  uuid(): string;
}

/** What a card about a request has to show its person. */
export interface NoticeContent {
  shows: NonNullable<Notice['shows']>;
  record: ContractRecord;
  request: RoleRequest;
  /** Shown again because nobody decided yet. */
  isReminder: boolean;
}

/** Puts cards in front of people. */
export interface Notifier {
  /**
   * Sends a card, or changes the one at `place`. Returns where the card stands now;
   * undefined when the person cannot be reached (never spoke to the bot, blocked or removed it, the channel does not
   * answer in time). Never throws for that.
   */
  show(person: Person, content: NoticeContent, place: Place | undefined): Promise<Place | undefined>;
  /** Whether a new card has to wait, because a helper of the help desk has this person's chat. */
  waits(person: Person): Promise<boolean>;
}
