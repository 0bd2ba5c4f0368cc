import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { ChatStore, ContractStore, GapStore, PeopleStore, RatingStore } from '../../data/ports.ts';
import { OTHER_TENANT, TENANT } from './people.ts';

export interface Stores {
  contracts: ContractStore;
  people: PeopleStore;
  chats: ChatStore;
  ratings: RatingStore;
  gaps: GapStore;
}

export const contract = (id: string, tenantId = TENANT): ContractRecord => ({
  version: 0,
  contract: { id, tenantId, name: 'x', program: 'EA', cloud: 'public' },
  assignments: [],
  requests: [],
  events: [], leftovers: [], sent: [], inherited: [],
});

/** What every store keeps; run on each of them. `reopen` is what a new process would see. */
export function storeContract(name: string, open: () => Promise<{ stores: Stores; reopen: () => Promise<Stores>; close: () => Promise<void> }>): void {
  describe(`${name} keeps the contract of a store`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let s: Stores;
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
