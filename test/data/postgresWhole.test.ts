import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyStore, proveCopy } from '../../data/store/copy.ts';
import { entriesOf } from '../../data/store/entries.ts';
import { nameOf, takeInventory } from '../../data/store/inventory.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { readJsonStore } from '../../data/store/json/read.ts';
import { readPostgresStore } from '../../data/store/postgres/read.ts';
import type { Finding } from '../../data/store/verify.ts';
import { verifyStore } from '../../data/store/verify.ts';
import { fillStore } from '../support/filledStore.ts';
import { TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import { MIGRATIONS, sharedDatabase } from '../support/postgresStores.ts';
import { privacyContract } from '../support/privacyContract.ts';
import { retentionContract } from '../support/retentionContract.ts';
import { contract } from '../support/storeContract.ts';
import type { OpenStore } from '../support/wholeStoreContract.ts';
import { wholeStoreContract } from '../support/wholeStoreContract.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());

const open = async (): Promise<OpenStore & { url: string }> => {
  const url = await server.freshDatabase();
  const database = sharedDatabase(url);
  return { url, store: await database.open(), read: () => readPostgresStore(url, MIGRATIONS), close: () => database.close() };
};

wholeStoreContract('The PostgreSQL store', open);
privacyContract('The PostgreSQL store', open);
retentionContract('The PostgreSQL store', open);

const verify = async (opened: OpenStore): Promise<Finding[]> => {
  const found: Finding[] = [];
  const reading = await opened.read();
  await verifyStore(reading, (finding) => found.push(finding));
  await reading.close();
  return found;
};

describe('damage to one row is found and named', () => {
  let opened: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    opened = await open();
    await fillStore(opened.store);
  });
  afterEach(() => opened.close());

  const row = (table: string, key = '.*'): RegExp => new RegExp(`^a row of ${table} \\(tenant ${TENANT}, key ${key}\\)$`);
  const ANOTHER = 'its digest is that of another content';

  test.each([
    ['a changed record', `update contracts set record = replace(record::text, '"program":"EA"', '"program":"EAS"')::json where key = '87654321'`, 'contracts', [ANOTHER]],
    ['a record that is none', `update people set record = '{"version":1}' where mail = 'anna@example.com' and tenant_id = '${TENANT}'`, 'people', ['id: invalid_type; tenantId: invalid_type; mail: invalid_type', ANOTHER]],
    ['a changed digest', "update tickets set digest = reverse(digest)", 'tickets', [ANOTHER]],
    ['another key', "update gaps set key = 'x' where key like '%elephants'", 'gaps', ['its content belongs under another key']],
    ['another version', 'update ratings set version = version + 1', 'ratings', ['its column version is not that of its record']],
    ['another mail to be found by', "update people set mail = 'x@example.com' where mail = 'dan@example.com'", 'people', ['its column mail is not that of its record']],
    ['another instant', "update tickets set opened_at = opened_at + interval '1 millisecond'", 'tickets', ['its column opened_at is not that of its record']],
    ['another list', "update contracts set request_ids = '{}' where key = '12345678' and request_ids <> '{}'", 'contracts', ['its column request_ids is not that of its record']],
    ['a changed picture', "update pictures set bytes = bytes || 'x'::bytea", 'pictures', ['its digest is that of another picture']],
  ])('%s', async (_name, sql, table, reasons) => {
    expect(await verify(opened)).toEqual([]);
    await server.sql(opened.url, sql);
    const found = (await verify(opened)).filter(({ reason }) => !reason.includes('who is not there'));
    expect(found.map(({ reason }) => reason)).toEqual(reasons);
    expect(found[0]!.at).toMatch(row(table));
  });

  test('a person whose row is gone', async () => {
    await server.sql(opened.url, "delete from people where mail = 'cleo@example.com'");
    const found = await verify(opened);
    expect(found).toHaveLength(1);
    expect(found[0]!.reason).toContain('who is not there');
  });
});

test('a reading is one instant, whatever is saved meanwhile', async () => {
  const opened = await open();
  await fillStore(opened.store);
  const reading = await opened.read();
  await opened.store.contracts.save(contract('99990000'));
  const names: string[] = [];
  for await (const entry of entriesOf(reading, () => false)) names.push(nameOf(entry));
  await reading.close();
  expect(names.filter((name) => name.includes('99990000'))).toEqual([]);
  expect(names).toHaveLength(19);
  await opened.close();
});

test('from files into a database, and back, nothing is lost or changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vl-there-'));
  const [there, back] = [join(folder, 'there'), join(folder, 'back')];
  const json = await openJsonStore(there, () => undefined);
  await fillStore(json);
  await json.close();
  const database = await open();
  const source = { name: there, entries: () => entriesOf(readJsonStore(there), () => false), inventory: await takeInventory(entriesOf(readJsonStore(there), () => false)) };
  expect(await copyStore(source, { name: 'database', store: database.store, read: database.read }, { over: false, progress: () => undefined })).toBe(19);
  await proveCopy(source, { name: 'database', read: database.read });
  const reading = await database.read();
  const second = { name: 'database', entries: () => entriesOf(reading, () => false), inventory: await takeInventory(entriesOf(reading, () => false)) };
  const files = await openJsonStore(back, () => undefined);
  await copyStore(second, { name: back, store: files, read: async () => readJsonStore(back) }, { over: false, progress: () => undefined });
  await files.close();
  await reading.close();
  await proveCopy(source, { name: back, read: async () => readJsonStore(back) });
  await database.close();
  await rm(folder, { recursive: true });
});
