import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
    timeout: 20_000,
  });
  return { status, out: stdout, err: stderr };
};

test('contracts: import, again, list', () => {
  expect(run('contracts', ['import', join(dir, 'good.csv')])).toEqual({ status: 0, out: '5 created, 0 changed, 0 unchanged.\n', err: '' });
  expect(run('contracts', ['import', join(dir, 'good.csv')])).toEqual({ status: 0, out: '0 created, 0 changed, 5 unchanged.\n', err: '' });
  const listed = run('contracts', ['list']);
  expect(listed.out).toMatch(/12345678\tContoso Open Value\tOpen Value\tpublic\t2028-03-31\t.*\t2 administrators\t0 pending/);
  expect(listed.out).toMatch(/5 contracts\.\n$/);
});

test('contracts: what is wrong gets a sentence and a code, never a stack', () => {
  const bad = run('contracts', ['import', join(dir, 'bad.csv')], { DATA_DIR: join(dir, 'other') });
  expect(bad).toMatchObject({ status: 1, out: '' });
  expect(bad.err).toBe('line 2: cloud "mars" is not one of public, gcc, gcchigh, dod\nNothing was imported: 1 problem.\n');
  expect(run('contracts', ['list'], { DATA_DIR: join(dir, 'other') }).out).toBe('0 contracts.\n');
  expect(run('contracts', ['import', join(dir, 'nowhere.csv')])).toMatchObject({ status: 1, err: expect.stringContaining('nowhere.csv does not exist.') });
  expect(run('contracts', ['import', join(dir, 'latin1.csv')])).toMatchObject({ status: 1, err: expect.stringContaining('Save it as CSV UTF-8') });
  expect(run('contracts', ['import', dir])).toMatchObject({ status: 1, err: expect.stringContaining('EISDIR') });
  for (const args of [[], ['import'], ['delete']]) expect(run('contracts', args)).toMatchObject({ status: 2, err: expect.stringContaining('Usage:') });
});

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
});
