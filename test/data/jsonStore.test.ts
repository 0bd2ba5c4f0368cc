import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Chat } from '../../data/model/chat.ts';
import { digestOf } from '../../data/store/digest.ts';
import { fileName } from '../../data/store/json/fileName.ts';
import { lineOf } from '../../data/store/json/journalLine.ts';
import { lockFolder } from '../../data/store/json/lock.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import { readJsonStore } from '../../data/store/json/read.ts';
import { TWICE } from '../../data/store/json/recordFile.ts';
import type { Store } from '../../data/store/store.ts';
import { orderContract } from '../support/orderContract.ts';
import { OTHER_TENANT, TENANT } from '../support/people.ts';
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
    await store.close();
    const files = await readdir(join(dir, 'contracts'));
    expect(files).toHaveLength(2);
    expect(JSON.parse(await readFile(join(dir, 'contracts', files[0]!), 'utf8'))).toMatchObject({ version: 1 });
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

  test('a disk that is full: what does not fit is refused and leaves the old record, in memory and on disk', async () => {
    const built = join(process.cwd(), 'dist/data/store/json/open.js');
    const script = `
      const { openJsonStore } = await import(${JSON.stringify(built)});
      const store = await openJsonStore(process.argv[1], () => undefined);
      const name = async () => (await store.contracts.get('${TENANT}', '1000'))?.contract.name;
      const save = async (next) => { const old = await store.contracts.get('${TENANT}', '1000') ?? ${JSON.stringify(contract('1000'))}; return store.contracts.save({ ...old, contract: { ...old.contract, name: next } }).catch(({ code }) => code); };
      let n = 0, said;
      while ((said = await save('name ' + n)) === 'saved') n += 1;
      console.log(said, n > 10, (await name()) === 'name ' + (n - 1), await save('again'), n - 1);
    `;
    // A file may grow to 16 blocks of 1 KB.
    const child = spawn('bash', ['-c', 'ulimit -f 16; exec "$0" --input-type=module -e "$1" "$2"', process.execPath, script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = (await text(child.stdout)).trim().split(' ');
    expect(said.slice(0, 4)).toEqual(['EFBIG', 'true', 'true', 'EFBIG']);
    const { store, damages } = await open();
    expect([(await store.contracts.get(TENANT, '1000'))?.contract.name, damages]).toEqual([`name ${said[4]}`, []]);
    await store.close();
  });

  describe('the journal', () => {
    const logs = async (): Promise<string[]> => (await readdir(join(dir, 'journal'))).filter((name) => name.endsWith('.log')).map((name) => join(dir, 'journal', name));
    /** As a killed process leaves the folder: what was saved last is in the journal alone. */
    const killed = async (): Promise<string> => {
      const { store } = await open();
      await store.contracts.save(contract('1000'));
      await store.contracts.save(contract('2000'));
      const first = (await store.contracts.get(TENANT, '1000'))!;
      await store.contracts.save({ ...first, contract: { ...first.contract, name: 'later' } });
      const kept = (await logs()).map((path) => [path, readFile(path, 'utf8')] as const);
      const contents = await Promise.all(kept.map(([, content]) => content));
      await store.close();
      await rm(join(dir, 'contracts'), { recursive: true });
      await rm(join(dir, 'journal'), { recursive: true });
      await mkdir(join(dir, 'journal'));
      await writeFile(kept[0]![0], contents[0]!);
      return kept[0]![0];
    };
    const names = async (store: Awaited<ReturnType<typeof open>>['store']): Promise<(string | undefined)[]> => Promise.all(['1000', '2000'].map(async (id) => (await store.contracts.get(TENANT, id))?.contract.name));

    test('what is in it alone is there at the next start, and for whoever reads the folder beside the bot', async () => {
      await killed();
      const beside: string[] = [];
      for await (const { record, problems } of readJsonStore(dir).of('contracts')) beside.push(`${record?.contract.id} ${record?.contract.name}${problems.join()}`);
      expect(beside.toSorted()).toEqual(['1000 later', '2000 x']);
      const { store, damages } = await open();
      expect([await names(store), damages]).toEqual([['later', 'x'], []]);
      await store.close();
      expect(await readdir(join(dir, 'contracts'))).toHaveLength(2);
      expect(await Promise.all((await logs()).map(async (path) => (await readFile(path)).length))).toEqual([0]);
    });

    test('its end, cut by a kill, was confirmed to nobody; the rest holds', async () => {
      const log = await killed();
      const whole = await readFile(log, 'utf8');
      await writeFile(log, whole.slice(0, -20));
      const { store, damages } = await open();
      expect([await names(store), damages]).toEqual([['x', 'x'], []]);
      await store.close();
    });

    test('a broken line before good ones is damage: named, kept aside, and the good ones hold', async () => {
      const log = await killed();
      await writeFile(log, (await readFile(log, 'utf8')).replace('"name":"x"', '"name":"y"'));
      const { store, damages } = await open();
      expect(damages).toEqual([expect.stringContaining(log)]);
      expect(await names(store)).toEqual(['later', 'x']);
      await store.close();
      expect((await readdir(join(dir, 'journal'))).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
    });

    test.each([
      ['the last end of a line', (s: string) => s.replace(/\n$/, '\v'), ['later', 'x']],
      ['one in between', (s: string) => s.replace('\n', '\v'), ['later', 'x']],
      ['one before an end that a kill has cut', (s: string) => s.slice(0, -20).replace(/\n(?=[^\n]*$)/, '\v'), ['x', 'x']],
      ['a blank behind a checksum', (s: string) => s.replace(/ (?=[^\n]*later)/, '!'), ['later', 'x']],
    ])('what was confirmed holds though a character is damaged: %s', async (_name, damage, held) => {
      const log = await killed();
      const damaged = damage(await readFile(log, 'utf8'));
      expect(damaged).not.toBe(await readFile(log, 'utf8'));
      await writeFile(log, damaged);
      const { store, damages } = await open();
      expect([await names(store), damages]).toEqual([held, [expect.stringContaining(log)]]);
      await store.close();
    });

    test('what was removed stays removed', async () => {
      const { store } = await open();
      const gap = { version: 0, tenantId: TENANT, language: 'en' as const, question: 'what', near: [], times: 1, at: '2026-11-23T06:00:00.000Z' };
      await store.gaps.save(gap);
      await store.gaps.remove(gap);
      const [log = ''] = await logs();
      const content = await readFile(log, 'utf8');
      await store.close();
      await writeFile(log, content);
      const again = await open();
      expect(await again.store.gaps.ofTenant(TENANT)).toEqual([]);
      await again.store.close();
    });
  });

  describe('files of an earlier version', () => {
    const AT = '2026-11-23T06:00:00.000Z';
    const gap = { version: 2, tenantId: TENANT, language: 'en' as const, question: 'purple elephants', near: [], times: 2, at: AT };
    const chat = (more: object = {}) => ({ version: 3, tenantId: TENANT, conversationId: 'a:zyxchat', dialog: {}, handled: [], answers: [], said: [], known: {}, guideCard: 'before', at: AT, ...more });
    const [GAP, CHAT] = [fileName(`${TENANT}/en/purple elephants`), fileName('a:zyxchat')];
    const put = async (folder: string, name: string, record: object): Promise<void> => {
      await mkdir(join(dir, folder), { recursive: true });
      await writeFile(join(dir, folder, name), JSON.stringify({ ...record, digest: digestOf(record) }));
    };
    const read = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (const kind of ['chats', 'gaps'] as const) for await (const { record, problems } of readJsonStore(dir).of(kind)) found.push([record, ...problems]);
      return found;
    };

    test('what is named by its question or its conversation is found, once, and gets a name that tells nothing', async () => {
      await put('gaps', GAP, gap);
      await put('chats', CHAT, chat());
      expect(await read()).toEqual([[chat()], [gap]]);
      const { store, damages } = await open();
      expect(await store.gaps.get(TENANT, 'en', 'purple elephants')).toEqual(gap);
      expect(await store.chats.get(TENANT, 'a:zyxchat')).toEqual(chat());
      expect(await store.chats.get(OTHER_TENANT, 'a:zyxchat')).toBeUndefined();
      for (const folder of ['gaps', 'chats']) expect(await readdir(join(dir, folder))).toEqual([expect.stringMatching(/^x[0-9a-f]{64}\.json$/)]);
      expect(await store.gaps.save({ ...gap, times: 3 })).toBe('saved');
      expect(await store.chats.save(chat({ guideCard: 'after' }) as Chat)).toBe('saved');
      await store.close();
      expect(await read()).toEqual([[chat({ version: 4, guideCard: 'after' })], [{ ...gap, version: 3, times: 3 }]]);
      const again = await open();
      expect([...damages, ...again.damages]).toEqual([]);
      await again.store.close();
    });

    test('a chat without a tenant is that of the first who speaks there, and of nobody else then', async () => {
      await put('chats', CHAT, chat({ tenantId: '' }));
      const { store } = await open();
      expect(await store.chats.get(OTHER_TENANT, 'a:zyxchat')).toEqual(chat({ tenantId: OTHER_TENANT }));
      expect((await Promise.all([1, 2].map(() => store.chats.save(chat({ guideCard: 'mine' }) as Chat)))).toSorted()).toEqual(['saved', 'stale']);
      expect(await store.chats.get(OTHER_TENANT, 'a:zyxchat')).toBeUndefined();
      await store.close();
      expect(await read()).toEqual([[chat({ version: 4, guideCard: 'mine' })]]);
    });

    test('its journal, with what was saved and what was removed, holds', async () => {
      await put('chats', CHAT, chat());
      await put('chats', fileName('a:gone'), chat({ conversationId: 'a:gone' }));
      await mkdir(join(dir, 'journal'));
      await writeFile(join(dir, 'journal', '00000001.log'), `${lineOf('chats', 'a:zyxchat', JSON.stringify(chat({ version: 4, guideCard: 'later' })))}${lineOf('chats', 'a:gone', 'null')}`);
      const held = [[chat({ version: 4, guideCard: 'later' })]];
      expect(await read()).toEqual(held);
      const { store } = await open();
      expect(await read()).toEqual(held);
      await store.close();
      expect(await read()).toEqual(held);
      expect(await readdir(join(dir, 'chats'))).toHaveLength(1);
    });

    test('one whose record was written since is named, set aside, and takes nobody’s place', async () => {
      await put('gaps', GAP, gap);
      await put('chats', CHAT, chat());
      await (await open()).store.close();
      await put('gaps', GAP, { ...gap, times: 9 });
      await put('chats', CHAT, chat({ guideCard: 'another' }));
      expect(await read()).toEqual(expect.arrayContaining([[chat()], [gap], [undefined, TWICE], [undefined, TWICE]]));
      const { store, damages } = await open();
      expect(damages).toEqual([expect.stringContaining(TWICE), expect.stringContaining(TWICE)]);
      expect(damages.join()).not.toMatch(/elephants|zyxchat/);
      await store.close();
      expect(await read()).toEqual([[chat()], [gap]]);
    });
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
