import { describe, expect, test } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packetText } from '../../cards/packet.ts';
import { linesFor, loadSupportLines, opening } from '../../data/support/lines.ts';

const lines = await loadSupportLines(join(process.cwd(), 'data/support/lines.csv'));

test('the facts’ numbers are in the table (115-117)', () => {
  expect(linesFor(lines, 'JP')).toMatchObject([{ number: '0120-737-565', open: '09:00', close: '17:30', closesOnHolidays: true, timeZone: 'Etc/GMT-9' }]);
  expect(linesFor(lines, 'US')).toMatchObject([{ number: '(866) 230-0560', open: '05:00', close: '17:00' }]);
  expect(linesFor(lines, 'GB')).toMatchObject([{ number: '0800 9179016' }]);
  expect(linesFor(lines, 'BR')).toEqual([]);
  expect(linesFor(lines, undefined)).toEqual([]);
});

describe('open now, or when', () => {
  test.each([
    ['JP', '2026-11-24T00:00:00.000Z', true, 0],
    ['JP', '2026-11-24T08:29:00.000Z', true, 0],
    ['JP', '2026-11-24T08:30:00.000Z', false, 15.5 * 60],
    ['JP', '2026-11-23T23:30:00.000Z', false, 30],
    // Labour Thanksgiving Day, a Monday.
    ['JP', '2026-11-23T03:00:00.000Z', false, 21 * 60],
    // Friday evening before it: over the weekend and the holiday.
    ['JP', '2026-11-20T09:00:00.000Z', false, (3 * 24 + 15) * 60],
    ['US', '2026-07-01T12:30:00.000Z', true, 0],
    ['US', '2026-12-01T12:30:00.000Z', false, 30],
    ['GB', '2026-07-01T07:30:00.000Z', true, 0],
    ['IL', '2026-11-22T08:00:00.000Z', true, 0],
    ['CN', '2026-11-24T01:30:00.000Z', true, 0],
    ['IN', '2026-11-23T20:00:00.000Z', true, 0],
  ])('%s at %s', (country, at, isOpen, opensInMinutes) => {
    expect(opening(linesFor(lines, country)[0]!, new Date(at))).toEqual({ isOpen, opensInMinutes });
  });
});

test('a wrong table is named', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'lines-')), 'lines.csv');
  await writeFile(file, 'region,country,number,toll_free,note,open,close,days,timezone,languages\nasia,Japan,0120,yes,,9,17:30,Mon-Fri,UTC+9,Japanese\n');
  await expect(loadSupportLines(file)).rejects.toThrow(/lines\.csv, line 2: open/);
});

test('the text for support has every item, and says what is missing', () => {
  expect(packetText('en', { kind: 'profile', known: { newId: 'new@contoso.com', contractId: '12345678' } })).toEqual([
    'Please create a new volume licensing profile for the following ID.',
    'Old sign-in ID: (please add)',
    'New Entra ID: new@contoso.com',
    'VL agreement number (License ID): 12345678',
    'Email address in the licensing agreement: (please add)',
  ]);
  expect(packetText('ja', { kind: 'noAdministrator', known: {} })).toHaveLength(4);
  expect(packetText('ja', { kind: 'general', known: { problem: '真っ白です' } }).at(-1)).toBe('状況: 真っ白です');
});
