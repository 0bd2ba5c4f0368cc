import { describe, expect, test } from '@jest/globals';
import { channelsFor, nextChannel } from '../../data/desk/routing.ts';
import { placeOf, usualWait } from '../../data/desk/queue.ts';
import { standingOf } from '../../data/desk/standing.ts';
import { dueOf } from '../../data/desk/timers.ts';
import { DEFAULT_DESK_POLICY } from '../../data/model/deskPolicy.ts';
import type { DeskChannel } from '../../data/model/helpDesk.ts';
import type { Ticket, TicketEvent } from '../../data/model/ticket.ts';
import { Ticket as TicketSchema } from '../../data/model/ticket.ts';
import { TENANT } from '../support/people.ts';

const at = (minutes: number): string => new Date(Date.parse('2026-11-23T00:00:00.000Z') + minutes * 60_000).toISOString();
const anna = { id: 'p-00000001', name: 'Anna' };
const said = (minutes: number): TicketEvent => ({ kind: 'said', at: at(minutes), source: String(minutes), content: { text: 'x', files: [], lost: [] } });
const replied = (minutes: number): TicketEvent => ({ kind: 'replied', at: at(minutes), source: String(minutes), by: anna, content: { text: 'x', files: [], lost: [] } });
const claimed = (minutes: number): TicketEvent => ({ kind: 'claimed', at: at(minutes), by: anna });
const ticket = (log: TicketEvent[], more: Partial<Ticket> = {}): Ticket =>
  TicketSchema.parse({ version: 1, id: 'T-00000001', tenantId: TENANT, personId: 'p-00000009', name: 'Cleo', mail: 'cleo@example.com', language: 'en', subject: 'roles', question: 'x', briefing: {}, place: { conversationId: 'a', conversation: {} }, channel: 'one', log: [{ kind: 'opened', at: at(0) }, ...log], ...more });
const channel = (id: string, only?: DeskChannel['only']): DeskChannel => ({ id, conversation: {}, name: '', language: 'en', at: at(0), ...(only === undefined ? {} : { only }) });

describe('how a ticket stands', () => {
  test('who waits again keeps the place: released, moved by hand or by time', () => {
    const moved = (minutes: number): TicketEvent => ({ kind: 'moved', at: at(minutes), to: 'two' });
    for (const log of [[claimed(5), { kind: 'released' as const, at: at(20) }], [claimed(5), moved(20)], [moved(20)]]) {
      expect(standingOf(ticket(log))).toMatchObject({ state: 'waiting', helper: undefined, waitsSince: at(0), since: at(20) });
    }
    expect(standingOf(ticket([claimed(5), { kind: 'closed', at: at(6), by: 'time' }, { kind: 'reopened', at: at(60) }])).waitsSince).toBe(at(60));
  });

  test('whose turn it is: the first word that is not answered counts', () => {
    expect(standingOf(ticket([claimed(5)])).turn).toEqual({ of: 'helper', since: at(5) });
    expect(standingOf(ticket([claimed(5), replied(6)])).turn).toEqual({ of: 'person', since: at(6) });
    expect(standingOf(ticket([claimed(5), replied(6), said(7), said(9)])).turn).toEqual({ of: 'helper', since: at(7) });
    expect(standingOf(ticket([said(1)])).turn).toBeUndefined();
  });
});

describe('what it is time for', () => {
  const due = (log: TicketEvent[], minutes: number, hours?: string): unknown =>
    dueOf(ticket(log), { channels: [channel('one'), channel('two')] }, { ...DEFAULT_DESK_POLICY, ...(hours === undefined ? {} : { hours: { open: hours, close: '17:00', days: [1, 2, 3, 4, 5], timeZone: 'UTC', closesOnHolidays: false } }) }, new Date(at(minutes)));
  const reminded: TicketEvent = { kind: 'reminded', at: at(15) };
  test.each([
    ['nothing yet', [], 14, undefined],
    ['a reminder', [], 15, { kind: 'remind' }],
    ['once', [reminded], 16, undefined],
    ['then the next channel', [reminded], 30, { kind: 'move', to: 'two' }],
    ['the helper has some time', [claimed(5)], 14, undefined],
    ['the helper is silent', [claimed(5)], 15, { kind: 'release' }],
    ['the helper has answered', [claimed(5), replied(6)], 500, undefined],
    ['the person is silent for a day', [claimed(5), replied(6)], 6 + 24 * 60, { kind: 'close' }],
    ['closed is over', [claimed(5), { kind: 'closed', at: at(7), by: anna }], 5000, undefined],
  ] as [string, TicketEvent[], number, unknown][])('%s', (_name, log, minutes, wanted) => {
    expect(due(log, minutes)).toEqual(wanted);
  });

  test('at night nobody is reminded, and each morning begins anew', () => {
    expect(due([], 60, '08:00')).toBeUndefined();
    expect(due([], 8 * 60 + 14, '08:00')).toBeUndefined();
    expect(due([], 8 * 60 + 15, '08:00')).toEqual({ kind: 'remind' });
    expect(due([claimed(5)], 8 * 60 + 9, '08:00')).toBeUndefined();
  });
});

describe('where a ticket goes', () => {
  const desk = { channels: [channel('all'), channel('roles', 'roles'), channel('ja', 'ja'), channel('reg', 'registration')] };
  test('the language first, then the subject, then everything; none for another', () => {
    const ids = (language: 'ja' | 'en', subject: Ticket['subject']): string[] => channelsFor(desk, { language, subject }).map(({ id }) => id);
    expect(ids('ja', 'roles')).toEqual(['ja', 'roles', 'all']);
    expect(ids('en', 'registration')).toEqual(['reg', 'all']);
    expect(ids('en', 'other')).toEqual(['all']);
    expect(channelsFor({ channels: [channel('ja', 'ja')] }, { language: 'en', subject: 'other' }).map(({ id }) => id)).toEqual(['ja']);
  });

  test('never where it was already', () => {
    const moved = ticket([{ kind: 'moved', at: at(1), to: 'all', from: { channel: 'roles' } }], { channel: 'all' });
    expect(nextChannel(desk, moved)?.id).toBe('ja');
    expect(nextChannel({ channels: [channel('one')] }, ticket([]))).toBeUndefined();
  });
});

test('the queue: places by channel, and the usual wait of the last ten', () => {
  const waits = ticket([], { id: 'T-00000002' });
  const others = Array.from({ length: 12 }, (_, i) => ticket([claimed(i < 2 ? 100 : 4)], { id: `T-1000000${(i + 10).toString(36).toUpperCase()}` }).log).map((log, i) => ticket([], { id: `T-2000000${(i + 10).toString(36).toUpperCase()}`, log: log.map((event) => ({ ...event, at: new Date(Date.parse(event.at) + i * 86_400_000).toISOString() })) as TicketEvent[] }));
  const elsewhere = ticket([], { id: 'T-00000003', channel: 'two' });
  const earlier = ticket([], { id: 'T-00000001', log: [{ kind: 'opened', at: at(-5) }] });
  const all = [waits, elsewhere, earlier, ...others];
  expect([placeOf(earlier, all), placeOf(waits, all), placeOf(elsewhere, all)]).toEqual([1, 2, 1]);
  expect(usualWait('one', all)).toBe(4);
  expect(usualWait('two', all)).toBeUndefined();
});
