import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { dayOf } from '../../data/desk/summary.ts';
import type { Chat } from '../../data/model/chat.ts';
import type { Retention } from '../../data/model/retention.ts';
import { DEFAULT_RETENTION } from '../../data/model/retention.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { passRetention } from '../../data/operations/passRetention.ts';
import type { Store } from '../../data/store/store.ts';
import { everythingIn } from './everythingIn.ts';
import type { Filled } from './filledStore.ts';
import { chatOf, fillStore, PICTURE } from './filledStore.ts';
import { bob, cleo, TENANT } from './people.ts';
import type { OpenStore } from './wholeStoreContract.ts';

const DAY = 24 * 60 * 60_000;
const FOREVER: Retention = { questions: Infinity, transcripts: Infinity, tickets: Infinity, pictures: Infinity };
const NOTHING = { removed: 0, changed: 0 };

/** What is forgotten when, on every store. */
export function retentionContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} forgets in time`, () => {
    let opened: OpenStore;
    let store: Store;
    let filled: Filled;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      filled = await fillStore(store);
    });
    afterEach(() => opened.close());

    const passed = async (days: number, retention: Partial<Retention> = {}): Promise<unknown> => {
      filled.clock.advance(days * DAY);
      return passRetention(store, filled.clock, { ...FOREVER, ...retention });
    };
    const ticketNow = (): Promise<Ticket | undefined> => store.tickets.get(TENANT, filled.ticket.id);
    const everything = (): Promise<Map<string, string>> => everythingIn(opened);

    test('nothing is due: nothing is written; kept for ever: nothing ever is', async () => {
      const before = await everything();
      expect(await passed(29, DEFAULT_RETENTION)).toEqual(NOTHING);
      expect(await passed(5000)).toEqual(NOTHING);
      expect(await everything()).toEqual(before);
    });

    test('questions: gaps go, votes stay without theirs, chats forget what was said', async () => {
      expect(await passed(179, { questions: 180 * DAY })).toEqual(NOTHING);
      expect(await passed(2, { questions: 180 * DAY })).toEqual({ removed: 2, changed: 3 });
      expect(await store.gaps.ofTenant(TENANT)).toEqual([]);
      expect(Object.values((await store.ratings.get(TENANT, 'welcome-mail-missing'))!.votes).map(({ helpful, question }) => `${helpful}${question}`).toSorted()).toEqual(['false', 'true']);
      for (const who of [cleo, bob]) expect(await store.chats.get(TENANT, chatOf(who))).toMatchObject({ said: [], answers: [], known: {} });
      expect([...(await everything()).values()].join()).not.toMatch(/no welcome mail for me|how do I add|I am Cleo"/);
      expect(await passed(0, { questions: 180 * DAY })).toEqual(NOTHING);
    });

    test('a chat that goes on keeps what is new; what guides gathered goes when no guide was moved for so long; a reminder stays', async () => {
      const [old, now] = ['2026-11-23T06:00:00.000Z', '2027-03-01T06:00:00.000Z'];
      const guide = { dialog: { x: 1 }, guideAt: old, guideCard: '9', lastGuide: { id: 'g', step: 's', path: [] }, packet: { run: 'r', kind: 'general' as const, values: { problem: 'mine' } }, known: { values: { workMail: 'x' } } };
      const chat: Chat = { version: 0, tenantId: TENANT, conversationId: 'goes on', handled: [], ...guide, answers: [{ entry: 'e', question: 'old', at: old }, { entry: 'e', question: 'new', at: now }], offered: { entries: ['e'], at: old }, misses: { count: 1, at: old }, asksForPerson: old, said: [{ at: old, by: 'person', text: 'old' }, { at: now, by: 'person', text: 'new' }], at: now };
      const reminders = [{ at: '2027-12-01T06:00:00.000Z', guide: 'g', language: 'en' as const, conversation: {} }];
      await store.chats.save(chat);
      await store.chats.save({ ...chat, conversationId: 'fresh guide', guideAt: now, offered: { entries: ['e'], at: now }, misses: { count: 1, at: now }, asksForPerson: now });
      await store.chats.save({ ...chat, conversationId: 'silent', at: old, reminders });
      filled.clock.advance(Date.parse('2027-05-25T06:00:00.000Z') - filled.clock.now().getTime());
      await passed(0, { questions: 180 * DAY });
      expect(await store.chats.get(TENANT, 'goes on')).toEqual({ version: 2, tenantId: TENANT, conversationId: 'goes on', dialog: {}, handled: [], known: {}, answers: [chat.answers[1]], said: [chat.said[1]], at: now });
      expect(await store.chats.get(TENANT, 'fresh guide')).toMatchObject({ ...guide, guideAt: now, offered: { at: now }, misses: { at: now }, asksForPerson: now, answers: [chat.answers[1]], said: [chat.said[1]] });
      expect(await store.chats.get(TENANT, 'silent')).toEqual({ version: 2, tenantId: TENANT, conversationId: 'silent', dialog: {}, handled: [], known: {}, answers: [], said: [], reminders, at: old });
    });

    test('transcripts: what was said goes, who did what when stays, and the help desk counts the same', async () => {
      const [before, ratings] = [(await ticketNow())!, await store.ratings.ofTenant(TENANT)];
      expect(await passed(89, { transcripts: 90 * DAY })).toEqual(NOTHING);
      expect(await passed(2, { transcripts: 90 * DAY })).toEqual({ removed: 0, changed: 1 });
      const after = (await ticketNow())!;
      expect(JSON.stringify(after)).not.toMatch(/This is what I see|junk|she found|was kind|nobody writes|screen\.png/);
      expect(after).toMatchObject({ name: before.name, question: before.question, person: before.person, desk: before.desk });
      expect(after.log.map(({ kind, at }) => `${kind} ${at}`)).toEqual(before.log.map(({ kind, at }) => `${kind} ${at}`));
      expect(dayOf([after], ratings, new Date(0))).toEqual(dayOf([before], ratings, new Date(0)));
      expect(dayOf([after], ratings, new Date(0))).toMatchObject({ opened: 1, closed: 1, byPerson: 1, meanWait: 1 });
      expect(await passed(0, { transcripts: 90 * DAY })).toEqual(NOTHING);
    });

    test('tickets: so long after they were closed they are gone, and found by nothing', async () => {
      await store.tickets.save({ ...(await ticketNow())!, threads: [{ channel: '19:desk@thread.tacv2', thread: '77' }] });
      const newer = { ...filled.ticket, version: 0, id: 'T-NEWER000', log: [{ kind: 'opened' as const, at: filled.clock.now().toISOString() }] };
      await store.tickets.save(newer);
      expect(await passed(364, { tickets: 365 * DAY })).toEqual(NOTHING);
      expect(await passed(2, { tickets: 365 * DAY })).toEqual({ removed: 1, changed: 0 });
      expect(await ticketNow()).toBeUndefined();
      expect((await store.tickets.ofTenant(TENANT)).map(({ id }) => id)).toEqual(['T-NEWER000']);
      expect((await store.tickets.unsettled()).map(({ id }) => id)).toEqual(['T-NEWER000']);
      expect(await store.tickets.byThread(TENANT, '19:desk@thread.tacv2', '77')).toBeUndefined();
      expect((await store.tickets.lastOf(TENANT, filled.people.cleo.id))?.id).toBe('T-NEWER000');
      await store.tickets.remove(newer);
      await store.tickets.remove(newer);
      expect(await store.tickets.lastOf(TENANT, filled.people.cleo.id)).toBeUndefined();
      expect([...(await everything()).keys()].filter((one) => one.startsWith('tickets'))).toEqual([]);
    });

    test('the newest ticket goes: the one before it is the person’s last again', async () => {
      const newer = { ...filled.ticket, version: 0, id: 'T-NEWER000', log: [{ kind: 'opened' as const, at: filled.clock.now().toISOString() }] };
      await store.tickets.save(newer);
      await store.tickets.remove(newer);
      expect((await store.tickets.lastOf(TENANT, filled.people.cleo.id))?.id).toBe(filled.ticket.id);
    });

    test('a ticket that is not over is never touched, nor one that was opened again', async () => {
      const { log } = filled.ticket;
      const open = { ...filled.ticket, version: 0, id: 'T-00000PEN', log: log.filter(({ kind }) => kind !== 'closed' && kind !== 'rated') };
      const again = { ...filled.ticket, version: 0, id: 'T-0000AGN0', log: [...log, { kind: 'reopened' as const, at: filled.clock.now().toISOString() }] };
      for (const ticket of [open, again]) await store.tickets.save(ticket);
      expect(await passed(4000, { tickets: DAY, transcripts: DAY })).toEqual({ removed: 1, changed: 0 });
      for (const ticket of [open, again]) expect(await store.tickets.get(TENANT, ticket.id)).toEqual({ ...ticket, version: 1 });
    });

    test('pictures', async () => {
      // When a picture was kept is the machine's time, not the test's.
      filled.clock.advance(Date.now() - filled.clock.now().getTime());
      expect(await passed(29, { pictures: 30 * DAY })).toEqual(NOTHING);
      expect(await passed(2, { pictures: 30 * DAY })).toEqual({ removed: 1, changed: 0 });
      expect(await store.pictures.get(TENANT, PICTURE)).toBeUndefined();
    });
  });
}
