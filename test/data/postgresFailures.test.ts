import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUnreachable, SchemaRefused } from '../../data/store/postgres/faults.ts';
import { RecordDamaged } from '../../data/store/postgres/damage.ts';
import { migrate, migrationsOf } from '../../data/store/postgres/migrate.ts';
import { openPostgresStore } from '../../data/store/postgres/open.ts';
import { sleep, turnKey } from '../support/orderContract.ts';
import { OTHER_TENANT, TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer, WITH_PASSWORD } from '../support/postgres.ts';
import { MIGRATIONS, sharedDatabase } from '../support/postgresStores.ts';
import { contract } from '../support/storeContract.ts';
import { ticket } from '../support/tickets.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());

describe('the schema', () => {
  let url: string;
  let folder: string;
  beforeEach(async () => {
    url = await server.freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'vl-migrations-'));
    await cp(MIGRATIONS, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
  const NAMES = ['0001-records.sql', '0002-turns-and-work.sql', '0003-digests.sql', '0004-every-row-its-digest.sql'];

  test('is made once, by one of several that start at once', async () => {
    const taken = await Promise.all(Array.from({ length: 6 }, () => migrate(url, folder)));
    expect(taken.filter((names) => names.length > 0)).toEqual([NAMES]);
    expect((await migrationsOf(url, folder)).applied.map(({ name }) => name)).toEqual(NAMES);
  });

  test('takes what is new, and says what is pending before', async () => {
    await migrate(url, folder);
    await writeFile(join(folder, '0009-notes.sql'), 'create table notes (tenant_id text);\ninsert into notes values (\'x\');\n');
    expect((await migrationsOf(url, folder)).pending).toEqual(['0009-notes.sql']);
    expect(await migrate(url, folder)).toEqual(['0009-notes.sql']);
    expect(await migrate(url, folder)).toEqual([]);
    expect(await server.sql(url, 'select * from notes')).toHaveLength(1);
  });

  test('of a step that fails nothing stays, and the ones before it do', async () => {
    await writeFile(join(folder, '0009-notes.sql'), 'create table notes (tenant_id text); select no_such_function();');
    await expect(migrate(url, folder)).rejects.toThrow('0009-notes.sql could not be taken (the database refused a statement (42883, ParseFuncOrColumn)). Nothing of it stays; repair it, and start again.');
    expect((await migrationsOf(url, folder)).applied.map(({ name }) => name)).toEqual(NAMES);
    expect(await server.sql(url, "select to_regclass('notes') as notes")).toEqual([{ notes: null }]);
    await writeFile(join(folder, '0009-notes.sql'), 'create table notes (tenant_id text);');
    expect(await migrate(url, folder)).toEqual(['0009-notes.sql']);
  });

  test('a step that cannot be noted is not taken', async () => {
    await writeFile(join(folder, '0009-notes.sql'), "create table notes (tenant_id text); alter table migrations add check (name < '0009');");
    await expect(migrate(url, folder)).rejects.toThrow('0009-notes.sql could not be taken');
    expect(await server.sql(url, "select to_regclass('notes') as notes")).toEqual([{ notes: null }]);
  });

  test('a newer one is refused, with a sentence', async () => {
    await writeFile(join(folder, '0009-notes.sql'), 'create table notes (tenant_id text);');
    await migrate(url, folder);
    const older = openPostgresStore(url, { migrations: MIGRATIONS, onDamage: () => undefined, onFault: () => undefined });
    await expect(older).rejects.toThrow(SchemaRefused);
    await expect(older).rejects.toThrow("The database's schema is newer than this version of the bot: it has 0009-notes.sql.");
  });

  test('a step that was changed after it was taken is refused; other ends of lines are no change', async () => {
    await migrate(url, folder);
    const file = join(folder, '0002-turns-and-work.sql');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll('\n', '\r\n'));
    expect(await migrate(url, folder)).toEqual([]);
    await writeFile(file, `${text}\n-- changed`);
    await expect(migrate(url, folder)).rejects.toThrow('0002-turns-and-work.sql was changed after the database took it.');
  });

  test('a name that may not make tables is told what to do; one that finds them made needs no right to', async () => {
    await server.sql(url, 'create role guest login');
    const asGuest = url.replace('bot@', 'guest@');
    await expect(migrate(asGuest, folder)).rejects.toThrow('The name in DATABASE_URL may not make the tables. Make it the owner of the database, or run `npm run db -- migrate` once with a name that may.');
    await migrate(url, folder);
    await server.sql(url, 'grant select, insert, update, delete on all tables in schema public to guest');
    const store = await openPostgresStore(asGuest, { migrations: folder, onDamage: () => undefined, onFault: () => undefined });
    expect(await store.contracts.save(contract('1000'))).toBe('saved');
    await store.close();
  });

  test('a step that comes before one that was taken is refused', async () => {
    await migrate(url, folder);
    await writeFile(join(folder, '0001-zebra.sql'), 'create table zebra (tenant_id text);');
    await expect(migrate(url, folder)).rejects.toThrow('0001-zebra.sql comes before 0004-every-row-its-digest.sql');
  });
});

describe('a damaged row', () => {
  test.each([
    ['no record', "record = '{\"version\":1}'", /Required|invalid_type/],
    ['null', "record = 'null'", /invalid_type/],
    ['another contract', "record = replace(record::text, '\"1000\"', '\"3000\"')::json", /belongs under another key/],
    ['another tenant', `record = replace(record::text, '${TENANT}', '${OTHER_TENANT}')::json`, /belongs under another key/],
    ['another version', 'version = 5', /of another version/],
    ['a secret in the wrong place', "record = jsonb_set(record::jsonb, '{contract,name}', '[\"hunter2\"]')::json", /^contract\.name: invalid_type$/],
  ])('%s: it is named once and left out, the others go on, and it is not written over', async (_name, change, reason) => {
    const database = sharedDatabase(await server.freshDatabase());
    const store = await database.open();
    for (const id of ['1000', '2000']) await store.contracts.save(contract(id));
    await server.sql(database.url, `update contracts set ${change} where key = '1000'`);
    const [before] = await server.sql<{ record: unknown; version: number }>(database.url, "select record, version from contracts where key = '1000'");
    expect(await store.contracts.get(TENANT, '1000')).toBeUndefined();
    expect((await store.contracts.all()).map(({ contract: { id } }) => id)).toEqual(['2000']);
    expect(database.damages).toEqual([{ table: 'contracts', tenantId: TENANT, key: '1000', reason: expect.stringMatching(reason) }]);
    expect(JSON.stringify(database.damages)).not.toContain('hunter2');
    await expect(store.contracts.save(contract('1000'))).rejects.toThrow(RecordDamaged);
    expect(await server.sql(database.url, "select record, version from contracts where key = '1000'")).toEqual([before]);
    await store.records.put('contracts', { ...contract('1000'), version: 9 });
    expect((await store.contracts.get(TENANT, '1000'))?.version).toBe(9);
    await database.close();
  });

  test('a person: nobody else gets the mail, and nobody waits for ever', async () => {
    const database = sharedDatabase(await server.freshDatabase());
    const store = await database.open();
    await store.people.ensure(TENANT, 'anna@example.com');
    await server.sql(database.url, "update people set record = '{}'");
    await expect(store.people.ensure(TENANT, 'anna@example.com')).rejects.toThrow(/^A row of people \(tenant aaaaaaaa-.*, key p-.*\) is damaged and is not written over\. Repair or remove it first\.$/);
    const bob = await store.people.ensure(TENANT, 'bob@example.com');
    await expect(store.people.save({ ...bob, mail: 'anna@example.com' })).rejects.toThrow(RecordDamaged);
    await database.close();
  });

  test('a gap, whose key is what somebody typed, is named by its hash', async () => {
    const database = sharedDatabase(await server.freshDatabase());
    const store = await database.open();
    await store.gaps.save({ version: 0, tenantId: TENANT, language: 'en', question: 'purple elephants', near: [], times: 1, at: '2026-11-23T06:00:00.000Z' });
    await server.sql(database.url, "update gaps set record = '{}'");
    expect(await store.gaps.ofTenant(TENANT)).toEqual([]);
    expect(database.damages).toEqual([expect.objectContaining({ table: 'gaps', key: expect.stringMatching(/^[0-9a-f]{64}$/) })]);
    await database.close();
  });
});

test('two people never have one mail or one object id: the later save is stale', async () => {
  const database = sharedDatabase(await server.freshDatabase());
  const [one, two] = [await database.open(), await database.open()];
  const ensured = await Promise.all(Array.from({ length: 20 }, (_, n) => [one, two][n % 2]!.people.ensure(TENANT, 'anna@example.com')));
  expect(new Set(ensured.map(({ id }) => id)).size).toBe(1);
  const bob = await one.people.ensure(TENANT, 'bob@example.com');
  expect(await two.people.save({ ...bob, mail: 'anna@example.com' })).toBe('stale');
  const objectId = '11111111-1111-4111-8111-111111111111';
  expect(await one.people.save({ ...ensured[0]!, objectId })).toBe('saved');
  expect(await two.people.save({ ...bob, objectId })).toBe('stale');
  expect((await one.people.byMail(TENANT, 'bob@example.com'))?.version).toBe(1);
  await database.close();
});

describe('what was read before is not read again', () => {
  test('until another process changes it, or somebody by hand', async () => {
    const database = sharedDatabase(await server.freshDatabase());
    const [one, two] = [await database.open(), await database.open()];
    await one.contracts.save(contract('1000'));
    const names = async () => [(await one.contracts.get(TENANT, '1000'))?.contract.name, (await one.contracts.ofTenant(TENANT))[0]?.contract.name, (await one.ratings.ofTenant(TENANT)).length];
    expect(await names()).toEqual(['x', 'x', 0]);
    const theirs = (await two.contracts.get(TENANT, '1000'))!;
    await two.contracts.save({ ...theirs, contract: { ...theirs.contract, name: 'y' } });
    expect(await names()).toEqual(['y', 'y', 0]);
    await server.sql(database.url, "update contracts set record = jsonb_set(record::jsonb, '{contract,name}', '\"z\"')::json");
    expect(await names()).toEqual(['z', 'z', 0]);
    await server.sql(database.url, 'delete from contracts');
    expect(await names()).toEqual([undefined, undefined, 0]);
    await database.close();
  });

  test('and what was removed and made again is another record, whatever its version', async () => {
    const database = sharedDatabase(await server.freshDatabase());
    const [one, two] = [await database.open(), await database.open()];
    const gap = { version: 0, tenantId: TENANT, language: 'en' as const, question: 'q', near: [], times: 1, at: '2026-11-23T06:00:00.000Z' };
    await one.gaps.save(gap);
    expect((await one.gaps.get(TENANT, 'en', 'q'))?.near).toEqual([]);
    await two.gaps.remove(gap);
    await two.gaps.save({ ...gap, near: ['other'] });
    expect(await one.gaps.get(TENANT, 'en', 'q')).toMatchObject({ version: 1, near: ['other'] });
    expect((await one.gaps.ofTenant(TENANT))[0]?.near).toEqual(['other']);
    await database.close();
  });

  test('nobody can change it in the hands of others', async () => {
    const database = sharedDatabase(await server.freshDatabase());
    const store = await database.open();
    await store.people.ensure(TENANT, 'anna@example.com');
    const anna = (await store.people.byMail(TENANT, 'anna@example.com'))!;
    expect(() => Object.assign(anna, { mail: 'x' })).toThrow(TypeError);
    await database.close();
  });
});

test('of two tickets of one instant the one that was saved later is the last one', async () => {
  const database = sharedDatabase(await server.freshDatabase());
  const [one, two] = [await database.open(), await database.open()];
  for (const [n, id] of ['T-00000003', 'T-00000001', 'T-00000002'].entries()) await [one, two][n % 2]!.tickets.save(ticket(id));
  expect((await one.tickets.lastOf(TENANT, 'p-00000001'))?.id).toBe('T-00000002');
  await database.close();
});

describe('a server that goes', () => {
  test('is a clear error to whoever asks, and once it is back everything works', async () => {
    const own = await postgresServer();
    const database = sharedDatabase(await own.freshDatabase());
    const store = await database.open();
    await store.contracts.save(contract('1000'));
    await store.turns.run(turnKey('1'), async () => undefined);
    const ask = [() => store.contracts.get(TENANT, '1000'), () => store.contracts.save(contract('2000')), () => store.turns.run(turnKey('2'), async () => undefined), () => store.work.run(TENANT, 'k', async () => undefined), () => store.pictures.get(TENANT, 'x')];
    let isDone = false;
    const inTurn = store.turns.run(turnKey('3'), async () => {
      await own.kill();
      isDone = true;
    });
    await inTurn;
    expect(isDone).toBe(true);
    for (const one of ask) {
      await expect(one()).rejects.toThrow(DatabaseUnreachable);
      await expect(one()).rejects.toThrow(/^The database 127\.0\.0\.1:\d+\/bot_\w+ cannot be used \((?:ECONNREFUSED|57P0\d|Connection terminated unexpectedly)\)\. /);
    }
    await own.start();
    expect((await store.contracts.get(TENANT, '1000'))?.version).toBe(1);
    for (const one of ask) await one();
    // That the third turn was done could not be noted.
    let again = 0;
    await store.turns.run(turnKey('3'), async () => void (again += 1));
    await store.turns.run(turnKey('3'), async () => void (again += 1));
    expect(again).toBe(1);
    expect(database.faults.every((fault) => fault instanceof DatabaseUnreachable)).toBe(true);
    await database.close();
    await own.stop();
  }, 60_000);

  test('connections that are lost while nobody asks end nothing', async () => {
    const database = sharedDatabase(await server.freshDatabase());
    const store = await database.open();
    await Promise.all(Array.from({ length: 5 }, () => store.contracts.get(TENANT, '1000')));
    await store.turns.run(turnKey('1'), async () => undefined);
    await server.sql(database.url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vl-access' and datname = current_database()");
    await sleep(200);
    expect(database.faults.length).toBeGreaterThan(0);
    expect(await store.contracts.get(TENANT, '1000')).toBeUndefined();
    await store.turns.run(turnKey('2'), async () => undefined);
    await database.close();
  });
});

describe('an address that leads nowhere is a sentence with the remedy, and never the password', () => {
  const opened = (url: string) => openPostgresStore(url, { migrations: MIGRATIONS, onDamage: () => undefined, onFault: () => undefined });
  const refused = async (url: string): Promise<string> => {
    const error: unknown = await opened(url).then((store) => store.close(), (reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseUnreachable);
    const { message } = error as Error;
    expect(JSON.stringify([message, (error as Error).stack])).not.toContain('hunter2');
    return message;
  };

  test('nobody listens', async () => {
    expect(await refused('postgres://bot:hunter2@127.0.0.1:1/bot')).toBe('The database 127.0.0.1:1/bot cannot be used (ECONNREFUSED). Check that PostgreSQL runs there, and DATABASE_URL.');
    expect(await refused('postgres://bot:hunter2@no-such-host.invalid/bot')).toMatch(/^The database no-such-host\.invalid:5432\/bot cannot be used \((?:ENOTFOUND|EAI_AGAIN)\)\. Check that PostgreSQL runs there/);
  });

  test('no such database, no such name, a wrong password, no TLS there', async () => {
    const base = `127.0.0.1:${server.port}`;
    expect(await refused(`postgres://bot:hunter2@${base}/nothing`)).toContain('(3D000). There is no database of that name');
    expect(await refused(`postgres://nobody:hunter2@${base}/postgres`)).toContain('(28000). Check the name and the password');
    const url = await server.freshDatabase();
    await server.sql(url, `create role ${WITH_PASSWORD} login superuser password 'secret'`);
    expect(await refused(url.replace('bot@', `${WITH_PASSWORD}:hunter2@`))).toContain('(28P01). Check the name and the password');
    expect(await refused(url.replace('bot@', `${WITH_PASSWORD}@`))).toContain('client password must be a string). Check the name and the password');
    await (await opened(url.replace('bot@', `${WITH_PASSWORD}:secret@`))).close();
    expect(await refused(`postgres://bot:hunter2@${base}/postgres?sslmode=require`)).toContain('The server does not support SSL connections). Check sslmode');
    expect(await refused(`postgres://bot:hunter2@${base}/postgres?sslmode=verify-full&sslrootcert=/nowhere`)).toContain('(ENOENT). Check sslmode and sslrootcert');
  });

  test('somebody listens who does not answer', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    expect(await refused(`postgres://bot:hunter2@127.0.0.1:${port}/bot`)).toMatch(/cannot be used \(.*time.*\)\. Check that PostgreSQL runs there/);
    silent.close();
  }, 30_000);
});
