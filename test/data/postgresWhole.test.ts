import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyStore, proveCopy } from '../../data/store/copy.ts';
import { entriesOf } from '../../data/store/entries.ts';
import { nameOf, takeInventory } from '../../data/store/inventory.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { readJsonStore } from '../../data/store/json/read.ts';
import { migrate } from '../../data/store/postgres/migrate.ts';
import { readPostgresStore } from '../../data/store/postgres/read.ts';
import type { Finding } from '../../data/store/verify.ts';
import { verifyStore } from '../../data/store/verify.ts';
import { fillStore, PICTURE } from '../support/filledStore.ts';
import { OTHER_TENANT, TENANT } from '../support/people.ts';
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
  const ELSEWHERE = 'its content belongs under another key';
  const ANOTHER_PICTURE = 'its digest is that of another picture';

  test.each([
    ['a changed record', `update contracts set record = replace(record::text, '"program":"EA"', '"program":"EAS"')::json where key = '87654321'`, 'contracts', [ANOTHER]],
    ['a record that is none', `update people set record = '{"version":1}' where mail = 'anna@example.com' and tenant_id = '${TENANT}'`, 'people', ['id: invalid_type; tenantId: invalid_type; mail: invalid_type', ANOTHER]],
    ['a changed digest', "update tickets set digest = reverse(digest)", 'tickets', [ANOTHER]],
    ['another key', "update gaps set key = 'x' where key like '%elephants'", 'gaps', [ELSEWHERE]],
    ['a key that is empty', "update gaps set key = '' where key like '%elephants'", 'gaps', [ELSEWHERE]],
    ['no digest, and another record', "alter table gaps alter column digest drop not null; update gaps set digest = null, record = jsonb_set(record::jsonb, '{times}', '9')::json where key like '%elephants'", 'gaps', ['it has no digest']],
    ['another version', 'update ratings set version = version + 1', 'ratings', ['its column version is not that of its record']],
    ['another mail to be found by', "update people set mail = 'x@example.com' where mail = 'dan@example.com'", 'people', ['its column mail is not that of its record']],
    ['another instant', "update tickets set opened_at = opened_at + interval '1 millisecond'", 'tickets', ['its column opened_at is not that of its record']],
    ['another list', "update contracts set request_ids = '{}' where key = '12345678' and request_ids <> '{}'", 'contracts', ['its column request_ids is not that of its record']],
    ['a changed picture', "update pictures set bytes = bytes || 'x'::bytea", 'pictures', [ANOTHER_PICTURE]],
    ['a picture that was kept at another time', "update pictures set kept_at = kept_at - interval '1 day'", 'pictures', [ANOTHER_PICTURE]],
    ['a picture that was kept a microsecond later', "update pictures set kept_at = kept_at + interval '1 microsecond'", 'pictures', [ANOTHER_PICTURE]],
    ['a picture under another name', "update pictures set key = 'x.png'", 'pictures', [ANOTHER_PICTURE]],
    ['a picture without a digest', 'alter table pictures alter column digest drop not null; update pictures set digest = null', 'pictures', ['it has no digest']],
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

  const MISSING = 'its tenant is missing in the table tenants; put it there';
  const others = (found: Finding[]): Finding[] => found.filter(({ reason }) => !reason.includes('who is not there'));

  test('a tenant that is no longer listed: each of its rows is named, and goes into a copy that takes what is readable', async () => {
    await server.sql(opened.url, `update tenants set tenant_id = 'x' where tenant_id = '${TENANT}'`);
    const found = await verify(opened);
    expect(found).toHaveLength(16 + 1);
    expect(new Set(found.map(({ reason }) => reason))).toEqual(new Set([MISSING]));
    expect(new Set(found.map(({ at }) => row('(\\w+)').exec(at)?.[1]))).toEqual(new Set(['people', 'contracts', 'tickets', 'help_desks', 'chats', 'ratings', 'gaps', 'pictures']));
    const reading = await opened.read();
    const names: string[] = [];
    for await (const entry of entriesOf(reading, ({ isReadable }) => isReadable)) names.push(nameOf(entry));
    await reading.close();
    expect(names).toHaveLength(18 + 1);
  });

  test.each([['of those there are', OTHER_TENANT, [ELSEWHERE]], ['that is none', 'x', [ELSEWHERE, MISSING]]])('a row that was moved to another tenant, %s', async (_name, tenant, reasons) => {
    await server.sql(opened.url, `update contracts set tenant_id = '${tenant}' where key = '87654321'`);
    expect(others(await verify(opened))).toEqual(reasons.map((reason) => ({ at: `a row of contracts (tenant ${tenant}, key 87654321)`, reason })));
  });

  test.each([['of those there are', OTHER_TENANT, [ANOTHER_PICTURE]], ['that is none', 'x', [ANOTHER_PICTURE, MISSING]]])('a picture that was moved to another tenant, %s', async (_name, tenant, reasons) => {
    await server.sql(opened.url, `update pictures set tenant_id = '${tenant}'`);
    expect(await verify(opened)).toEqual(reasons.map((reason) => ({ at: `a row of pictures (tenant ${tenant}, key ${PICTURE})`, reason })));
  });

  test('what a copy finds there, damaged, and does not replace is named, and the copy not called one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vl-proof-'));
    const read = (): ReturnType<typeof readJsonStore> => readJsonStore(folder);
    const source = { name: 'files', entries: () => entriesOf(read(), () => false), inventory: await takeInventory(entriesOf(read(), () => false)) };
    await server.sql(opened.url, "update tenants set tenant_id = 'x'|| tenant_id");
    const target = { name: 'database', store: opened.store, read: opened.read };
    await copyStore(source, target, { over: true, progress: () => undefined });
    await expect(proveCopy(source, target)).rejects.toThrow(`the first is a row of contracts`);
    await rm(folder, { recursive: true });
  });
});

test('a database of the time before every row had its digest gets them, and what was damaged then stays so', async () => {
  const url = await server.freshDatabase();
  const older = await mkdtemp(join(tmpdir(), 'vl-steps-'));
  for (const name of ['0001-records.sql', '0002-turns-and-work.sql', '0003-digests.sql']) await copyFile(join(MIGRATIONS, name), join(older, name));
  await migrate(url, older);
  await rm(older, { recursive: true });
  const opened = await open();
  await fillStore(opened.store);
  for (const table of ['tenants', 'people', 'contracts', 'tickets', 'help_desks', 'chats', 'ratings', 'gaps', 'pictures']) {
    const [{ rows, columns } = { rows: '[]', columns: '' }] = await server.sql<{ rows: string; columns: string }>(opened.url, `select (select json_agg(t)::text from ${table} t) as rows, (select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_name = '${table}') as columns`);
    await server.sql(url, `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, '${rows.replaceAll("'", "''")}')`);
  }
  await opened.close();
  await server.sql(url, "update contracts set digest = null; update people set digest = null; update gaps set digest = reverse(digest) where key like '%elephants'; update pictures set kept_at = kept_at + interval '7 microseconds', digest = encode(sha256(bytes), 'hex')");
  expect(await migrate(url, MIGRATIONS)).toEqual(['0004-every-row-its-digest.sql']);
  const there = { url, read: () => readPostgresStore(url, MIGRATIONS) } as typeof opened;
  expect(await verify(there)).toEqual([{ at: expect.stringContaining('a row of gaps'), reason: 'its digest is that of another content' }]);
  await server.sql(url, "update pictures set kept_at = kept_at + interval '1 second'");
  expect(await verify(there)).toHaveLength(2);
  await expect(server.sql(url, 'update contracts set digest = null')).rejects.toThrow('not-null');
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
