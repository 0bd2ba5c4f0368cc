import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../data/store/store.ts';
import { gate, sleep } from '../support/orderContract.ts';
import { TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import type { SharedDatabase } from '../support/postgresStores.ts';
import { sharedDatabase } from '../support/postgresStores.ts';

// Work in two processes, here and there.

let server: PostgresServer;
let database: SharedDatabase;
let here: Store;
let there: Store;
let seen: string[];
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = sharedDatabase(await server.freshDatabase());
  [here, there] = [await database.open(), await database.open()];
  seen = [];
});
afterEach(() => database.close());

interface WorkRow {
  seq: number;
  lease_ms: number | null;
  due_ms: number;
}
const rows = (): Promise<WorkRow[]> =>
  server.sql(database.url, "select seq, (extract(epoch from leased_until - now()) * 1000)::int as lease_ms, (extract(epoch from due_at - now()) * 1000)::int as due_ms from work");
const says = (name: string) => async (): Promise<void> => void seen.push(name);

test('what is asked for elsewhere while it is done is done once more by whoever is at it', async () => {
  const { passed, open } = gate();
  const begun = gate();
  const first = here.work.run(TENANT, 'k', async () => {
    seen.push('here');
    begun.open();
    await passed;
  });
  await begun.passed;
  // Three wishes are one: the work reads what is to do from the store.
  for (const name of ['a', 'b', 'c']) await there.work.run(TENANT, 'k', says(name));
  expect(seen).toEqual(['here']);
  open();
  await first;
  expect(seen).toEqual(['here', 'here']);
  expect(await rows()).toEqual([]);
  await there.work.run(TENANT, 'k', says('there'));
  expect(seen).toEqual(['here', 'here', 'there']);
});

test('never two at once, and after the last wish it is done once more', async () => {
  let running = 0;
  let most = 0;
  let wished = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, (running += 1));
    const toDo = wished;
    await sleep(3);
    done = toDo;
    running -= 1;
  };
  await Promise.all(Array.from({ length: 100 }, async (_, n) => {
    await sleep(n * 5);
    wished += 1;
    await [here, there][n % 2]!.work.run(TENANT, 'k', work);
  }));
  expect(most).toBe(1);
  expect(done).toBe(100);
  expect(await rows()).toEqual([]);
});

test('what was put off is begun by nobody else before its time, and then by anybody', async () => {
  await here.work.run(TENANT, 'k', async () => 700);
  await there.work.run(TENANT, 'k', says('too early'));
  expect(seen).toEqual([]);
  const [row] = await rows();
  expect(row).toMatchObject({ seq: 2, lease_ms: null });
  expect(row!.due_ms).toBeGreaterThan(0);
  expect(row!.due_ms).toBeLessThanOrEqual(700);
  await sleep(750);
  await there.work.run(TENANT, 'k', says('there'));
  expect(seen).toEqual(['there']);
  expect(await rows()).toEqual([]);
});

test('what was put off is free for others when who put it off has closed, and not what others put off', async () => {
  await here.work.run(TENANT, 'k', async () => 60_000);
  await there.work.run(TENANT, 'of there', async () => 60_000);
  await here.close();
  const next = await database.open();
  await next.work.run(TENANT, 'k', says('next'));
  await next.work.run(TENANT, 'of there', says('too early'));
  expect(seen).toEqual(['next']);
});

test('work that fails is free for others at once', async () => {
  await expect(here.work.run(TENANT, 'k', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await there.work.run(TENANT, 'k', says('there'));
  expect(seen).toEqual(['there']);
});

test('work that failed is among what is left, once', async () => {
  await here.people.ensure(TENANT, 'who@example.com');
  await expect(here.work.run(TENANT, 'k', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await there.work.left()).toEqual([{ tenantId: TENANT, key: 'k' }]);
  expect(await here.work.left()).toEqual([]);
});

test('a lease that is over is somebody else\'s, and whoever had it touches it no more', async () => {
  const { passed, open } = gate();
  const begun = gate();
  const first = here.work.run(TENANT, 'k', async () => {
    begun.open();
    await passed;
  });
  await begun.passed;
  const [row] = await rows();
  expect(row!.lease_ms).toBeGreaterThan(29_000);
  expect(row!.lease_ms).toBeLessThanOrEqual(30_000);
  await there.work.run(TENANT, 'k', says('too early'));
  expect(seen).toEqual([]);
  await server.sql(database.url, 'update work set leased_until = now()');
  const theirs = gate();
  const taken = gate();
  const second = there.work.run(TENANT, 'k', async () => {
    seen.push('there');
    taken.open();
    await theirs.passed;
  });
  await taken.passed;
  open();
  await first;
  // The one who came too late has neither removed it nor given it back.
  expect((await rows())[0]?.lease_ms).toBeGreaterThan(0);
  await here.work.run(TENANT, 'k', says('here'));
  theirs.open();
  await second;
  // The wish from here was heard there.
  expect(seen).toEqual(['there', 'there']);
});

test('a lease is renewed while the work goes on', async () => {
  const { passed, open } = gate();
  const work = here.work.run(TENANT, 'k', () => passed);
  await sleep(11_000);
  expect((await rows())[0]?.lease_ms).toBeGreaterThan(28_000);
  open();
  await work;
}, 30_000);

test('what nobody came back for is cleared up after a day', async () => {
  await here.work.run(TENANT, 'k', async () => 1);
  await server.sql(database.url, "update work set due_at = now() - interval '25 hours'");
  await there.work.run(TENANT, 'other', says('there'));
  expect(await rows()).toEqual([]);
});
