import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { freePort } from '../support/freePort.ts';
import type { Image } from '../support/image.ts';
import { isRoot, stageImage } from '../support/image.ts';

// What the image would hold and run, without Docker: its files in a folder of their own, its command as a process without rights on them.

const DOCKERFILE = 'appPackage/azure/Dockerfile';
const ID = '12345678-1234-4234-8234-123456789abc';

let dir: string;
let image: Image;
let bot: ChildProcess | undefined;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'vl-image-'));
  chmodSync(dir, 0o755);
  image = stageImage(DOCKERFILE, '.dockerignore', dir);
  // Where node lies in a home folder, nobody else could run it.
  mkdirSync(join(dir, 'bin'));
  copyFileSync(process.execPath, join(dir, 'bin/node'));
}, 180_000);
afterAll(() => {
  bot?.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

test('the Dockerfile has nothing to complain of', () => {
  expect(validate(readFileSync(DOCKERFILE, 'utf8'))).toEqual([]);
});

test('the image holds what the bot reads, and nothing else', () => {
  const app = join(image.root, image.workingDirectory);
  const inside = (folder: string): string[] => readdirSync(join(app, folder)).toSorted();
  expect(inside('.')).toEqual(['data', 'dialogs', 'dist', 'node_modules', 'package.json']);
  expect([inside('data'), inside('dialogs'), inside('dist')]).toEqual([['knowledge', 'store', 'support'], ['guides'], ['bot', 'cards', 'data', 'dialogs', 'knowledge.bin']]);
  expect(inside('node_modules')).toContain('botbuilder');
  for (const name of ['jest', 'typescript', 'playwright-core']) expect(inside('node_modules')).not.toContain(name);
  const megabytes = Number(execFileSync('du', ['-sm', app], { encoding: 'utf8' }).split('\t')[0]);
  expect(megabytes).toBeLessThan(250);
});

test('its command starts without rights on its own files, is found healthy, and ends by SIGTERM', async () => {
  const port = await freePort();
  const data = join(image.root, image.environment['DATA_DIR'] ?? '');
  expect(image.volumes).toEqual([image.environment['DATA_DIR']]);
  expect(image.user.uid).toBeGreaterThan(0);
  expect(image.command[0]).toBe('node');
  const env = { ...image.environment, PATH: join(dir, 'bin'), DATA_DIR: data, PORT: String(port), HOST: '127.0.0.1', MicrosoftAppId: ID, MicrosoftAppTenantId: ID, MicrosoftAppPassword: 'secret' };
  const options = { cwd: join(image.root, image.workingDirectory), env, ...(isRoot ? image.user : {}) };
  const [check = '', ...checkArgs] = image.healthcheck;
  expect(spawnSync(check, checkArgs, options).status).toBe(1);

  const [command = '', ...args] = image.command;
  bot = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  bot.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  bot.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(bot, 'exit');
  await Promise.race([listening(`http://127.0.0.1:${port}/healthz`), ended.then(() => Promise.reject(new Error(said)))]);
  expect(spawnSync(check, checkArgs, options).status).toBe(0);
  bot.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}, 60_000);

async function listening(url: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (await fetch(url).then(({ status }) => status === 200, () => false)) return;
  }
  throw new Error(`${url} did not answer`);
}
