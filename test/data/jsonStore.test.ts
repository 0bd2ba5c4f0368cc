import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileName } from '../../data/store/json/fileName.ts';
import { lockFolder } from '../../data/store/json/lock.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import type { Store } from '../../data/store/store.ts';
import { orderContract } from '../support/orderContract.ts';
import { TENANT } from '../support/people.ts';
import type { OpenedStore } from '../support/storeContract.ts';
import { contract, storeContract } from '../support/storeContract.ts';

const openOwn = async (): Promise<OpenedStore> => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-store-'));
  let store = await openJsonStore(dir, () => undefined);
  return {
    stores: store,
    reopen: async (): Promise<Store> => {
      await store.close();
      store = await openJsonStore(dir, () => undefined);
      return store;
    },
    close: async () => {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
};

storeContract('The JSON store', openOwn);
orderContract('The JSON store', openOwn);

describe('files', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vl-files-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const open = async () => {
    const damages: string[] = [];
    const store = await openJsonStore(dir, (d) => damages.push(`${d.file} ${d.reason}`));
    return { store, damages };
  };

  test.each(['../x', '..', '.', 'CON', 'a/b', 'a\\b', 'nul\u0000l', 'A', 'あ'.repeat(300), '', '%2e%2e', 'x'.repeat(5000)])('%j is a name inside the folder, of its own', (id) => {
    const name = fileName(id);
    expect(name).toMatch(/^x[a-z0-9_%-]*\.json$/);
    expect(name.length).toBeLessThan(200);
    expect(['a', 'con', 'x', '../X', 'あ'].filter((other) => fileName(other) === name && other !== id)).toEqual([]);
  });

  test('one file a contract, and nothing but JSON in it', async () => {
    const { store } = await open();
    await store.contracts.save(contract('1000'));
    await store.contracts.save(contract('2000'));
    const files = await readdir(join(dir, 'contracts'));
    expect(files).toHaveLength(2);
    expect(JSON.parse(await readFile(join(dir, 'contracts', files[0]!), 'utf8'))).toMatchObject({ version: 1 });
    await store.close();
  });

  test.each([
    ['cut', (s: string) => s.slice(0, 40)],
    ['empty', () => ''],
    ['not JSON', () => 'hello'],
    ['another shape', () => '{"version":1}'],
    ['null', () => 'null'],
    ['binary', () => '\u0000\u0001\u0002'],
    ['another contract', (s: string) => s.replace('"1000"', '"3000"')],
  ])('a damaged file (%s) is named and set aside, and the other contracts go on', async (_name, damage) => {
    const first = await open();
    await first.store.contracts.save(contract('1000'));
    await first.store.contracts.save(contract('2000'));
    await first.store.close();
    const file = join(dir, 'contracts', fileName(`${TENANT}/1000`));
    const damaged = damage(await readFile(file, 'utf8'));
    await writeFile(file, damaged);
    const { store, damages } = await open();
    expect(damages).toEqual([expect.stringContaining(file)]);
    expect(await store.contracts.get(TENANT, '1000')).toBeUndefined();
    expect(await store.contracts.get(TENANT, '2000')).toBeDefined();
    // A new contract of that number does not overwrite what was set aside.
    await store.contracts.save(contract('1000'));
    const aside = (await readdir(join(dir, 'contracts'))).find((name) => name.includes('.damaged-'))!;
    expect(await readFile(join(dir, 'contracts', aside), 'utf8')).toBe(damaged);
    await store.close();
    const again = await open();
    expect(again.damages).toEqual([]);
    await again.store.close();
  });

  test('a failed write leaves the old record, in memory and on disk', async () => {
    const { store } = await open();
    await store.contracts.save(contract('1000'));
    const record = (await store.contracts.get(TENANT, '1000'))!;
    const folder = join(dir, 'contracts');
    await rm(folder, { recursive: true });
    await expect(store.contracts.save({ ...record, contract: { ...record.contract, name: 'lost' } })).rejects.toThrow('ENOENT');
    expect((await store.contracts.get(TENANT, '1000'))?.contract.name).toBe('x');
    await mkdir(folder);
    expect(await store.contracts.save({ ...record, contract: { ...record.contract, name: 'kept' } })).toBe('saved');
    await store.close();
  });

  test('a second process is refused with a clear sentence; a dead one is not in the way', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const { hostname } = await import('node:os');
    await writeFile(join(dir, '.lock'), JSON.stringify({ pid: child.pid, host: hostname(), token: 'x' }));
    await expect(open()).rejects.toThrow(`${dir} is in use by process ${child.pid}`);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const { store } = await open();
    await store.close();
    expect(await readdir(dir)).not.toContain('.lock');
  });

  test('a holder on another host counts as long as its heart beats', async () => {
    await writeFile(join(dir, '.lock'), JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' }));
    await expect(lockFolder(dir)).rejects.toThrow('in use by process 1 on elsewhere');
    const { utimes } = await import('node:fs/promises');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(join(dir, '.lock'), longAgo, longAgo);
    const unlock = await lockFolder(dir);
    await unlock();
  });
});
