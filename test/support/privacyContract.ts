import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { canonical } from '../../data/operations/canonical.ts';
import { firstBrokenLink } from '../../data/operations/chain.ts';
import { erasePerson, planErasure } from '../../data/operations/erasePerson.ts';
import { exportPerson } from '../../data/operations/exportPerson.ts';
import { recognise, rememberPerson } from '../../data/operations/recognise.ts';
import { holdsOf } from '../../data/privacy/holds.ts';
import { tracesOf } from '../../data/privacy/traces.ts';
import type { TenantRecords } from '../../data/privacy/traces.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { Event } from '../../data/model/event.ts';
import { entriesOf } from '../../data/store/entries.ts';
import { nameOf } from '../../data/store/inventory.ts';
import type { Store } from '../../data/store/store.ts';
import { verifyStore } from '../../data/store/verify.ts';
import { everythingIn } from './everythingIn.ts';
import type { Filled } from './filledStore.ts';
import { chatOf, fillStore, PICTURE, referenceOf } from './filledStore.ts';
import { anna, bob, cleo, dan, TENANT } from './people.ts';
import type { OpenStore } from './wholeStoreContract.ts';

const AT = '2026-12-01T00:00:00.000Z';

/** The right to be forgotten, on every store. */
export function privacyContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} forgets people`, () => {
    let opened: OpenStore;
    let store: Store;
    let filled: Filled;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      filled = await fillStore(store);
    });
    afterEach(() => opened.close());

    const tenant = (tenantId = TENANT): TenantRecords => ({ tenantId, of: (kind) => store.records.of(kind, tenantId) });
    const erase = async (mail: string, on = store) => erasePerson(on, await tracesOf(tenant(), mail), AT);
    const everything = (): Promise<Map<string, string>> => everythingIn(opened);
    const holding = async (what: RegExp): Promise<string[]> => [...(await everything())].filter(([, text]) => what.test(text)).map(([one]) => one);
    const verified = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      const reading = await opened.read();
      await verifyStore(reading, (finding) => found.push(finding));
      await reading.close();
      return found;
    };
    const hashes = async (): Promise<string[]> => ((await store.contracts.get(TENANT, '12345678'))?.events ?? []).map(({ hash }) => hash);
    /** All that could tell of Cleo: name, mail, object id, the channel's id, and what she and others wrote in her matters. */
    const CLEO = /cleo|33333333-1111|29:cleo|INC-4711|I am new|She is new|another team|Not yet|Where is my mail|This is what I see|junk folder|she found it|was kind|no welcome mail|nobody writes|screen\.png/i;

    test('an export has everything of somebody, and nothing of what only others have', async () => {
      const data = await exportPerson(tenant(), await tracesOf(tenant(), cleo.mail), AT);
      expect(data).toMatchObject({ tenantId: TENANT, mail: cleo.mail, person: { mail: cleo.mail, name: 'Cleo Contino', objectId: cleo.objectId } });
      expect(data.requests).toEqual([expect.objectContaining({ contractId: '12345678', reason: 'I am new in the team of Anna Aalto', notices: [expect.objectContaining({ kind: 'copy' })] }), expect.objectContaining({ reason: 'She is new (Cleo Contino)' })]);
      expect(data.events.map((event) => (event as { kind: string }).kind)).toEqual(['requested', 'denied', 'requested', 'denied']);
      expect(data.tickets).toEqual([expect.objectContaining({ question: 'Where is my mail?', log: expect.arrayContaining([expect.objectContaining({ kind: 'noted', text: 'she found it' })]) })]);
      expect(data.chats).toEqual([expect.objectContaining({ conversationId: chatOf(cleo) })]);
      expect(data.votes).toEqual([expect.objectContaining({ entry: 'welcome-mail-missing', helpful: false, question: 'no welcome mail for me' })]);
      expect(data.pictures).toEqual([PICTURE]);
      expect(data.mentions).toEqual([
        { in: `chats ${chatOf(bob)}`, field: 'question', text: 'how do I add Cleo Contino' },
        { in: `chats ${chatOf(bob)}`, field: 'text', text: 'how do I add Cleo Contino, CLEO@example.com?' },
        { in: 'gaps en/who is cleo contino', field: 'question', text: 'who is Cleo Contino' },
      ]);
      expect(JSON.stringify(data)).not.toMatch(/purple elephants|eve@example|87654321/);
      const helper = await exportPerson(tenant(), await tracesOf(tenant(), bob.mail), AT);
      expect(helper.helped.map((event) => (event as { kind: string }).kind)).toEqual(['claimed', 'replied', 'noted', 'closed']);
      expect(helper.roles).toEqual([expect.objectContaining({ contractId: '12345678', role: 'administrator' }), expect.objectContaining({ contractId: '30009999' })]);
      expect(helper.mentions.filter(({ field }) => field === 'noticesContact')).toHaveLength(2);
      const admin = await exportPerson(tenant(), await tracesOf(tenant(), anna.mail), AT);
      expect(admin.decisions).toEqual([expect.objectContaining({ comment: expect.stringContaining('another team') }), expect.objectContaining({ comment: 'Not yet' })]);
    });

    test('nothing tells of an erased person; every history holds, with the very hashes it had; what others have is as it was', async () => {
      const [before, chain] = [await everything(), await hashes()];
      expect((await holding(CLEO)).length).toBeGreaterThan(6);
      const plan = await planErasure(tenant(), await tracesOf(tenant(), cleo.mail), AT);
      expect(await everything()).toEqual(before);
      const done = await erase(cleo.mail);
      expect(done).toEqual({ changed: { chats: 1, contracts: 1, people: 1, ratings: 1, tickets: 1 }, removed: { chats: 1, gaps: 1 }, pictures: 1 });
      expect(plan).toEqual(done);
      expect(await holding(CLEO)).toEqual([]);
      expect(await verified()).toEqual([]);
      expect(await store.pictures.get(TENANT, PICTURE)).toBeUndefined();
      expect((await hashes()).slice(0, -1)).toEqual(chain);
      const after = await everything();
      const untouched = [...before.keys()].filter((one) => after.get(one) === before.get(one));
      expect(untouched).toEqual(expect.arrayContaining([`contracts 87654321 of tenant ${TENANT}`, `gaps en/purple elephants of tenant ${TENANT}`, `people ${filled.people.bob.id} of tenant ${TENANT}`]));
      expect(untouched).toHaveLength(before.size - 5 - 3);
    });

    test('the history stays readable: the same id, a pseudonym, roles, states and votes', async () => {
      const { id } = filled.people.cleo;
      await erase(cleo.mail);
      expect(await store.people.get(TENANT, id)).toEqual({ version: expect.any(Number), id, tenantId: TENANT, mail: `erased-${id.slice(2)}@erased.invalid`, languageChosen: false, erasedAt: AT });
      const { events, requests } = (await store.contracts.get(TENANT, '12345678'))!;
      expect(requests.map(({ requesterId, beneficiaryId, state, reason }) => ({ own: requesterId === id || beneficiaryId === id, state, reason }))).toEqual([{ own: true, state: 'denied', reason: '[erased]' }, { own: true, state: 'denied', reason: '[erased]' }]);
      expect(requests[0]?.notices).toEqual([expect.not.objectContaining({ place: expect.anything() })]);
      expect(events.at(-1)?.act).toEqual({ kind: 'erased', at: AT, forId: id });
      expect(events.map(({ act }) => act.kind)).toEqual(['imported', 'assigned', 'assigned', 'requested', 'denied', 'requested', 'denied', 'erased']);
      const ticket = (await store.tickets.get(TENANT, filled.ticket.id))!;
      expect(ticket.log.map(({ kind, at }) => `${kind} ${at}`)).toEqual(filled.ticket.log.map(({ kind, at }) => `${kind} ${at}`));
      expect(ticket.log.find(({ kind }) => kind === 'claimed')).toMatchObject({ by: { name: 'Bob Berg' } });
      expect(ticket.place).toEqual({ conversationId: `erased-${id.slice(2)}`, conversation: {} });
      expect(ticket.log.find(({ kind }) => kind === 'said')).toMatchObject({ source: `erased-${id.slice(2)} 1` });
      expect((await store.ratings.get(TENANT, 'welcome-mail-missing'))?.votes).toMatchObject({ [id]: { helpful: false, question: '' }, [filled.people.bob.id]: { question: 'mail' } });
    });

    test('a second time there is nothing; who speaks again is somebody new, found by nothing of before', async () => {
      await erase(cleo.mail);
      const before = await everything();
      expect(await erase(cleo.mail)).toEqual({ changed: {}, removed: {}, pictures: 0 });
      expect(await everything()).toEqual(before);
      expect(await store.people.byMail(TENANT, cleo.mail)).toBeUndefined();
      expect(await store.people.byObjectId(TENANT, cleo.objectId)).toBeUndefined();
      const again = await recognise(store.people, filled.clock, { tenantId: TENANT, objectId: cleo.objectId, mail: cleo.mail, name: 'Cleo Contino' });
      expect(again?.id).not.toBe(filled.people.cleo.id);
      expect((await store.people.byObjectId(TENANT, cleo.objectId))?.id).toBe(again?.id);
    });

    test('a turn that was under way does not put the person back', async () => {
      await erase(cleo.mail);
      await rememberPerson(store.people, filled.people.cleo, { language: 'ja', reference: referenceOf(cleo, 'Cleo Contino') });
      expect(await holding(CLEO)).toEqual([]);
    });

    test('cut off after any write and done again, nothing is left', async () => {
      for (let writes = 0; ; writes += 1) {
        const mine = await open();
        const { people } = await fillStore(mine.store);
        for (const one of [people.anna, people.bob, people.dan, people.eve]) await mine.store.people.save({ ...one, away: { until: '2026-12-24', deputyId: people.cleo.id } });
        const of = (): TenantRecords => ({ tenantId: TENANT, of: (kind) => mine.store.records.of(kind, TENANT) });
        let isCut = true;
        await erasePerson(failingAfter(mine.store, writes), await tracesOf(of(), cleo.mail), AT).then(() => (isCut = false), (error: Error) => expect(error.message).toBe('the power is out'));
        await erasePerson(mine.store, await tracesOf(of(), cleo.mail), AT);
        const left: string[] = [];
        const reading = await mine.read();
        for await (const entry of entriesOf(reading, () => false)) if (entry.kind === 'pictures' || CLEO.test(JSON.stringify(entry.record))) left.push(nameOf(entry));
        const found: unknown[] = [];
        await verifyStore(reading, (finding) => found.push(finding));
        await reading.close();
        const deputies = (await Promise.all(Object.values(people).map(({ id }) => mine.store.people.get(TENANT, id)))).map((one) => one?.away?.deputyId).filter((id) => id !== undefined);
        const erasures = (await mine.store.contracts.get(TENANT, '12345678'))!.events.filter(({ act }) => act.kind === 'erased');
        await mine.close();
        expect({ writes, left, found, deputies, erasures: erasures.length }).toEqual({ writes, left: [], found: [], deputies: [], erasures: 1 });
        if (!isCut) {
          expect(writes).toBe(12);
          return;
        }
      }
    }, 120_000);

    test('what somebody saved in between is neither lost nor missed', async () => {
      const record = (await store.contracts.get(TENANT, '55500001'))!;
      await store.contracts.save({ ...record, contract: { ...record.contract, primaryContact: 'ann@example.com' } });
      let isFirst = true;
      const racing: Store = { ...store, contracts: withOther(store.contracts, 'save', async (next: ContractRecord) => {
        const now = await store.contracts.get(TENANT, next.contract.id);
        if (isFirst && now) await store.contracts.save({ ...now, contract: { ...now.contract, name: 'saved in between by ann@example.com' } });
        isFirst = false;
        return store.contracts.save(next);
      }) };
      expect(await erase('ann@example.com', racing)).toEqual({ changed: { contracts: 1 }, removed: {}, pictures: 0 });
      expect((await store.contracts.get(TENANT, '55500001'))?.contract.name).toBe('saved in between by erased@erased.invalid');
      expect(await holding(/ann@example/)).toEqual([]);
    });

    test('a history of the time before seals is hashed anew from the first words that went, says so, and holds', async () => {
      const record = (await store.contracts.get(TENANT, '12345678'))!;
      // As it was written then: the words in the hash, no salt.
      const old = record.events.reduce<Event[]>((chain, { act }) => {
        const previous = chain.at(-1)?.hash ?? '';
        return [...chain, { act, previous, hash: createHash('sha256').update(previous).update(canonical(act)).digest('hex') }];
      }, []);
      expect(firstBrokenLink(old)).toBeUndefined();
      await store.contracts.save({ ...record, events: old });
      await erase(cleo.mail);
      const { events } = (await store.contracts.get(TENANT, '12345678'))!;
      expect(await verified()).toEqual([]);
      expect(events.at(-1)?.act).toMatchObject({ kind: 'erased', rehashedFrom: 4 });
      expect(events.slice(0, 3)).toEqual(old.slice(0, 3));
      expect(events.slice(3, 7).some(({ hash }) => old.some((one) => one.hash === hash))).toBe(false);
      expect(await holding(CLEO)).toEqual([]);
    });

    test('of a helper the name goes, and what was said to the person stays', async () => {
      await erase(bob.mail);
      const ticket = (await store.tickets.get(TENANT, filled.ticket.id))!;
      expect(ticket.log.find(({ kind }) => kind === 'replied')).toMatchObject({ by: { id: filled.people.bob.id, name: expect.stringMatching(/^erased-/) }, content: { text: 'Look into the junk folder, Cleo' } });
      expect(ticket.log.find(({ kind }) => kind === 'rated')).toMatchObject({ sentence: expect.stringMatching(/^erased-.* was kind$/) });
      expect(ticket.question).toBe('Where is my mail?');
      expect(await holding(/bob berg|bob@example|22222222-1111|29:bob/i)).toEqual([]);
      expect((await store.contracts.get(TENANT, '12345678'))?.contract).toEqual(expect.not.objectContaining({ noticesContact: expect.anything() }));
      expect((await store.contracts.get(TENANT, '12345678'))?.contract.primaryContact).toBe(anna.mail);
      expect(await verified()).toEqual([]);
    });

    test('somebody who is only mentioned: a contact of contracts, in a question; another mail that ends like it stays', async () => {
      const record = (await store.contracts.get(TENANT, '55500001'))!;
      await store.contracts.save({ ...record, contract: { ...record.contract, primaryContact: 'ann@example.com', noticesContact: 'joann@example.com' } });
      const chat = { version: 0, tenantId: TENANT, conversationId: '19:team', dialog: {}, handled: [], answers: [], known: {}, at: AT };
      await store.chats.save({ ...chat, said: [{ at: AT, by: 'person', text: 'Ann@Example.com, joann@example.com, ann@example.comさん, ann@example.com.au, "ann@example.com".' }] });
      expect(await erase('ann@example.com')).toEqual({ changed: { chats: 1, contracts: 1 }, removed: {}, pictures: 0 });
      expect((await store.contracts.get(TENANT, '55500001'))?.contract).toMatchObject({ noticesContact: 'joann@example.com' });
      expect((await store.contracts.get(TENANT, '55500001'))?.contract.primaryContact).toBeUndefined();
      const gone = 'erased@erased.invalid';
      expect((await store.chats.get(TENANT, '19:team'))?.said[0]?.text).toBe(`${gone}, joann@example.com, ${gone}さん, ann@example.com.au, "${gone}".`);
      expect(await verified()).toEqual([]);
    });

    test('a Japanese name is found with and without its blank, and before what follows it', async () => {
      const chat = { version: 0, tenantId: TENANT, conversationId: '19:team', dialog: {}, handled: [], answers: [], known: {}, at: AT };
      await store.chats.save({ ...chat, said: [{ at: AT, by: 'person', text: '山田太郎さんと山田　太郎に聞いた' }] });
      await erase(dan.mail);
      expect((await store.chats.get(TENANT, '19:team'))?.said[0]?.text).toMatch(/^erased-\S+@erased\.invalidさんとerased-\S+@erased\.invalidに聞いた$/);
      expect(await holding(/山田/)).toEqual([]);
    });

    test('a channel where somebody opened a card stays; so does the mail that is a colleague’s now', async () => {
      const record = (await store.contracts.get(TENANT, '12345678'))!;
      const inChannel = { ...referenceOf(cleo, 'Cleo Contino'), conversation: { id: '19:team', conversationType: 'channel', isGroup: true } };
      await store.contracts.save({ ...record, requests: record.requests.map((r) => ({ ...r, notices: [...r.notices, { id: '11111111-1111-4111-8111-111111111111', personId: filled.people.cleo.id, kind: 'copy' as const, place: { conversation: inChannel, activityId: '1' }, unreachable: false }] })) });
      await store.chats.save({ version: 0, tenantId: TENANT, conversationId: '19:team', dialog: {}, handled: [], answers: [], known: {}, said: [{ at: AT, by: 'person', text: 'hello' }], at: AT });
      const ticket = (await store.tickets.get(TENANT, filled.ticket.id))!;
      await store.tickets.save({ ...ticket, mail: dan.mail });
      await erase(cleo.mail);
      expect((await store.chats.get(TENANT, '19:team'))?.said).toHaveLength(1);
      expect((await store.people.get(TENANT, filled.people.dan.id))?.mail).toBe(dan.mail);
      expect(await holding(CLEO)).toEqual([]);
    });

    test('what somebody still has is told', async () => {
      expect(await holdsOf(tenant(), filled.people.cleo.id)).toEqual({ roles: [], soleAdministrator: [], leftovers: [], requests: [], tickets: [] });
      const record = (await store.contracts.get(TENANT, '12345678'))!;
      const { id, personId, role } = record.assignments[0]!;
      await store.contracts.save({ ...record, requests: record.requests.map((r) => ({ ...r, state: 'pending' as const })), leftovers: [{ id, personId: filled.people.cleo.id, role, at: AT }] });
      const ticket = (await store.tickets.get(TENANT, filled.ticket.id))!;
      await store.tickets.save({ ...ticket, log: ticket.log.filter(({ kind }) => kind !== 'closed' && kind !== 'rated') });
      expect(await holdsOf(tenant(), filled.people.cleo.id)).toEqual({ roles: [], soleAdministrator: [], leftovers: ['12345678'], requests: record.requests.map((r) => r.id), tickets: [filled.ticket.id] });
      expect(await holdsOf(tenant(), filled.people.bob.id)).toMatchObject({ roles: ['12345678', '30009999'], soleAdministrator: ['30009999'], tickets: [filled.ticket.id] });
      expect(await holdsOf(tenant(), filled.people.eve.id)).toMatchObject({ roles: ['87654321'], soleAdministrator: ['87654321'] });
      expect(personId).toBe(filled.people.anna.id);
      // Who is erased all the same leaves a ticket that is over.
      await erase(cleo.mail);
      expect((await store.tickets.get(TENANT, filled.ticket.id))?.log.at(-1)).toMatchObject({ kind: 'closed', by: 'time' });
    });
  });
}

/** With another method in the place of one. */
function withOther<T extends object, K extends keyof T>(one: T, name: K, other: T[K]): T {
  return new Proxy(one, { get: (target, key) => (key === name ? other : (target[key as keyof T] as (...args: unknown[]) => unknown).bind(target)) });
}

/** A store whose power goes out after so many writes. */
function failingAfter(store: Store, writes: number): Store {
  let done = 0;
  const counted = <T extends object>(one: T): T =>
    new Proxy(one, { get: (target, key) => {
      const method = (target[key as keyof T] as (...args: unknown[]) => unknown).bind(target);
      if (!['save', 'remove', 'put'].includes(String(key))) return method;
      return async (...args: unknown[]) => {
        if ((done += 1) > writes) throw new Error('the power is out');
        return method(...args);
      };
    } });
  return { ...store, contracts: counted(store.contracts), people: counted(store.people), chats: counted(store.chats), ratings: counted(store.ratings), gaps: counted(store.gaps), helpDesks: counted(store.helpDesks), tickets: counted(store.tickets), pictures: counted(store.pictures), records: counted(store.records) };
}
