import { join } from 'node:path';
import type { Clock } from '../../ports.ts';
import type { KindName, Versioned } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import type { Store } from '../store.ts';
import { TurnsInMemory, WorkInMemory } from '../oneProcess.ts';
import type { OnDamage } from './collection.ts';
import { Collection } from './collection.ts';
import { JsonChats } from './chats.ts';
import { JsonContracts } from './contracts.ts';
import { fileKey } from './fileKey.ts';
import { JsonGaps } from './gaps.ts';
import { lockFolder } from './lock.ts';
import { JsonPeople } from './people.ts';
import { PictureFiles } from './pictures.ts';
import type { Collections } from './records.ts';
import { JsonRecords } from './records.ts';
import { JsonTickets } from './tickets.ts';

/**
 * Opens the embedded store in `folder` (made if missing) and owns it until `close`.
 * Throws `FolderInUse` when another process has it. Damaged files are set aside and reported, never overwritten.
 * `clock` tells how long a turn is remembered.
 */
export async function openJsonStore(folder: string, onDamage: OnDamage, clock: Clock = { now: () => new Date() }): Promise<Store> {
  const unlock = await lockFolder(folder);
  const open = async <K extends KindName>(kind: K): Promise<Collections[K]> => {
    const { schema } = KINDS[kind];
    const opened = await Collection.open<Versioned>(join(folder, kind), schema, (record) => fileKey(kind, record as never), onDamage);
    return opened as unknown as Collections[K];
  };
  try {
    const collections: Collections = {
      people: await open('people'),
      contracts: await open('contracts'),
      tickets: await open('tickets'),
      helpDesks: await open('helpDesks'),
      chats: await open('chats'),
      ratings: await open('ratings'),
      gaps: await open('gaps'),
    };
    const { helpDesks, ratings } = collections;
    return {
      contracts: new JsonContracts(collections.contracts),
      people: new JsonPeople(collections.people),
      chats: new JsonChats(collections.chats),
      ratings: {
        get: async (tenantId, entryId) => ratings.get(fileKey('ratings', { tenantId, entryId })),
        ofTenant: async (tenantId) => ratings.all().filter((rating) => rating.tenantId === tenantId),
        save: (rating) => ratings.save(rating),
      },
      gaps: new JsonGaps(collections.gaps),
      helpDesks: { get: async (tenantId) => helpDesks.get(fileKey('helpDesks', { tenantId })), save: (helpDesk) => helpDesks.save(helpDesk) },
      tickets: new JsonTickets(collections.tickets),
      pictures: new PictureFiles(join(folder, 'pictures')),
      turns: new TurnsInMemory(clock),
      work: new WorkInMemory(),
      records: new JsonRecords(collections),
      close: unlock,
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}
