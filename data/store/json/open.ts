import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../ports.ts';
import type { KindName, Versioned } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import type { Store } from '../store.ts';
import { TurnsInMemory, WorkInMemory } from '../oneProcess.ts';
import { Checkpoints } from './checkpoints.ts';
import { Collection, JOURNAL } from './collection.ts';
import { JsonChats } from './chats.ts';
import { JsonContracts } from './contracts.ts';
import { fileKey } from './fileKey.ts';
import { JsonGaps } from './gaps.ts';
import { Journal, readJournal } from './journal.ts';
import type { Entry } from './journalLine.ts';
import { lockFolder } from './lock.ts';
import { JsonPeople } from './people.ts';
import { PictureFiles, PICTURES } from './pictures.ts';
import type { Collections } from './records.ts';
import { JsonRecords } from './records.ts';
import type { OnDamage } from './recordsIn.ts';
import { JsonTickets } from './tickets.ts';

/**
 * Opens the embedded store in `folder` (made if missing) and owns it until `close`.
 * Throws `FolderInUse` when another process has it. Damaged files are set aside and reported, never overwritten.
 * `clock` tells how long a turn is remembered. `onFault`: records could not be brought into their own files; nothing is lost, and it is tried again.
 */
export async function openJsonStore(folder: string, onDamage: OnDamage, { clock = { now: () => new Date() }, onFault = (error: Error): never => { throw error; } }: { clock?: Clock; onFault?: (error: Error) => void } = {}): Promise<Store> {
  const unlock = await lockFolder(folder);
  let journal: Journal | undefined;
  try {
    const { entries, begun } = await openJournal(join(folder, JOURNAL), onDamage);
    journal = begun;
    const open = async <K extends KindName>(kind: K): Promise<Collections[K]> => {
      const { schema } = KINDS[kind];
      const opened = await Collection.open<Versioned>(join(folder, kind), schema, (record) => fileKey(kind, record as never), onDamage, { entries, journal: begun });
      return opened as unknown as Collections[K];
    };
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
    const checkpoints = new Checkpoints(begun, Object.values(collections), onFault);
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
      pictures: new PictureFiles(join(folder, PICTURES)),
      turns: new TurnsInMemory(clock),
      work: new WorkInMemory(),
      records: new JsonRecords(collections),
      probe: () => begun.probe(),
      close: async () => {
        try {
          await checkpoints.close();
        } finally {
          await unlock();
        }
      },
    };
  } catch (error) {
    await journal?.close();
    await unlock();
    throw error;
  }
}

/** What a process before this one saved last, and a journal that goes on behind it. A damaged one is kept under another name. */
async function openJournal(folder: string, onDamage: OnDamage): Promise<{ entries: Entry[]; begun: Journal }> {
  const damaged: string[] = [];
  const entries = await readJournal(folder, (file, fault) => {
    // What a kill has cut off at the end was confirmed to nobody.
    if (fault === 'line') damaged.push(file);
  });
  for (const file of damaged) {
    const setAside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
    await copyFile(file, setAside);
    onDamage({ file, setAside, reason: 'a line of it is damaged; the others were read' });
  }
  return { entries, begun: await Journal.begin(folder) };
}
