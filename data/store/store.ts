import type { ChatStore, ContractStore, GapStore, HelpDeskStore, PeopleStore, PictureStore, RatingStore, TicketStore, Turns, Work } from '../ports.ts';
import type { KindName, RecordOf } from './kinds.ts';

/** All the stores of a bot, wherever they keep their records. */
export interface Store {
  contracts: ContractStore;
  people: PeopleStore;
  chats: ChatStore;
  ratings: RatingStore;
  gaps: GapStore;
  helpDesks: HelpDeskStore;
  tickets: TicketStore;
  pictures: PictureStore;
  turns: Turns;
  work: Work;
  records: Records;
  /** Whether records can be saved now: throws when not, with the reason. */
  probe(tenantId: string): Promise<void>;
  /** Gives back what was held: the folder, the connections. */
  close(): Promise<void>;
}

/** Every record as it stands: for what is about all of them (copies, backups, verification, what is known of a person). */
export interface Records {
  /** All tenants of which there is any record. */
  tenants(): Promise<string[]>;
  /** The records of a tenant, in the order of their keys. A damaged one is reported and left out. */
  of<K extends KindName>(kind: K, tenantId: string): AsyncIterable<RecordOf<K>>;
  /** Puts a record in the place of whatever is there, with the version it has. For a store nobody else writes to meanwhile. */
  put<K extends KindName>(kind: K, record: RecordOf<K>): Promise<void>;
  /** Removes a record; one that is not there is none to remove. */
  remove<K extends KindName>(kind: K, record: RecordOf<K>): Promise<void>;
}
