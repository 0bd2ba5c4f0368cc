import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/freePort.ts';
import { USUAL } from '../company/companies.ts';
import { writeCompany } from '../company/write.ts';
import type { Order } from '../load/pace.ts';
import type { Client } from './bots.ts';
import { FLAGS } from './flags.ts';

/** Starts the bot as its users do, with the data of a usual company; milliseconds until somebody who asks all the time is answered. */
export async function startedAnswers(client: Client): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vl-bench-'));
  await writeCompany(dataDir, USUAL);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const order: Order = { session: `start ${port}`, url, scenario: 'firstWord', company: USUAL, conversations: 1, atOnce: 1, isAuthenticated: false };
  const began = performance.now();
  const bot = spawn(process.execPath, [...FLAGS, 'dist/bot/main.js'], { env: { PATH: process.env['PATH'], PORT: String(port), DATA_DIR: dataDir }, stdio: ['ignore', 'ignore', 'inherit'] });
  await client.child.ask('begin', order);
  const ms = performance.now() - began;
  bot.kill('SIGTERM');
  await new Promise((resolve) => bot.once('exit', resolve));
  await rm(dataDir, { recursive: true });
  return ms;
}
