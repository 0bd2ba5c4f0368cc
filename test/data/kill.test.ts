import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonStore } from '../../data/store/json/open.ts';
import { TENANT } from '../support/people.ts';

const BUILT = join(process.cwd(), 'dist/data/store/json/open.js');

/** A process of its own that saves as fast as it can, and says each save once it is confirmed. */
const WRITER = `
  const { openJsonStore } = await import(${JSON.stringify(BUILT)});
  const store = await openJsonStore(process.argv[1], () => process.stdout.write('damaged\\n'));
  const id = '1000', tenantId = ${JSON.stringify(TENANT)};
  for (let n = 0; n < 100000; n += 1) {
    const old = await store.contracts.get(tenantId, id) ?? { version: 0, contract: { id, tenantId, name: '', program: 'EA', cloud: 'public' }, assignments: [], requests: [], events: [] };
    await store.contracts.save({ ...old, contract: { ...old.contract, name: 'x'.repeat(n % 7 * 20000 % 200 + 1) } });
    process.stdout.write(old.version + 1 + '\\n');
  }
`;

test('killed between two writes, ten times: nothing confirmed is lost, nothing damaged, the next start is not held up', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-kill-'));
  let confirmed = 0;
  for (let round = 0; round < 10; round += 1) {
    const said = await runAndKill(dir, 120 + round * 17);
    expect(said.join()).not.toContain('damaged');
    const before = confirmed;
    confirmed = Number(said.at(-1) ?? confirmed);
    expect(confirmed).toBeGreaterThan(before);
    const damages: string[] = [];
    const store = await openJsonStore(dir, ({ file }) => damages.push(file));
    const { version } = (await store.contracts.get(TENANT, '1000'))!;
    await store.close();
    expect(damages).toEqual([]);
    // One more may be on disk than was said: killed after the write and before the word.
    expect(version - confirmed).toBeGreaterThanOrEqual(0);
    expect(version - confirmed).toBeLessThanOrEqual(1);
    confirmed = version;
  }
  expect((await readdir(join(dir, 'contracts'))).filter((name) => !name.endsWith('.json'))).toEqual([]);
  await rm(dir, { recursive: true });
}, 60_000);

test('of two processes on one folder, the second does not start', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-two-'));
  const store = await openJsonStore(dir, () => undefined);
  const { code, stderr } = await run(dir);
  expect(code).not.toBe(0);
  expect(stderr).toContain('is in use by process');
  await store.close();
  await rm(dir, { recursive: true });
});

test('of five processes that find a dead holder at once, one starts', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-five-'));
  await runAndKill(dir, 50);
  const children = Array.from({ length: 5 }, () => start(dir));
  const outcomes = await Promise.all(
    children.map((child) => new Promise<string>((resolve) => {
      child.stdout.once('data', () => resolve('writes'));
      child.once('close', () => resolve('refused'));
    })),
  );
  for (const child of children) child.kill('SIGKILL');
  expect(outcomes.toSorted()).toEqual(['refused', 'refused', 'refused', 'refused', 'writes']);
  await rm(dir, { recursive: true });
});

function start(dir: string) {
  return spawn(process.execPath, ['--input-type=module', '-e', WRITER, dir], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function runAndKill(dir: string, ms: number): Promise<string[]> {
  const child = start(dir);
  let said = '';
  await new Promise<void>((resolve) => {
    let isTimed = false;
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (isTimed) return;
      isTimed = true;
      setTimeout(() => child.kill('SIGKILL'), ms);
    });
    child.once('close', () => resolve());
  });
  // A line cut by the kill is not a word.
  return said.slice(0, said.lastIndexOf('\n')).split('\n').filter((line) => line !== '');
}

async function run(dir: string): Promise<{ code: number | null; stderr: string }> {
  const child = start(dir);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stderr };
}
