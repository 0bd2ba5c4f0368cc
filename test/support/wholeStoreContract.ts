import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBackup, writeBackup } from '../../data/store/backup.ts';
import { copyStore, proveCopy } from '../../data/store/copy.ts';
import type { Entry } from '../../data/store/entries.ts';
import { entriesOf } from '../../data/store/entries.ts';
import { nameOf, takeInventory } from '../../data/store/inventory.ts';
import type { StoreReading } from '../../data/store/reading.ts';
import type { Store } from '../../data/store/store.ts';
import { verifyStore } from '../../data/store/verify.ts';
import { chatOf, fillStore, PICTURE } from './filledStore.ts';
import { contract } from './storeContract.ts';
import { cleo, OTHER_TENANT, TENANT } from './people.ts';

/** A store that a test has for itself, empty at first. */
export interface OpenStore {
  store: Store;
  read: () => Promise<StoreReading>;
  close(): Promise<void>;
}

/** What can be done with every store as a whole; run on each of them. */
export function wholeStoreContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} as a whole`, () => {
    let from: OpenStore;
    let to: OpenStore;
    let dir: string;
    beforeEach(async () => {
      [from, to, dir] = [await open(), await open(), await mkdtemp(join(tmpdir(), 'vl-whole-'))];
      await fillStore(from.store);
    });
    afterEach(async () => {
      await from.close();
      await to.close();
      await rm(dir, { recursive: true });
    });

    const entries = async function* ({ read }: OpenStore): AsyncGenerator<Entry> {
      const reading = await read();
      try {
        yield* entriesOf(reading, () => false);
      } finally {
        await reading.close();
      }
    };
    const copyTo = async (target: OpenStore['store'], over = false): Promise<number> => {
      const source = { name: 'one', entries: () => entries(from), inventory: await takeInventory(entries(from)) };
      const written = await copyStore(source, { name: 'other', store: target, read: to.read }, { over, progress: () => undefined });
      await proveCopy(source, { name: 'other', read: to.read });
      return written;
    };
    const contents = async (one: OpenStore): Promise<unknown[]> => {
      const all: { name: string; entry: Entry }[] = [];
      for await (const entry of entries(one)) all.push({ name: nameOf(entry), entry });
      return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    };

    test('what the bot wrote verifies', async () => {
      const found: unknown[] = [];
      const reading = await from.read();
      const { records, pictures } = await verifyStore(reading, (finding) => found.push(finding));
      await reading.close();
      expect(found).toEqual([]);
      expect([records, pictures]).toEqual([18, 1]);
    });

    test('a copy holds every record with its version, every picture with its time; a second one writes nothing', async () => {
      await from.store.pictures.keep(TENANT, `${'cd'.repeat(32)}.gif`, Buffer.from('old'), '2026-01-02T03:04:05.000Z');
      expect(await copyTo(to.store)).toBe(20);
      expect(await contents(to)).toEqual(await contents(from));
      expect(await copyTo(to.store)).toBe(0);
      expect(await to.store.pictures.removeBefore('2026-01-02T03:04:06.000Z')).toBe(1);
      expect(Buffer.from((await to.store.pictures.get(TENANT, PICTURE))!).toString()).toBe('a picture of a screen');
    });

    test('two tenants that speak in one conversation arrive both', async () => {
      const { version: _version, ...chat } = (await from.store.chats.get(TENANT, chatOf(cleo)))!;
      await from.store.chats.save({ ...chat, version: 0, tenantId: OTHER_TENANT, said: [] });
      expect(await copyTo(to.store)).toBe(20);
      expect(await contents(to)).toEqual(await contents(from));
    });

    test('a copy says how far it is, kind by kind', async () => {
      const said: string[] = [];
      const source = { name: 'one', entries: () => entries(from), inventory: await takeInventory(entries(from)) };
      await copyStore(source, { name: 'other', store: to.store, read: to.read }, { over: false, progress: (kind, done, of) => said.push(`${kind} ${done} of ${of}`) });
      expect(said).toHaveLength(19);
      expect(said.filter((line) => line.startsWith('contracts'))).toEqual([1, 2, 3, 4, 5].map((n) => `contracts ${n} of 5`));
      expect(said.at(-1)).toBe('pictures 1 of 1');
    });

    test('a copy that was cut off goes on', async () => {
      let puts = 0;
      const { records } = to.store;
      const failing = { ...to.store, records: { tenants: () => records.tenants(), of: records.of.bind(records), remove: records.remove.bind(records), put: async (...[kind, record]: Parameters<typeof records.put>) => {
        if ((puts += 1) > 7) throw new Error('the disk is full');
        await records.put(kind, record);
      } } };
      await expect(copyTo(failing)).rejects.toThrow('the disk is full');
      expect(await copyTo(to.store)).toBe(19 - 7);
      expect(await contents(to)).toEqual(await contents(from));
    });

    test('a copy that does not arrive whole is not called one', async () => {
      const { records } = to.store;
      const losing = { ...to.store, records: { tenants: () => records.tenants(), of: records.of.bind(records), remove: records.remove.bind(records), put: async (...[kind, record]: Parameters<typeof records.put>) => {
        if (kind !== 'gaps') await records.put(kind, record);
      } } };
      await expect(copyTo(losing)).rejects.toThrow(/other does not hold what one holds: 3 differ, the first is gaps/);
    });

    test('what stands in the target otherwise stops it before anything is written; --over makes both equal', async () => {
      await to.store.contracts.save(contract('87654321'));
      await to.store.contracts.save(contract('99990000'));
      await to.store.pictures.keep(TENANT, `${'ef'.repeat(32)}.png`, Buffer.from('x'));
      await expect(copyTo(to.store)).rejects.toThrow('other holds 3 that one has otherwise or not at all, the first is contracts');
      expect(await contents(to)).toHaveLength(3);
      await copyTo(to.store, true);
      expect(await contents(to)).toEqual(await contents(from));
    });

    test('--over: two people who have each other\'s mail in the target, and each other\'s account', async () => {
      await copyTo(to.store);
      const [cleo, bob] = [(await from.store.people.byMail(TENANT, 'cleo@example.com'))!, (await from.store.people.byMail(TENANT, 'bob@example.com'))!];
      const { objectId: _objectId, ...between } = { ...cleo, mail: 'between@example.com' };
      const swapped = [between, { ...bob, mail: cleo.mail, objectId: cleo.objectId! }, { ...cleo, mail: bob.mail, objectId: bob.objectId! }];
      for (const person of swapped) await to.store.records.put('people', person);
      expect(await copyTo(to.store, true)).toBe(2);
      expect(await contents(to)).toEqual(await contents(from));
    });

    test('a backup holds everything, and comes back as it was', async () => {
      const file = join(dir, 'backup.gz');
      expect(await writeBackup(file, entries(from), '2026-11-23T06:00:00.000Z')).toBe(19);
      const source = { name: file, entries: () => readBackup(file), inventory: await takeInventory(readBackup(file)) };
      expect(await copyStore(source, { name: 'other', store: to.store, read: to.read }, { over: false, progress: () => undefined })).toBe(19);
      expect(await contents(to)).toEqual(await contents(from));
    });

    test('a picture that was removed is gone; one that is not there is none to remove', async () => {
      await from.store.pictures.remove(TENANT, PICTURE);
      await from.store.pictures.remove(TENANT, PICTURE);
      expect(await from.store.pictures.get(TENANT, PICTURE)).toBeUndefined();
      const reading = await from.read();
      expect((await verifyStore(reading, () => undefined)).pictures).toBe(0);
      await reading.close();
    });
  });
}
