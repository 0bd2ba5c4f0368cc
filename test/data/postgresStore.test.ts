import { afterAll, beforeAll } from '@jest/globals';
import { openPostgresStore } from '../../data/store/postgres/open.ts';
import type { Store } from '../../data/store/store.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import { storeContract } from '../support/storeContract.ts';

const MIGRATIONS = 'data/store/postgres/migrations';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());

storeContract('The PostgreSQL store', async () => {
  const url = await server.freshDatabase();
  const open = () => openPostgresStore(url, { migrations: MIGRATIONS, onDamage: () => undefined, onFault: () => undefined });
  let store = await open();
  return {
    stores: store,
    reopen: async (): Promise<Store> => {
      await store.close();
      store = await open();
      return store;
    },
    close: () => store.close(),
  };
});
