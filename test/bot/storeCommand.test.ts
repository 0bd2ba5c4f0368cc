import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonStore } from '../../data/store/json/open.ts';
import { killCommand, runCommand } from '../support/command.ts';
import { fillStore } from '../support/filledStore.ts';
import { TENANT } from '../support/people.ts';
import { contract } from '../support/storeContract.ts';

let dir: string;
let data: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vl-store-command-'));
  data = join(dir, 'data');
  const store = await openJsonStore(data, () => undefined);
  await fillStore(store);
  await store.close();
});
afterEach(() => rm(dir, { recursive: true }));

const run = (args: string[], folder = data) => runCommand('store', args, { DATA_DIR: folder });
/** How many saves stand in a store's journal; their files are written later. */
const journalled = (folder: string): number =>
  existsSync(join(folder, 'journal')) ? readdirSync(join(folder, 'journal')).reduce((sum, name) => sum + readFileSync(join(folder, 'journal', name), 'utf8').split('\n').length - 1, 0) : 0;
const AGREES = 'Every count, every history and every digest agrees.\n';

test('verify: everything holds; a changed name in one file is named, with a code', async () => {
  expect(run(['verify'])).toEqual({ status: 0, out: expect.stringMatching(/^18 records, \d+ events, 1 pictures: everything holds\.\n$/), err: '' });
  const folder = join(data, 'people');
  const [name] = await readdir(folder);
  const file = join(folder, name!);
  await writeFile(file, (await readFile(file, 'utf8')).replace('@example.com', '@example.org'));
  expect(run(['verify'])).toEqual({ status: 1, out: expect.stringMatching(/1 findings\.\n$/), err: `${file}: its digest is that of another content\n` });
  expect(run(['verify'], join(dir, 'mistyped'))).toMatchObject({ status: 1, err: expect.stringContaining('mistyped does not exist') });
}, 60_000);

test('backup and verify while the bot has the folder; restore elsewhere; again, nothing is written', async () => {
  const file = join(dir, 'b.gz');
  const store = await openJsonStore(data, () => undefined);
  expect(run(['verify']).status).toBe(0);
  expect(run(['backup', file])).toEqual({ status: 0, out: `19 records and pictures in ${file}.\n`, err: '' });
  expect(run(['restore', file])).toMatchObject({ status: 1, err: expect.stringContaining('is in use by process') });
  await store.close();
  expect(run(['backup', file])).toMatchObject({ status: 1, err: `${file} is there already. Give the backup another name.\n` });
  const other = join(dir, 'other');
  expect(run(['restore', file], other)).toEqual({ status: 0, out: `${other}: 6 people, 5 contracts, 1 tickets, 1 helpDesks, 2 chats, 1 ratings, 2 gaps, 1 pictures. 19 written, 0 were there already. ${AGREES}`, err: '' });
  expect(run(['restore', file], other)).toMatchObject({ status: 0, out: expect.stringContaining('0 written, 19 were there already') });
  expect(run(['verify'], other)).toMatchObject({ status: 0 });
  expect(runCommand('contracts', ['verify'], { DATA_DIR: other }).out).toMatch(/^5 contracts, \d+ events: every history holds\.\n$/);
}, 60_000);

test('restore: a cut file leaves no trace; a store with something else is left alone, unless --over', async () => {
  const file = join(dir, 'b.gz');
  run(['backup', file]);
  const whole = await readFile(file);
  await writeFile(join(dir, 'cut.gz'), whole.subarray(0, whole.length / 2));
  const other = join(dir, 'other');
  expect(run(['restore', join(dir, 'cut.gz')], other)).toEqual({ status: 1, out: '', err: `${join(dir, 'cut.gz')} is cut or was changed. Take another backup.\n` });
  expect(existsSync(other)).toBe(false);
  const store = await openJsonStore(other, () => undefined);
  await store.contracts.save(contract('99990000'));
  await store.close();
  expect(run(['restore', file], other)).toMatchObject({ status: 1, err: expect.stringMatching(/holds 1 that .* has otherwise or not at all, the first is contracts 99990000 of tenant aaaaaaaa.*Nothing was written\. Take an empty store, or say --over to replace them\.\n$/) });
  expect(await readdir(join(other, 'people'))).toEqual([]);
  expect(run(['restore', file, '--over'], other)).toMatchObject({ status: 0, out: expect.stringContaining(AGREES) });
  expect(await readdir(join(other, 'contracts'))).toHaveLength(5);
}, 60_000);

test('a backup of a store with damage is written, says what is wrong, and has a code', async () => {
  const folder = join(data, 'gaps');
  const [first, second] = await readdir(folder);
  await writeFile(join(folder, first!), '{"cut');
  await writeFile(join(folder, second!), (await readFile(join(folder, second!), 'utf8')).replace('"times": 1', '"times": 2'));
  const file = join(dir, 'b.gz');
  const made = run(['backup', file]);
  expect(made).toMatchObject({ status: 1, out: `18 records and pictures in ${file}, 2 damaged.\n` });
  expect(made.err.trim().split('\n').toSorted()).toEqual([`${join(folder, first!)}: it is not JSON; it does not go into the backup`, `${join(folder, second!)}: its digest is that of another content; it goes into the backup`].toSorted());
  expect(run(['restore', file], join(dir, 'other'))).toMatchObject({ status: 0 });
  // What the bot has set aside is missing too.
  await rename(join(folder, first!), join(folder, `${first}.damaged-2026`));
  expect(run(['backup', join(dir, 'c.gz')])).toMatchObject({ status: 1, err: expect.stringContaining(`${first}.damaged-2026: it was set aside as damaged; repair it and give it its name back, or delete it; it does not go into the backup`) });
}, 60_000);

test('a restore that is killed goes on when it is run again', async () => {
  const store = await openJsonStore(data, () => undefined);
  for (let n = 0; n < 200; n += 1) await store.contracts.save(contract(String(20_000 + n)));
  await store.close();
  const file = join(dir, 'b.gz');
  run(['backup', file]);
  const other = join(dir, 'other');
  expect(await killCommand('store', ['restore', file], { DATA_DIR: other }, () => journalled(other) >= 50)).toBe('SIGKILL');
  expect(journalled(other)).toBeLessThan(205);
  const again = run(['restore', file], other);
  expect(again).toMatchObject({ status: 0, out: expect.stringContaining(AGREES) });
  expect(Number(/(\d+) were there already/.exec(again.out)?.[1])).toBeGreaterThanOrEqual(50);
  expect(run(['verify'], other)).toMatchObject({ status: 0 });
}, 60_000);

test('a backup that is killed leaves no file of that name', async () => {
  const store = await openJsonStore(data, () => undefined);
  for (let n = 0; n < 5; n += 1) await store.pictures.keep(TENANT, `${String(n).repeat(64)}.png`, randomBytes(3_000_000));
  await store.close();
  const file = join(dir, 'b.gz');
  expect(await killCommand('store', ['backup', file], { DATA_DIR: data }, () => existsSync(`${file}.part`))).toBe('SIGKILL');
  expect(existsSync(file)).toBe(false);
  expect(run(['backup', file])).toMatchObject({ status: 0 });
}, 60_000);

test('what is misused says how it is used', () => {
  for (const args of [[], ['dance'], ['backup'], ['restore'], ['verify', '--xml'], ['copy'], ['copy', '--from', 'json', '--to', 'json'], ['copy', '--from', 'json', '--to', 'paper'], ['backup', 'a', 'b']]) expect(run(args)).toMatchObject({ status: 2, out: '', err: expect.stringContaining('Usage:') });
}, 60_000);
