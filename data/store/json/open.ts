import { join } from 'node:path';
import { Chat } from '../../model/chat.ts';
import { Gap } from '../../model/gap.ts';
import { HelpDesk } from '../../model/helpDesk.ts';
import { Person } from '../../model/person.ts';
import { Rating } from '../../model/rating.ts';
import { Ticket } from '../../model/ticket.ts';
import { ContractRecord } from '../../model/record.ts';
import type { ChatStore, ContractStore, GapStore, HelpDeskStore, PeopleStore, RatingStore, TicketStore } from '../../ports.ts';
import type { OnDamage } from './collection.ts';
import { Collection } from './collection.ts';
import { JsonContracts } from './contracts.ts';
import { JsonGaps } from './gaps.ts';
import { lockFolder } from './lock.ts';
import { JsonPeople } from './people.ts';
import { JsonTickets } from './tickets.ts';

/** The stores of the embedded JSON store. */
export interface JsonStore {
  contracts: ContractStore;
  people: PeopleStore;
  chats: ChatStore;
  ratings: RatingStore;
  gaps: GapStore;
  helpDesks: HelpDeskStore;
  tickets: TicketStore;
  /** Gives the folder back. */
  close(): Promise<void>;
}

/**
 * Opens the embedded store in `folder` (made if missing) and owns it until `close`.
 * Throws `FolderInUse` when another process has it. Damaged files are set aside and reported, never overwritten.
 */
export async function openJsonStore(folder: string, onDamage: OnDamage): Promise<JsonStore> {
  const unlock = await lockFolder(folder);
  try {
    const chats = await Collection.open(join(folder, 'chats'), Chat, (chat) => chat.conversationId, onDamage);
    const ratings = await Collection.open(join(folder, 'ratings'), Rating, ratingKey, onDamage);
    const gaps = await Collection.open(join(folder, 'gaps'), Gap, JsonGaps.keyOf, onDamage);
    const helpDesks = await Collection.open(join(folder, 'helpDesks'), HelpDesk, ({ tenantId }) => tenantId, onDamage);
    const tickets = await Collection.open(join(folder, 'tickets'), Ticket, JsonTickets.keyOf, onDamage);
    const people = await Collection.open(join(folder, 'people'), Person, (person) => person.id, onDamage);
    const contracts = await Collection.open(join(folder, 'contracts'), ContractRecord, JsonContracts.keyOf, onDamage);
    return {
      contracts: new JsonContracts(contracts),
      people: new JsonPeople(people),
      chats: { get: async (id) => chats.get(id), save: (chat) => chats.save(chat), withReminders: async () => chats.all().filter(({ reminders = [] }) => reminders.length > 0) },
      ratings: {
        get: async (tenantId, entryId) => ratings.get(ratingKey({ tenantId, entryId })),
        ofTenant: async (tenantId) => ratings.all().filter((rating) => rating.tenantId === tenantId),
        save: (rating) => ratings.save(rating),
      },
      gaps: new JsonGaps(gaps),
      helpDesks: { get: async (tenantId) => helpDesks.get(tenantId), save: (helpDesk) => helpDesks.save(helpDesk) },
      tickets: new JsonTickets(tickets),
      close: unlock,
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

function ratingKey({ tenantId, entryId }: Pick<Rating, 'tenantId' | 'entryId'>): string {
  return `${tenantId}/${entryId}`;
}
