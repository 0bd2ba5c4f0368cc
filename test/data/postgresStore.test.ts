import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { STATEMENTS } from '../../data/store/postgres/statements.ts';
import type { Store } from '../../data/store/store.ts';
import { orderContract } from '../support/orderContract.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import { sharedDatabase } from '../support/postgresStores.ts';
import { sqlIn } from '../support/sql.ts';
import type { OpenedStore } from '../support/storeContract.ts';
import { storeContract } from '../support/storeContract.ts';

const FOLDER = 'data/store/postgres';

/** Everything that the stores of this file asked the database. */
const asked = new Set<string>();
const query = Reflect.get(Client.prototype, 'query') as (...args: unknown[]) => unknown;

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
  Reflect.set(Client.prototype, 'query', function (this: { connectionParameters: { application_name?: string } }, ...args: unknown[]) {
    if (this.connectionParameters.application_name === 'vl-access') asked.add(String(args[0]));
    return query.apply(this, args);
  });
});
afterAll(async () => {
  Reflect.set(Client.prototype, 'query', query);
  await server.stop();
});

const open = async (): Promise<OpenedStore> => {
  const database = sharedDatabase(await server.freshDatabase());
  return {
    stores: await database.open(),
    reopen: async (): Promise<Store> => {
      await database.close();
      return database.open();
    },
    close: () => database.close(),
  };
};

storeContract('The PostgreSQL store', open);
orderContract('The PostgreSQL store', open);

test('nothing was asked that does not stand in the code, where another test reads it', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).map((file) => [file, join(FOLDER, file)] as const);
  const inCode = files.filter(([file]) => file.endsWith('.ts')).flatMap(([, path]) => sqlIn(readFileSync(path, 'utf8')).map(({ text }) => text));
  const inSteps = files.filter(([file]) => file.endsWith('.sql')).map(([, path]) => readFileSync(path, 'utf8'));
  const known = new Set([...inCode, ...inSteps, ...Object.values(STATEMENTS).flatMap((all) => Object.values<string>({ ...all }))]);
  expect(asked.size).toBeGreaterThan(50);
  expect([...asked].filter((text) => !known.has(text))).toEqual([]);
});
