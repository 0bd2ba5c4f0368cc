import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Store } from '../../data/store/store.ts';
import { sleep, turnKey } from '../support/orderContract.ts';
import { TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';
import type { SharedDatabase } from '../support/postgresStores.ts';
import { MIGRATIONS, sharedDatabase } from '../support/postgresStores.ts';

// Processes of their own, killed in the middle of what they do.

const BUILT = join(process.cwd(), 'dist/data/store/postgres/open.js');
const NOTHING = '() => undefined';
const HEAD = `
  const { openPostgresStore } = await import(${JSON.stringify(BUILT)});
  const store = await openPostgresStore(process.argv[1], { migrations: ${JSON.stringify(MIGRATIONS)}, onDamage: ${NOTHING}, onFault: ${NOTHING} });
  const say = (line) => process.stdout.write(line + '\\n');
  const forEver = () => new Promise(() => setInterval(${NOTHING}, 1000));
  const key = (activityId) => ({ ...${JSON.stringify(turnKey())}, activityId });
`;

let server: PostgresServer;
let database: SharedDatabase;
let store: Store;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  server = await postgresServer();
});
beforeEach(async () => {
  database = sharedDatabase(await server.freshDatabase());
  store = await database.open();
});
afterEach(() => database.close());
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await server.stop();
});

/** Runs a script that has `store`; `said` waits for a line of it. */
function start(script: string): { said: (line: string) => Promise<void>; kill: () => Promise<void> } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HEAD + script, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const lines = new Set<string>();
  child.stdout.on('data', (chunk: Buffer) => chunk.toString().split('\n').forEach((line) => lines.add(line)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    said: async (line) => {
      for (let tries = 0; !lines.has(line); tries += 1) {
        if (tries > 500 || child.killed) throw new Error(`it never said ${line}`);
        await sleep(20);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

test('killed in the middle of a turn: whoever waits goes on at once; what was done is not done again, and what was not is', async () => {
  const seen: string[] = [];
  const child = start(`
    await store.turns.run(key('done'), async () => say('done'));
    await store.turns.run(key('cut'), async () => { say('begun'); await forEver(); });
  `);
  await child.said('begun');
  const other = start("say('waits'); await store.turns.run(key('behind'), async () => { say('behind'); await forEver(); });");
  await other.said('waits');
  await sleep(300);
  const mine = ['done', 'cut', 'next'].map((activity) => store.turns.run(turnKey(activity), async () => void seen.push(activity)));
  await sleep(300);
  expect(seen).toEqual([]);
  const killedAt = Date.now();
  await child.kill();
  await other.said('behind');
  expect(seen).toEqual([]);
  await other.kill();
  await Promise.all(mine);
  expect(Date.now() - killedAt).toBeLessThan(5_000);
  expect(seen).toEqual(['cut', 'next']);
});

test('killed while it waits for its turn: those behind it do not wait for it', async () => {
  const child = start("await store.turns.run(key('first'), async () => { say('begun'); await forEver(); });");
  await child.said('begun');
  const waiting = start("say('waits'); await store.turns.run(key('second'), async () => say('second'));");
  await waiting.said('waits');
  await sleep(300);
  let isRun = false;
  const mine = store.turns.run(turnKey('third'), async () => void (isRun = true));
  await waiting.kill();
  await child.kill();
  await mine;
  expect(isRun).toBe(true);
});

test('killed in the middle of work: it is free again within half a minute, and not before', async () => {
  const seen: string[] = [];
  const work = async (): Promise<void> => void seen.push('here');
  const child = start(`await store.work.run(${JSON.stringify(TENANT)}, 'k', async () => { say('begun'); await forEver(); });`);
  await child.said('begun');
  await child.kill();
  const killedAt = Date.now();
  await store.work.run(TENANT, 'k', work);
  expect(seen).toEqual([]);
  for (let tries = 0; seen.length === 0 && tries < 160; tries += 1) {
    await sleep(250);
    await store.work.run(TENANT, 'k', work);
  }
  expect(seen).toEqual(['here']);
  expect(Date.now() - killedAt).toBeLessThan(35_000);
  expect(await server.sql(database.url, 'select 1 from work')).toEqual([]);
}, 60_000);

test('killed five times between saves: nothing confirmed is lost, and two at it at once lose nothing of each other', async () => {
  const counter = `
    const tenantId = ${JSON.stringify(TENANT)};
    for (;;) {
      const now = await store.ratings.get(tenantId, 'e') ?? { version: 0, tenantId, entryId: 'e', votes: {} };
      if (await store.ratings.save(now) === 'saved') say(String(now.version + 1));
    }
  `;
  for (let round = 0; round < 5; round += 1) {
    const before = (await store.ratings.get(TENANT, 'e'))?.version ?? 0;
    const [one, two] = [start(counter), start(counter)];
    await Promise.race([one, two].map((child) => child.said(String(before + 20 + round))));
    await Promise.all([one.kill(), two.kill()]);
    expect((await store.ratings.get(TENANT, 'e'))?.version).toBeGreaterThanOrEqual(before + 20 + round);
  }
  expect(database.damages).toEqual([]);
}, 60_000);
