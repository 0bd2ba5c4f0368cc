import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { WaitedTooLong } from '../../data/store/postgres/faults.ts';
import type { Store } from '../../data/store/store.ts';
import { OTHER_TENANT } from '../support/people.ts';
import { gate, sleep, turnKey } from '../support/orderContract.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import type { SharedDatabase } from '../support/postgresStores.ts';
import { sharedDatabase } from '../support/postgresStores.ts';

let server: PostgresServer;
let database: SharedDatabase;
let stores: Store[];
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = sharedDatabase(await server.freshDatabase());
  stores = [await database.open(), await database.open(), await database.open()];
});
afterEach(() => database.close());

// Those of conversations; the one by which a database is open is shared.
const locks = async (): Promise<{ granted: boolean }[]> => server.sql(database.url, "select granted from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'");
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 200) throw new Error('it never came');
    await sleep(20);
  }
};

describe('turns of one conversation in three processes', () => {
  test('run in the order in which they came, whoever got them', async () => {
    const { passed, open } = gate();
    const seen: number[] = [];
    const turns = [stores[0]!.turns.run(turnKey('first'), () => passed)];
    await until(async () => (await locks()).length === 1);
    // Two or three to the same process, then to another.
    const order = [0, 0, 1, 2, 2, 1, 1, 0, 2, 2];
    for (const [n, which] of order.entries()) {
      turns.push(stores[which]!.turns.run(turnKey(`t${n}`), async () => void seen.push(n)));
      await until(async () => (await locks()).length === n + 2);
    }
    open();
    await Promise.all(turns);
    expect(seen).toEqual(order.map((_, n) => n));
  });

  test('never two at once and none lost, however many come; in each process as they came', async () => {
    const seen: number[][] = [[], [], []];
    let running = 0;
    let most = 0;
    const turns = Array.from({ length: 120 }, (_, n) =>
      stores[n % 3]!.turns.run(turnKey(`t${n}`), async () => {
        most = Math.max(most, (running += 1));
        await sleep(1);
        seen[n % 3]!.push(n);
        running -= 1;
      }));
    await Promise.all(turns);
    expect(most).toBe(1);
    for (const [which, mine] of seen.entries()) expect(mine).toEqual(Array.from({ length: 40 }, (_, n) => n * 3 + which));
  });

  test('other conversations do not wait for one in which somebody writes very fast', async () => {
    const { passed, open } = gate();
    let flooded = 0;
    const flood = Array.from({ length: 200 }, (_, n) => stores[n % 2]!.turns.run(turnKey(`t${n}`), () => passed.then(() => void (flooded += 1))));
    await until(async () => (await locks()).length >= 8);
    const { passed: second, open: letGo } = gate();
    const other = { conversationId: 'a:2' };
    const first = stores[1]!.turns.run(turnKey('1', other), () => second);
    const behind = stores[0]!.turns.run(turnKey('2', other), async () => undefined);
    letGo();
    await Promise.all([first, behind]);
    expect(flooded).toBe(0);
    open();
    await Promise.all(flood);
    expect(flooded).toBe(200);
  });

  test('an activity that comes to several of them is answered once', async () => {
    let answered = 0;
    const answer = async (): Promise<void> => {
      await sleep(20);
      answered += 1;
    };
    await Promise.all(stores.map(({ turns }) => turns.run(turnKey('1'), answer)));
    for (const { turns } of stores) await turns.run(turnKey('1'), answer);
    expect(answered).toBe(1);
    await stores[0]!.turns.run(turnKey('1', { tenantId: OTHER_TENANT }), answer);
    expect(answered).toBe(2);
  });

  test('one that failed in one of them is answered by the next', async () => {
    const { passed, open } = gate();
    const failing = stores[0]!.turns.run(turnKey('1'), async () => {
      await passed;
      throw new Error('broken');
    });
    await until(async () => (await locks()).length === 1);
    let isAnswered = false;
    const next = stores[1]!.turns.run(turnKey('1'), async () => void (isAnswered = true));
    open();
    await expect(failing).rejects.toThrow('broken');
    await next;
    expect(isAnswered).toBe(true);
  });

  test('what was done is known for ten minutes, and cleared up after that', async () => {
    let answered = 0;
    const answer = async (): Promise<void> => void (answered += 1);
    const age = (minutes: number) => server.sql(database.url, 'update turns set done_at = now() - $1 * interval \'1 minute\'', [minutes]);
    // That a turn was done is noted before the next one of its conversation begins.
    const noted = () => stores[0]!.turns.run(turnKey(), async () => undefined);
    await stores[0]!.turns.run(turnKey('1'), answer);
    await noted();
    await age(9);
    await stores[1]!.turns.run(turnKey('1'), answer);
    expect(answered).toBe(1);
    await age(11);
    await stores[1]!.turns.run(turnKey('1'), answer);
    expect(answered).toBe(2);
    await noted();
    await age(11);
    // A process clears up with the first turn that it notes.
    await stores[2]!.turns.run(turnKey('2'), answer);
    await until(async () => (await server.sql<{ activity_key: string }>(database.url, 'select activity_key from turns')).length === 1);
  });
});

describe('locks', () => {
  const endWhoeverHasOne = async (): Promise<void> => {
    const [holder] = await server.sql<{ pid: number }>(database.url, "select pid from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and granted");
    await server.sql(database.url, 'select pg_terminate_backend($1)', [holder!.pid]);
  };

  test('are given back after each turn', async () => {
    await Promise.all(stores.flatMap(({ turns }, n) => [turns.run(turnKey(`${n}a`), async () => undefined), turns.run(turnKey(`${n}b`), async () => undefined)]));
    for (let tries = 0; tries < 50 && (await locks()).length > 0; tries += 1) await sleep(20);
    expect(await locks()).toEqual([]);
  });

  test('whoever only tries does not get in before those who wait', async () => {
    const [holder, waiter, trier] = await Promise.all([1, 2, 3].map(async () => {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      return client;
    }));
    // Two could share it, so that only the one who waits stands in the way.
    await holder!.query('select pg_advisory_lock_shared(7)');
    const tried = async () => (await trier!.query<{ locked: boolean }>('select pg_try_advisory_lock_shared(7) as locked')).rows[0]?.locked;
    expect(await tried()).toBe(true);
    await trier!.query('select pg_advisory_unlock_shared(7)');
    const waiting = waiter!.query('select pg_advisory_lock(7)');
    await until(async () => (await locks()).some(({ granted }) => !granted));
    expect(await tried()).toBe(false);
    await holder!.query('select pg_advisory_unlock_shared(7)');
    await waiting;
    await Promise.all([holder, waiter, trier].map((client) => client!.end()));
  });

  test('nobody waits for ever for a turn that never ends, and those who wait less long are not harmed', async () => {
    const { passed, open } = gate();
    const impatient = sharedDatabase(`${database.url}?lock_timeout=300`);
    const store = await impatient.open();
    const endless = stores[0]!.turns.run(turnKey('1'), () => passed);
    await until(async () => (await locks()).length === 1);
    const seen: string[] = [];
    const patient = stores[1]!.turns.run(turnKey('2'), async () => void seen.push('patient'));
    await expect(store.turns.run(turnKey('3'), async () => void seen.push('impatient'))).rejects.toThrow(WaitedTooLong);
    open();
    await Promise.all([endless, patient]);
    await store.turns.run(turnKey('3'), async () => void seen.push('again'));
    expect(seen).toEqual(['patient', 'again']);
    await impatient.close();
  });

  test('a connection that is lost while a turn is under way: it ends, the next one of this process after it, and all is as before', async () => {
    const { passed, open } = gate();
    const seen: string[] = [];
    const first = stores[0]!.turns.run(turnKey('1'), async () => {
      await passed;
      seen.push('first');
    });
    await until(async () => (await locks()).length === 1);
    await endWhoeverHasOne();
    const second = stores[0]!.turns.run(turnKey('2'), async () => void seen.push('second'));
    await sleep(100);
    expect(seen).toEqual([]);
    open();
    await Promise.all([first, second]);
    expect(seen).toEqual(['first', 'second']);
    await stores[1]!.turns.run(turnKey('1'), async () => void seen.push('again'));
    await stores[0]!.turns.run(turnKey('3'), async () => void seen.push('third'));
    expect(seen).toEqual(['first', 'second', 'third']);
    expect(database.faults.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^The database 127\.0\.0\.1:\d+\/bot_\w+ cannot be used \(57P01\)/));
    await until(async () => (await locks()).length === 0);
  });

  test('a connection that is lost while a turn waited on it: the same', async () => {
    const { passed, open } = gate();
    const first = stores[0]!.turns.run(turnKey('1'), () => passed);
    await until(async () => (await locks()).length === 1);
    let isDone = false;
    const { passed: inTurn, open: goOn } = gate();
    const second = stores[1]!.turns.run(turnKey('2'), async () => {
      await inTurn;
      isDone = true;
    });
    await until(async () => (await locks()).length === 2);
    open();
    await first;
    await until(async () => (await locks()).length === 1);
    await endWhoeverHasOne();
    await sleep(50);
    goOn();
    await second;
    expect(isDone).toBe(true);
    await stores[1]!.turns.run(turnKey('3'), async () => undefined);
  });
});
