import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomIds } from '../../bot/system.ts';
import { firstBrokenLink } from '../../data/operations/chain.ts';
import { readContractsCsv } from '../../data/operations/contractsCsv.ts';
import { importContracts } from '../../data/operations/importContracts.ts';
import type { Store } from '../../data/store/store.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { TestClock } from '../support/clock.ts';
import { CONTRACTS, OTHER_TENANT, TENANT } from '../support/people.ts';

const HEADER = 'contract_id,name,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins';
const row = (more: Partial<Record<string, string>> = {}): string =>
  Object.values({ contract_id: '12345678', name: 'Contoso', tenant_id: TENANT, program: 'EA', cloud: 'public', parent_id: '', end_date: '2028-03-31', primary_contact: '', notices_contact: '', admins: 'a@example.com', ...more }).join(',');

describe('reading', () => {
  test.each([
    [{ contract_id: '../x' }, 'contract_id "../x" is not letters and digits'],
    [{ name: '' }, 'name "" is not 1 to 200 characters'],
    [{ tenant_id: 'contoso' }, 'tenant_id "contoso" is not the Entra tenant id'],
    [{ program: 'Enterprise' }, 'program "Enterprise" is not one of EA, EAS'],
    [{ cloud: 'azure' }, 'cloud "azure" is not one of public, gcc, gcchigh, dod'],
    [{ end_date: '31.3.2028' }, 'end_date "31.3.2028" is not a day'],
    [{ end_date: '2028-02-31' }, 'end_date "2028-02-31" is not a day'],
    [{ primary_contact: 'anna' }, 'primary_contact "anna" is not a mail'],
    [{ admins: 'a@example.com;bob' }, 'admins "a@example.com;bob" is not sign-in mails'],
  ])('%j: its line and reason, and nothing of the file', (wrong, reason) => {
    const { rows, problems } = readContractsCsv([HEADER, row({ contract_id: '1000000' }), row(wrong)].join('\n'));
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ line: 3, reason: expect.stringContaining(reason) }]);
  });

  test('every bad line is named, and a line inside quotes counts as the file counts', () => {
    const { problems } = readContractsCsv([HEADER, row({ name: '"two\nlines"' }), row({ cloud: 'x', program: 'y' }), row({ contract_id: '12345678' })].join('\n'));
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 4]);
    expect(problems[0]?.reason).toContain('on one line');
    expect(readContractsCsv([HEADER, row(), row()].join('\n')).problems).toEqual([{ line: 3, reason: 'contract 12345678 stands on line 2 already' }]);
    expect(readContractsCsv(`contract_id,${HEADER}\n1,${row()}`).problems[0]?.reason).toContain('contract_id twice');
  });

  test.each([
    ['', 'nothing to import'],
    [HEADER, 'nothing to import'],
    ['id,name\n1,2', 'the header lacks contract_id'],
    [`${HEADER}\n"unclosed`, 'Quote'],
    [`${HEADER}\na,b`, 'Invalid Record Length'],
    ['\u0000\u0001\u0002', 'nothing to import'],
  ])('%j gets a sentence', (csv, reason) => {
    const { rows, problems } = readContractsCsv(csv);
    expect(rows).toEqual([]);
    expect(problems[0]?.reason).toContain(reason);
  });

  test('takes what spreadsheets write: BOM, CRLF, full-width digits, other spelling, columns in another order', () => {
    const { rows, problems } = readContractsCsv(`\uFEFFNAME,contract_id,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins\r\n"Contoso, Ltd.",１２３４-5678,${TENANT.toUpperCase()},open value subscription,GCC High,,,,,A@Example.com ; b@example.com;\r\n\r\n`);
    expect(problems).toEqual([]);
    expect(rows[0]).toMatchObject({ contract: { id: '12345678', name: 'Contoso, Ltd.', program: 'Open Value Subscription', cloud: 'gcchigh', tenantId: TENANT }, admins: ['a@example.com', 'b@example.com'] });
  });
});

describe('importing', () => {
  let dir: string;
  let store: Store;
  const deps = () => ({ ...store, clock: new TestClock(), ids: randomIds });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vl-import-'));
    store = await openJsonStore(dir, () => undefined);
  });
  afterEach(async () => {
    await store.close();
    await rm(dir, { recursive: true });
  });

  test('twice is once', async () => {
    expect(await importContracts(deps(), CONTRACTS)).toMatchObject({ created: { length: 5 }, changed: [], unchanged: [] });
    const before = await store.contracts.all();
    expect(await importContracts(deps(), CONTRACTS)).toMatchObject({ created: [], changed: [], unchanged: { length: 5 } });
    expect(await store.contracts.all()).toEqual(before);
  });

  test('the same number in two tenants is two contracts with their own people', async () => {
    await importContracts(deps(), CONTRACTS);
    const [ours, theirs] = await Promise.all([store.contracts.get(TENANT, '12345678'), store.contracts.get(OTHER_TENANT, '12345678')]);
    expect(ours?.contract.name).not.toBe(theirs?.contract.name);
    expect(ours?.assignments[0]?.personId).not.toBe(theirs?.assignments[0]?.personId);
    expect(await store.contracts.ofTenant(OTHER_TENANT)).toHaveLength(1);
  });

  test('a change is taken over, an administrator added, nobody removed, the history kept', async () => {
    await importContracts(deps(), [HEADER, row()].join('\n'));
    expect(await importContracts(deps(), [HEADER, row({ name: 'New name', admins: 'b@example.com' })].join('\n'))).toMatchObject({ changed: ['12345678'] });
    const record = await store.contracts.get(TENANT, '12345678');
    expect(record?.contract.name).toBe('New name');
    expect(record?.assignments).toHaveLength(2);
    expect(firstBrokenLink(record?.events ?? [])).toBeUndefined();
    expect(record?.events.map((e) => e.act.kind)).toEqual(['imported', 'assigned', 'imported', 'assigned']);
  });

  test('one bad line: nothing at all', async () => {
    expect((await importContracts(deps(), [HEADER, row(), row({ cloud: 'x' })].join('\n'))).problems).toHaveLength(1);
    expect(await store.contracts.all()).toEqual([]);
    expect(await store.people.byMail(TENANT, 'a@example.com')).toBeUndefined();
  });
});

test('a broken link of the history is found', async () => {
  const { appendEvent } = await import('../../data/operations/chain.ts');
  const acts = [1, 2, 3].map((n) => ({ kind: 'withdrawn' as const, at: '2026-11-23T06:00:00.000Z', requestId: `R-${n}` }));
  const events = acts.reduce(appendEvent, [] as ReturnType<typeof appendEvent>);
  expect(firstBrokenLink(events)).toBeUndefined();
  expect(firstBrokenLink(events.map((e, i) => (i === 1 ? { ...e, act: { ...acts[1]!, requestId: 'R-9' } } : e)))).toBe(1);
  expect(firstBrokenLink(events.toSpliced(1, 1))).toBe(1);
  expect(firstBrokenLink(events.slice(1))).toBe(0);
});
