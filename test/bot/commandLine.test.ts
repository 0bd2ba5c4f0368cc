import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTRACTS } from '../support/people.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vl-cli-'));
  await writeFile(join(dir, 'good.csv'), CONTRACTS);
  await writeFile(join(dir, 'bad.csv'), CONTRACTS.replace('Open Value,public', 'Open Value,mars'));
  await writeFile(join(dir, 'latin1.csv'), Buffer.from([0xe9, 0xff, 0x00]));
});
afterAll(() => rm(dir, { recursive: true }));

const run = (file: string, args: string[], environment: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', `dist/bot/${file}.js`, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dir, 'data'), ...environment },
    timeout: 60_000,
  });
  return { status, out: stdout, err: stderr };
};

test('contracts: import, again, list', () => {
  expect(run('contracts', ['import', join(dir, 'good.csv')])).toEqual({ status: 0, out: `5 created, 0 changed, 0 unchanged in ${join(dir, 'data')}.\n`, err: '' });
  expect(run('contracts', ['import', join(dir, 'good.csv')])).toEqual({ status: 0, out: `0 created, 0 changed, 5 unchanged in ${join(dir, 'data')}.\n`, err: '' });
  const listed = run('contracts', ['list']);
  expect(listed.out).toMatch(/12345678\tContoso Open Value\tOpen Value\tpublic\t2028-03-31\t.*\t2 administrators\t0 pending/);
  expect(listed.out).toMatch(/5 contracts\.\n$/);
}, 60_000);

test('contracts: verify proves every history, or names the first broken link; audit and reconcile', async () => {
  const data = join(dir, 'chain');
  const at = { DATA_DIR: data };
  expect(run('contracts', ['import', join(dir, 'good.csv')], at).status).toBe(0);
  expect(run('contracts', ['verify'], at)).toEqual({ status: 0, out: '5 contracts, 10 events: every history holds.\n', err: '' });
  await writeFile(join(dir, 'list.csv'), 'Contract ID,Sign-in email,Roles\n87654321,zoe@example.com,Benefits reader\n');
  const compared = run('contracts', ['reconcile', join(dir, 'list.csv')], at);
  expect(compared).toMatchObject({ status: 0, err: '' });
  expect(compared.out).toContain('87654321: 2 differences.');
  expect(run('contracts', ['reconcile', join(dir, 'good.csv')], at)).toMatchObject({ status: 1 });
  const exported = run('contracts', ['audit', '--jsonl', '87654321'], at).out.trim().split('\n').map((line) => JSON.parse(line) as { contractId: string; act: { kind: string } });
  expect(exported.map(({ contractId, act }) => `${contractId} ${act.kind}`)).toEqual(['87654321 imported', '87654321 assigned', '87654321 reconciled']);
  expect(run('contracts', ['audit'], at).out).toContain('eve@example.com');
  const folder = join(data, 'contracts');
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'utf8');
    if (text.includes('87654321')) await writeFile(join(folder, name), text.replace('"kind":"assigned"', '"kind":"removed"').replace('"kind": "assigned"', '"kind": "removed"'));
  }
  const broken = run('contracts', ['verify'], at);
  expect(broken).toMatchObject({ status: 1, out: '5 contracts, 11 events: 1 broken.\n' });
  expect(broken.err).toContain('contract 87654321 of tenant');
  expect(broken.err).toContain('event 2 of 3');
}, 60_000);

test('contracts: what is wrong gets a sentence and a code, never a stack', () => {
  const bad = run('contracts', ['import', join(dir, 'bad.csv')], { DATA_DIR: join(dir, 'other') });
  expect(bad).toMatchObject({ status: 1, out: '' });
  expect(bad.err).toBe('line 2: cloud "mars" is not one of public, gcc, gcchigh, dod\nNothing was imported: 1 problem.\n');
  expect(run('contracts', ['list'], { DATA_DIR: join(dir, 'other') }).out).toBe('0 contracts.\n');
  expect(run('contracts', ['import', join(dir, 'nowhere.csv')])).toMatchObject({ status: 1, err: expect.stringContaining('nowhere.csv does not exist.') });
  expect(run('contracts', ['import', join(dir, 'latin1.csv')])).toMatchObject({ status: 1, err: expect.stringContaining('Save it as CSV UTF-8') });
  expect(run('contracts', ['import', dir])).toMatchObject({ status: 1, err: `${dir} is a folder, not a CSV file.\n` });
  expect(run('contracts', ['list'], { DATA_DIR: join(dir, 'mistyped') })).toMatchObject({ status: 1, err: expect.stringContaining('mistyped does not exist') });
  for (const args of [[], ['import'], ['delete']]) expect(run('contracts', args)).toMatchObject({ status: 2, err: expect.stringContaining('Usage:') });
}, 60_000);

test('contracts: a file that cannot be read stops it and is left where it is; a damaged one stops an import once', async () => {
  const data = join(dir, 'unreadable');
  expect(run('contracts', ['import', join(dir, 'good.csv')], { DATA_DIR: data }).status).toBe(0);
  const folder = join(data, 'contracts');
  const [first] = await readdir(folder);
  const content = await readFile(join(folder, first!), 'utf8');
  // A folder in the place of the file: root may read everything, but not this.
  await rm(join(folder, first!));
  await mkdir(join(folder, first!));
  expect(run('contracts', ['list'], { DATA_DIR: data })).toMatchObject({ status: 1, err: expect.stringMatching(/^.* cannot be read \(EISDIR\)\. Nothing was changed.*\n$/) });
  expect(await readdir(folder)).toContain(first);
  await rm(join(folder, first!), { recursive: true });
  await writeFile(join(folder, first!), content.slice(0, 50));
  expect(run('contracts', ['import', join(dir, 'good.csv')], { DATA_DIR: data })).toMatchObject({ status: 1, err: expect.stringMatching(/was damaged \(it is not JSON\)[\s\S]*Nothing was imported/) });
  expect(run('contracts', ['import', join(dir, 'good.csv')], { DATA_DIR: data })).toMatchObject({ status: 0, out: `1 created, 0 changed, 4 unchanged in ${data}.\n` });
}, 60_000);

test('a DATA_DIR that cannot be one is a sentence', async () => {
  for (const file of ['main', 'contracts']) {
    expect(run(file, ['list'], { DATA_DIR: join(dir, 'good.csv') })).toMatchObject({ status: 1, out: '', err: expect.stringMatching(/good\.csv.* cannot be used \(E\w+\)\. Set DATA_DIR to a folder.*\n$/) });
  }
}, 60_000);

test('the server: a port in use is one sentence', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  expect(run('main', [], { PORT: String(port), DATA_DIR: join(dir, 'port') })).toMatchObject({ status: 1, err: `PORT ${port} cannot be listened to (EADDRINUSE). Stop what listens there, or set PORT to another one.\n` });
  await new Promise((resolve) => taken.close(resolve));
}, 60_000);

test('the server: wrong settings and a folder in use are one sentence each', async () => {
  expect(run('main', [], { NODE_ENV: 'production' })).toMatchObject({ status: 1, out: '', err: expect.stringMatching(/^MicrosoftAppId is missing.*\n$/) });
  const server = spawn(process.execPath, ['dist/bot/main.js'], { env: { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dir, 'data'), PORT: '0' } });
  const said = await new Promise<string>((resolve) => server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())));
  expect(said).toContain('unauthenticated: MicrosoftAppId is not set');
  expect(run('main', [], { PORT: '0' })).toMatchObject({ status: 1, err: expect.stringMatching(/in use by process \d+ on .*Stop it first, or set DATA_DIR/) });
  expect(run('contracts', ['list'])).toMatchObject({ status: 1, err: expect.stringContaining('in use by process') });
  const code = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  expect(await code).toBe(0);
  expect(run('contracts', ['list']).status).toBe(0);
}, 60_000);

test('knowledge: check finds nothing; gaps lists what was asked, as Markdown and as CSV that no spreadsheet runs', async () => {
  expect(run('knowledge', ['check'])).toMatchObject({ status: 0, out: expect.stringMatching(/^84 entries in two languages, \d+ questions, 0 problems\.\n$/) });
  const data = join(dir, 'gaps');
  expect(run('knowledge', ['gaps'], { DATA_DIR: data })).toMatchObject({ status: 1, err: expect.stringContaining('does not exist') });
  await mkdir(join(data, 'gaps'), { recursive: true });
  const gap = { version: 1, tenantId: 'aaaaaaaa-0000-4000-8000-000000000001', language: 'en', near: [], times: 3, at: '2026-11-23T06:00:00.000Z' };
  await writeFile(join(data, 'gaps', 'x1.json'), JSON.stringify({ ...gap, question: '=purple **elephants** "dance"' }));
  await writeFile(join(data, 'gaps', 'x2.json'), JSON.stringify({ ...gap, question: 'I never got the welcome mail' }));
  await writeFile(join(data, 'gaps', 'x3.json'), '{"cut');
  await mkdir(join(data, 'ratings'));
  const votes = { 'p-00000001': { helpful: false, language: 'ja', question: '招待が来ない', at: '2026-11-23T06:00:00.000Z' }, 'p-00000002': { helpful: true, language: 'ja', question: 'x', at: '2026-11-23T06:00:00.000Z' } };
  await writeFile(join(data, 'ratings', 'x1.json'), JSON.stringify({ version: 1, tenantId: gap.tenantId, entryId: 'welcome-mail-missing', votes }));
  const markdown = run('knowledge', ['gaps'], { DATA_DIR: data });
  expect(markdown.status).toBe(0);
  expect(markdown.err).toContain('x3.json cannot be read');
  expect(markdown.out).toContain('=purple \\*\\*elephants\\*\\* "dance" (en, 3x, last 2026-11-23)');
  expect(markdown.out).toMatch(/did not help[\s\S]*### welcome-mail-missing \(1\)[\s\S]*招待が来ない/);
  // Another tenant's questions stand in a chapter of their own.
  await writeFile(join(data, 'gaps', 'x4.json'), JSON.stringify({ ...gap, tenantId: 'bbbbbbbb-0000-4000-8000-000000000002', question: 'purple giraffes' }));
  expect(run('knowledge', ['gaps'], { DATA_DIR: data }).out).toMatch(/# Tenant aaaaaaaa[\s\S]*elephants[\s\S]*# Tenant bbbbbbbb[\s\S]*giraffes/);
  // It has its answer by now.
  expect(markdown.out).not.toContain('never got');
  const csv = run('knowledge', ['gaps', '--csv'], { DATA_DIR: data }).out;
  expect(csv).toMatch(/^\uFEFFtenant,kind,entry,language,question,times,last\r\n/);
  expect(csv).toContain(`"'=purple **elephants** ""dance"""`);
  expect((await readdir(join(data, 'gaps'))).length).toBe(4);
  for (const args of [[], ['dance'], ['gaps', '--xml'], ['check', '--csv']]) expect(run('knowledge', args)).toMatchObject({ status: 2, err: expect.stringContaining('Usage:') });
}, 180_000);
