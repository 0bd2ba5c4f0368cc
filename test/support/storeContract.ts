import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Store } from '../../data/store/store.ts';
import { OTHER_TENANT, TENANT } from './people.ts';
import { ticket } from './tickets.ts';

/** A store that is empty. `reopen`: what a new process would see; `close` gives back what was used. */
export interface OpenedStore {
  stores: Store;
  reopen: () => Promise<Store>;
  close: () => Promise<void>;
}

const AT = '2026-11-23T06:00:00.000Z';

export const contract = (id: string, tenantId = TENANT): ContractRecord => ({
  version: 0,
  contract: { id, tenantId, name: 'x', program: 'EA', cloud: 'public' },
  assignments: [],
  requests: [],
  events: [], leftovers: [], sent: [], inherited: [],
});

const chat = (conversationId: string, tenantId = TENANT) => ({ version: 0, tenantId, conversationId, dialog: {}, handled: [], answers: [], said: [], known: {}, at: AT });

async function all<T>(records: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const record of records) found.push(record);
  return found;
}

/** What every store keeps; run on each of them. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} keeps the contract of a store`, () => {
    let opened: OpenedStore;
    let s: Store;
    beforeEach(async () => {
      opened = await open();
      s = opened.stores;
    });
    afterEach(() => opened.close());

    test('what was saved is there, and still there for the next process', async () => {
      expect(await s.contracts.save(contract('1000'))).toBe('saved');
      expect(await s.contracts.get(TENANT, '1000')).toEqual({ ...contract('1000'), version: 1 });
      const person = await s.people.ensure(TENANT, 'a@example.com');
      await s.chats.save({ version: 0, tenantId: TENANT, conversationId: 'a:1/../2', dialog: { x: [1] }, handled: [], answers: [], said: [], known: {}, at: '2026-11-23T06:00:00.000Z' });
      await s.ratings.save({ version: 0, tenantId: TENANT, entryId: 'e', votes: {} });
      const next = await opened.reopen();
      expect(await next.contracts.get(TENANT, '1000')).toEqual({ ...contract('1000'), version: 1 });
      expect(await next.people.get(TENANT, person.id)).toEqual(person);
      expect(await next.chats.get(TENANT, 'a:1/../2')).toMatchObject({ dialog: { x: [1] }, version: 1 });
      expect(await next.ratings.ofTenant(TENANT)).toHaveLength(1);
      expect(await next.ratings.ofTenant(OTHER_TENANT)).toEqual([]);
      expect(await next.ratings.get(OTHER_TENANT, 'e')).toBeUndefined();
    });

    test('a record is unchangeable, has nothing in common with what others may change, and shares with the version before what is the same', async () => {
      const answers = [{ entry: 'one', question: 'a', at: AT }, { entry: 'two', question: 'b', at: AT }];
      await s.chats.save({ ...chat('a:1'), answers, dialog: { x: [1] } });
      answers[0]!.question = 'changed';
      const first = (await s.chats.get(TENANT, 'a:1'))!;
      expect(first.answers[0]).toEqual({ entry: 'one', question: 'a', at: AT });
      for (const part of [first.answers, first.answers[0], first.dialog]) expect(Object.isFrozen(part)).toBe(true);
      await s.chats.save({ ...first, answers: [...first.answers.slice(1), { entry: 'three', question: 'c', at: AT }], dialog: Object.freeze({ x: [2] }) });
      const second = (await s.chats.get(TENANT, 'a:1'))!;
      expect(second.answers).toEqual([first.answers[1], { entry: 'three', question: 'c', at: AT }]);
      expect(second.dialog).toEqual({ x: [2] });
      expect(second.answers[0]).toBe(first.answers[1]);
    });

    test('a stale save is refused and changes nothing', async () => {
      await s.contracts.save(contract('1000'));
      const first = (await s.contracts.get(TENANT, '1000'))!;
      expect(await s.contracts.save({ ...first, contract: { ...first.contract, name: 'second' } })).toBe('saved');
      expect(await s.contracts.save({ ...first, contract: { ...first.contract, name: 'late' } })).toBe('stale');
      expect(await s.contracts.save(contract('1000'))).toBe('stale');
      expect((await s.contracts.get(TENANT, '1000'))?.contract.name).toBe('second');
      expect((await (await opened.reopen()).contracts.get(TENANT, '1000'))?.contract.name).toBe('second');
    });

    test('what could not be read back is not saved, and what was there stays', async () => {
      await s.contracts.save(contract('1000'));
      const record = (await s.contracts.get(TENANT, '1000'))!;
      await expect(s.contracts.save({ ...record, contract: { ...record.contract, name: 'x'.repeat(201) } })).rejects.toThrow('too_big');
      const person = await s.people.ensure(TENANT, 'a@example.com');
      await expect(s.people.save({ ...person, name: 7 as unknown as string })).rejects.toThrow('invalid_type');
      const next = await opened.reopen();
      expect((await next.contracts.get(TENANT, '1000'))?.contract.name).toBe('x');
      expect(await next.people.get(TENANT, person.id)).toEqual(person);
    });

    test('of a hundred saves at once on one version, one wins', async () => {
      await s.contracts.save(contract('1000'));
      const base = (await s.contracts.get(TENANT, '1000'))!;
      const results = await Promise.all(Array.from({ length: 100 }, (_, i) => s.contracts.save({ ...base, contract: { ...base.contract, name: String(i) } })));
      expect(results.filter((r) => r === 'saved')).toHaveLength(1);
    });

    test('tenants never mix', async () => {
      await s.contracts.save(contract('1000'));
      await s.contracts.save(contract('1000', OTHER_TENANT));
      expect(await s.contracts.ofTenant(TENANT)).toHaveLength(1);
      expect(await s.contracts.get('cccccccc-0000-4000-8000-000000000003', '1000')).toBeUndefined();
      const mine = await s.people.ensure(TENANT, 'a@example.com');
      const theirs = await s.people.ensure(OTHER_TENANT, 'a@example.com');
      expect(mine.id).not.toBe(theirs.id);
      expect(await s.people.byObjectId(OTHER_TENANT, 'aaaaaaaa')).toBeUndefined();
      const asked = { ...contract('2000'), requests: [{ version: 1, id: 'R-00000001', requesterId: mine.id, beneficiaryId: mine.id, roles: ['benefitsReader' as const], reason: 'x', at: '2026-11-23T06:00:00.000Z', state: 'pending' as const, notices: [] }] };
      await s.contracts.save(asked);
      expect((await s.contracts.findByRequest(TENANT, 'R-00000001'))?.contract.id).toBe('2000');
      expect(await s.contracts.findByRequest(OTHER_TENANT, 'R-00000001')).toBeUndefined();
    });

    test('a person is made once, found by id, object id and mail, and follows a new mail', async () => {
      const many = await Promise.all(Array.from({ length: 20 }, () => s.people.ensure(TENANT, 'a@example.com')));
      expect(new Set(many.map((p) => p.id)).size).toBe(1);
      const bound: Person = { ...many[0]!, objectId: '11111111-1111-4111-8111-111111111111', mail: 'b@example.com' };
      expect(await s.people.save(bound)).toBe('saved');
      expect((await s.people.byObjectId(TENANT, '11111111-1111-4111-8111-111111111111'))?.mail).toBe('b@example.com');
      expect(await s.people.byMail(TENANT, 'a@example.com')).toBeUndefined();
      expect((await s.people.byMail(TENANT, 'b@example.com'))?.id).toBe(bound.id);
    });

    test('gaps: one per tenant, language and wording; removed for good', async () => {
      const gap = { version: 0, tenantId: TENANT, language: 'en' as const, question: 'Purple elephants', near: [], times: 1, at: '2026-11-23T06:00:00.000Z' };
      expect(await s.gaps.save(gap)).toBe('saved');
      expect(await s.gaps.save({ ...gap, question: 'purple  ELEPHANTS' })).toBe('stale');
      expect(await s.gaps.save({ ...gap, tenantId: OTHER_TENANT })).toBe('saved');
      expect(await s.gaps.get(TENANT, 'ja', 'Purple elephants')).toBeUndefined();
      await s.gaps.remove(gap);
      const next = await opened.reopen();
      expect(await next.gaps.ofTenant(TENANT)).toEqual([]);
      expect(await next.gaps.ofTenant(OTHER_TENANT)).toHaveLength(1);
    });

    test('the administrators of a parent contract come with its children, as they are now, and are not saved', async () => {
      const anna = await s.people.ensure(TENANT, 'anna@example.com');
      const assigned = { version: 1, id: '11111111-1111-4111-8111-111111111111', personId: anna.id, role: 'administrator' as const, state: 'active' as const, givenAt: AT };
      const child = contract('2000');
      await s.contracts.save({ ...child, contract: { ...child.contract, parentId: '1000' }, inherited: ['p-00000009'] });
      expect((await s.contracts.get(TENANT, '2000'))?.inherited).toEqual([]);
      await s.contracts.save({ ...contract('1000'), assignments: [assigned] });
      await s.contracts.save({ ...contract('1000', OTHER_TENANT), assignments: [{ ...assigned, personId: 'p-00000008' }] });
      expect((await s.contracts.get(TENANT, '2000'))?.inherited).toEqual([anna.id]);
      expect((await s.contracts.all()).map(({ contract: { id, tenantId }, inherited }) => `${tenantId === TENANT ? 'mine' : 'theirs'} ${id} ${inherited.length}`).toSorted()).toEqual(['mine 1000 0', 'mine 2000 1', 'theirs 1000 0']);
      const parent = (await s.contracts.get(TENANT, '1000'))!;
      await s.contracts.save({ ...parent, assignments: [{ ...assigned, state: 'failed' }] });
      const next = await opened.reopen();
      expect((await next.contracts.ofTenant(TENANT)).map(({ inherited }) => inherited)).toEqual([[], []]);
      expect((await all(next.records.of('contracts', TENANT))).map(({ inherited }) => inherited)).toEqual([[], []]);
    });

    test('tickets: the newest of a person, by thread, and those that are not settled', async () => {
      const first = ticket('T-00000001', { log: [{ kind: 'opened', at: AT }, { kind: 'closed', at: AT, by: 'person' }], threads: [{ channel: '19:a', thread: '1' }, { channel: '19:b', thread: '2' }] });
      expect(await s.tickets.save(first)).toBe('saved');
      expect(await s.tickets.save(first)).toBe('stale');
      await s.tickets.save(ticket('T-00000002', { log: [{ kind: 'opened', at: AT }], place: { conversationId: 'a:2', conversation: {} } }));
      await s.tickets.save(ticket('T-00000003', { tenantId: OTHER_TENANT, log: [{ kind: 'opened', at: '2026-11-23T07:00:00.000Z' }] }));
      const ids = (tickets: { id: string }[]): string[] => tickets.map(({ id }) => id);
      const check = async (store: Store): Promise<void> => {
        expect((await store.tickets.get(TENANT, 'T-00000001'))?.version).toBe(1);
        expect(await store.tickets.get(OTHER_TENANT, 'T-00000001')).toBeUndefined();
        expect(ids(await store.tickets.ofTenant(TENANT))).toEqual(['T-00000001', 'T-00000002']);
        expect((await store.tickets.lastOf(TENANT, first.personId))?.id).toBe('T-00000002');
        expect(await store.tickets.lastOf(TENANT, 'p-00000009')).toBeUndefined();
        expect((await store.tickets.byThread(TENANT, '19:b', '2'))?.id).toBe('T-00000001');
        expect(await store.tickets.byThread(TENANT, '19:a', '2')).toBeUndefined();
        expect(await store.tickets.byThread(OTHER_TENANT, '19:b', '2')).toBeUndefined();
        // The first one is closed, and its person has not been told so.
        expect(ids(await store.tickets.unsettled()).toSorted()).toEqual(['T-00000001', 'T-00000002', 'T-00000003']);
        expect(ids(await store.tickets.unsettledIn(TENANT, 'a:2'))).toEqual(['T-00000002']);
        expect(await store.tickets.unsettledIn(OTHER_TENANT, 'a:2')).toEqual([]);
      };
      await check(s);
      await check(await opened.reopen());
    });

    test('tickets: settled when everybody has been told everything, and not before', async () => {
      await s.tickets.save(ticket('T-00000001', { log: [{ kind: 'opened', at: AT }, { kind: 'closed', at: AT, by: 'person' }] }));
      const now = (await s.tickets.get(TENANT, 'T-00000001'))!;
      await s.tickets.save({ ...now, person: { ...now.person, next: 2 } });
      expect(await s.tickets.unsettled()).toEqual([]);
      const next = await opened.reopen();
      expect(await next.tickets.unsettledIn(TENANT, 'a:1')).toEqual([]);
      const told = (await next.tickets.get(TENANT, 'T-00000001'))!;
      await next.tickets.save({ ...told, log: [...told.log, { kind: 'reopened', at: AT }] });
      expect(await next.tickets.unsettledIn(TENANT, 'a:1')).toHaveLength(1);
    });

    test('a ticket opened an hour ago is not the last one, whenever it is saved', async () => {
      await s.tickets.save(ticket('T-00000002', { log: [{ kind: 'opened', at: '2026-11-23T07:00:00.000Z' }] }));
      await s.tickets.save({ ...(await s.tickets.get(TENANT, 'T-00000002'))!, question: 'again' });
      const { tickets } = await opened.reopen();
      expect((await tickets.lastOf(TENANT, 'p-00000001'))?.question).toBe('again');
    });

    test('help desks, chats with reminders', async () => {
      const channel = { id: '19:a', conversation: {}, name: '', language: 'ja' as const, at: AT };
      expect(await s.helpDesks.save({ version: 0, tenantId: TENANT, channels: [channel] })).toBe('saved');
      expect(await s.helpDesks.save({ version: 0, tenantId: TENANT, channels: [] })).toBe('stale');
      await s.chats.save(chat('a:1'));
      await s.chats.save({ ...chat('a:2'), reminders: [{ at: AT, guide: 'x', language: 'ja', conversation: {} }] });
      await s.chats.save({ ...chat('a:3'), reminders: [] });
      const next = await opened.reopen();
      expect((await next.helpDesks.get(TENANT))?.channels).toEqual([channel]);
      expect(await next.helpDesks.get(OTHER_TENANT)).toBeUndefined();
      expect((await next.chats.withReminders()).map(({ conversationId }) => conversationId)).toEqual(['a:2']);
      await next.chats.save({ ...(await next.chats.get(TENANT, 'a:2'))!, reminders: [] });
      expect(await next.chats.withReminders()).toEqual([]);
    });

    test('a conversation in which two tenants speak: each begins its own, and sees none of the other’s', async () => {
      await s.chats.save({ ...chat('19:shared'), guideCard: 'one' });
      expect(await s.chats.get(OTHER_TENANT, '19:shared')).toBeUndefined();
      expect(await s.chats.save({ ...chat('19:shared', OTHER_TENANT), guideCard: 'other' })).toBe('saved');
      expect(await s.chats.get(OTHER_TENANT, '19:shared')).toMatchObject({ guideCard: 'other' });
      const own = (await s.chats.get(TENANT, '19:shared'))!;
      expect(own.guideCard).toBe('one');
      expect(await s.chats.save({ ...own, guideCard: 'back' })).toBe('saved');
      expect(await s.chats.save({ ...chat('19:shared'), guideCard: 'late' })).toBe('stale');
      const next = await opened.reopen();
      expect(await Promise.all([TENANT, OTHER_TENANT].map(async (tenant) => (await next.chats.get(tenant, '19:shared'))?.guideCard))).toEqual(['back', 'other']);
    });

    test.each([['long', 'x'.repeat(5000), `${'x'.repeat(4999)}y`], ['with U+0000', 'a\u0000b', 'a\\0b'], ['with a slash', 'a/b', 'a\\b'], ['other letters', 'あ'.repeat(400), `${'あ'.repeat(399)}い`]])('ids that are %s', async (_name, one, other) => {
      await s.chats.save({ ...chat(one), guideCard: 'one' });
      await s.chats.save({ ...chat(other), guideCard: 'other' });
      await s.tickets.save(ticket('T-00000001', { place: { conversationId: one, conversation: {} }, threads: [{ channel: one, thread: '1' }] }));
      const next = await opened.reopen();
      expect((await next.chats.get(TENANT, one))?.guideCard).toBe('one');
      expect((await next.chats.get(TENANT, other))?.guideCard).toBe('other');
      expect(await next.tickets.unsettledIn(TENANT, one)).toHaveLength(1);
      expect(await next.tickets.unsettledIn(TENANT, other)).toEqual([]);
      expect(await next.tickets.byThread(TENANT, one, '1')).toBeDefined();
      expect(await all(next.records.of('chats', TENANT))).toHaveLength(2);
    });

    test('what people typed comes back as it was: every character, and keys in their order', async () => {
      const values = { zebra: 'a\u0000b', apple: 'half \uD83D', mango: '👨‍👩‍👧 “x” \\u0000', 10: 'ten', 9: 'nine' };
      await s.chats.save({ ...chat('a:1'), packet: { run: 'r', kind: 'general', values } });
      const { chats } = await opened.reopen();
      expect(JSON.stringify((await chats.get(TENANT, 'a:1'))?.packet?.values)).toBe(JSON.stringify(values));
    });

    test('pictures: kept, replaced by none of another tenant, removed when they are old', async () => {
      const name = `${'0'.repeat(64)}.png`;
      const bytes = new Uint8Array(300_000).map((_, n) => n % 256);
      await s.pictures.keep(TENANT, name, bytes);
      expect(await s.pictures.get(OTHER_TENANT, name)).toBeUndefined();
      expect(await s.pictures.removeBefore(new Date(Date.now() - 60_000).toISOString())).toBe(0);
      const next = await opened.reopen();
      expect(Buffer.compare((await next.pictures.get(TENANT, name))!, bytes)).toBe(0);
      expect(await next.pictures.removeBefore(new Date(Date.now() + 60_000).toISOString())).toBe(1);
      expect(await next.pictures.get(TENANT, name)).toBeUndefined();
    });

    test('records: of every tenant, in the order of their keys; put as they are, and removed', async () => {
      expect(await s.records.tenants()).toEqual([]);
      for (const id of ['3000', '1000', '2000']) await s.contracts.save(contract(id));
      await s.chats.save(chat('a:1', OTHER_TENANT));
      await s.pictures.keep('cccccccc-0000-4000-8000-000000000003', `${'0'.repeat(64)}.png`, new Uint8Array(1));
      const inOrder = async (store: Store): Promise<string[]> => (await all(store.records.of('contracts', TENANT))).map(({ contract: { id } }) => id);
      expect(await inOrder(s)).toEqual(['1000', '2000', '3000']);
      await s.records.put('contracts', { ...contract('2000'), version: 41, contract: { ...contract('2000').contract, name: 'put' } });
      await s.records.put('contracts', { ...contract('4000'), version: 7 });
      await s.records.remove('contracts', contract('1000'));
      await s.records.remove('contracts', contract('9999'));
      const next = await opened.reopen();
      expect(await next.records.tenants()).toEqual([TENANT, OTHER_TENANT]);
      expect(await inOrder(next)).toEqual(['2000', '3000', '4000']);
      expect(await next.contracts.get(TENANT, '2000')).toMatchObject({ version: 41, contract: { name: 'put' } });
      expect(await next.contracts.save({ ...contract('4000'), version: 7 })).toBe('saved');
      expect(await next.contracts.save(contract('1000'))).toBe('saved');
      expect(await all(next.records.of('chats', TENANT))).toEqual([]);
    });

    test('records: more than fit into one reading, each once', async () => {
      const ids = Array.from({ length: 1_201 }, (_, n) => `q${String(n).padStart(5, '0')}`);
      for (let n = 0; n < ids.length; n += 100) await Promise.all(ids.slice(n, n + 100).map((question) => s.gaps.save({ version: 0, tenantId: TENANT, language: 'en', question, near: [], times: 1, at: AT })));
      expect((await all(s.records.of('gaps', TENANT))).map(({ question }) => question)).toEqual(ids);
    });

    test('what is handed out cannot be changed behind the store', async () => {
      await s.contracts.save(contract('1000'));
      const record = (await s.contracts.get(TENANT, '1000'))!;
      try {
        (record.contract as { name: string }).name = 'changed';
      } catch {
        // Frozen: just as good.
      }
      expect((await s.contracts.get(TENANT, '1000'))?.contract.name).toBe('x');
    });
  });
}
