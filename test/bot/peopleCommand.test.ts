import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonStore } from '../../data/store/json/open.ts';
import { writeDraft } from '../../bot/desk/draft.ts';
import { killCommand, runCommand } from '../support/command.ts';
import type { Filled } from '../support/filledStore.ts';
import { fillStore, PICTURE } from '../support/filledStore.ts';
import { contract } from '../support/storeContract.ts';
import { OTHER_TENANT, TENANT } from '../support/people.ts';

let dir: string;
let data: string;
let filled: Filled;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vl-people-command-'));
  data = join(dir, 'data');
  const store = await openJsonStore(data, () => undefined);
  filled = await fillStore(store);
  await writeDraft(join(data, 'drafts'), { ...filled.ticket, question: 'Cleo Contino asks for her mail' });
  await store.close();
});
afterEach(() => rm(dir, { recursive: true }));

const run = (args: string[], folder = data) => runCommand('people', args, { DATA_DIR: folder });
/** Everything in a folder, but for what names nobody. */
const naming = async (what: RegExp): Promise<string[]> => {
  const found: string[] = [];
  for (const folder of await readdir(data)) for (const name of await readdir(join(data, folder)).catch(() => [])) if (what.test(await readFile(join(data, folder, name), 'utf8'))) found.push(join(folder, name));
  return found;
};
const CLEO = /cleo|33333333-1111/i;

test('export: one document with everything, pictures and drafts in it, while the bot has the folder', async () => {
  const store = await openJsonStore(data, () => undefined);
  const exported = run(['export', 'Cleo@Example.com']);
  await store.close();
  expect(exported).toMatchObject({ status: 0, err: '' });
  const document = JSON.parse(exported.out) as { tenantId: string; person: { name: string }; tickets: unknown[]; pictures: Record<string, string>; drafts: Record<string, string> };
  expect(document).toMatchObject({ tenantId: TENANT, person: { name: 'Cleo Contino' } });
  expect(document.tickets).toHaveLength(1);
  expect(Buffer.from(document.pictures[PICTURE]!, 'base64').toString()).toBe('a picture of a screen');
  expect(Object.values(document.drafts).join('\n')).toContain('Look into the junk folder');
  expect(run(['export', 'nobody@example.com'])).toEqual({ status: 1, out: '', err: 'Nothing of nobody@example.com is known.\n' });
}, 60_000);

test('erase: told first; done with --yes, drafts and all; a second time there is nothing', async () => {
  const before = await naming(/./s);
  expect((await naming(CLEO)).length).toBeGreaterThan(6);
  const told = run(['erase', 'cleo@example.com']);
  const what = '1 chats changed, 1 contracts changed, 1 tickets changed, 1 ratings changed, 1 people changed, 1 drafts changed, 1 chats removed, 1 gaps removed, 1 pictures removed.';
  expect(told).toEqual({ status: 0, out: `cleo@example.com in tenant ${TENANT}: ${what} Nothing was erased yet: say --yes.\n`, err: '' });
  expect(await naming(/./s)).toEqual(before);
  const store = await openJsonStore(data, () => undefined);
  expect(run(['erase', 'cleo@example.com', '--yes'])).toMatchObject({ status: 1, err: expect.stringContaining('is in use by process') });
  await store.close();
  expect(run(['erase', 'cleo@example.com', '--yes'])).toMatchObject({ status: 0, err: '', out: expect.stringContaining(`${what} Erased; what is left goes by erased-${filled.people.cleo.id.slice(2)}@erased.invalid.`) });
  expect(await naming(CLEO)).toEqual([]);
  expect(run(['erase', 'cleo@example.com', '--yes'])).toEqual({ status: 0, out: 'Nothing of cleo@example.com is known.\n', err: '' });
  expect(runCommand('contracts', ['verify'], { DATA_DIR: data })).toMatchObject({ status: 0, out: expect.stringContaining('every history holds') });
  expect(runCommand('store', ['verify'], { DATA_DIR: data })).toMatchObject({ status: 0 });
  expect(runCommand('contracts', ['audit', '12345678'], { DATA_DIR: data }).out).toContain('erased-');
}, 60_000);

test('who still holds something is not erased, unless --even-so', async () => {
  const refused = run(['erase', 'eve@example.com', '--yes']);
  expect(refused).toEqual({ status: 1, out: '', err: 'The person still holds roles on 87654321, and is the only administrator of 87654321. An administrator removes them: “leaver” in the chat does it on all contracts.\nNothing was erased. Do that first, or say --even-so.\n' });
  expect((await naming(/eve@example/)).length).toBeGreaterThan(1);
  expect(run(['erase', 'eve@example.com', '--yes', '--even-so'])).toMatchObject({ status: 0 });
  expect(await naming(/eve@example|Eve Ekholm/)).toEqual([]);
  expect(runCommand('contracts', ['list'], { DATA_DIR: data }).out).toMatch(/87654321\t.*\t1 administrators/);
}, 60_000);

test('the same mail in two companies: one of them has to be said, and the other keeps its person', async () => {
  expect(run(['export', 'anna@example.com'])).toMatchObject({ status: 1, out: '', err: `anna@example.com is known in 2 tenants. Give one of them behind the mail: ${TENANT}, ${OTHER_TENANT}\n` });
  expect(run(['erase', 'anna@example.com', OTHER_TENANT, '--yes', '--even-so'])).toMatchObject({ status: 0 });
  expect(JSON.parse(run(['export', 'anna@example.com']).out)).toMatchObject({ tenantId: TENANT, roles: [{ contractId: '12345678' }] });
}, 60_000);

test('killed in the middle and run again, nothing is left and every history holds', async () => {
  const store = await openJsonStore(data, () => undefined);
  for (let n = 0; n < 200; n += 1) await store.contracts.save({ ...contract(String(20_000 + n)), contract: { ...contract(String(20_000 + n)).contract, primaryContact: 'cleo@example.com' } });
  await store.close();
  const folder = join(data, 'journal');
  const erased = (): number => readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name), 'utf8').split('"kind":"erased"').length - 1, 0);
  expect(await killCommand('people', ['erase', 'cleo@example.com', '--yes'], { DATA_DIR: data }, () => erased() > 20)).toBe('SIGKILL');
  expect(erased()).toBeLessThan(200);
  expect((await naming(CLEO)).some((name) => name.startsWith('people'))).toBe(true);
  expect(run(['erase', 'cleo@example.com', '--yes'])).toMatchObject({ status: 0 });
  expect(await naming(CLEO)).toEqual([]);
  expect(runCommand('contracts', ['verify'], { DATA_DIR: data })).toMatchObject({ status: 0 });
}, 60_000);

test('what is not gone through is named', async () => {
  const aside = join(data, 'tickets', 'x.json.damaged-2026');
  await writeFile(aside, 'cleo@example.com');
  await mkdir(join(data, 'gaps', 'xdir.json'));
  const told = run(['erase', 'cleo@example.com']);
  expect(told).toMatchObject({ status: 0 });
  expect(told.err.trim().split('\n')).toEqual([`${join(data, 'gaps', 'xdir.json')} cannot be read, and is not gone through. Repair it or delete it.`, `${aside} is not gone through. Look whether it holds personal data.`]);
}, 60_000);

test('what is misused says how it is used', () => {
  for (const args of [[], ['export'], ['erase', 'no mail'], ['forget', 'a@example.com'], ['erase', 'a@example.com', 'no tenant!'], ['export', 'a@example.com', '--force'], ['export', 'a@example.com', TENANT, 'x']]) expect(run(args)).toMatchObject({ status: 2, out: '', err: expect.stringContaining('Usage:') });
}, 60_000);
