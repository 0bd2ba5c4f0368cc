import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, freshDatabase } from './database.ts';
import { freePort } from './freePort.ts';

/** A PostgreSQL server of its own, on a spare port, with its data in a temporary folder. */
export interface PostgresServer {
  port: number;
  /** The address of its database `postgres`. */
  url: string;
  /** The address of an empty database that nobody else uses. */
  freshDatabase(): Promise<string>;
  sql: typeof ask;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

/** The one name that the server lets in with a password only, once a test has made it. */
export const WITH_PASSWORD = 'locked';

/** Ends the server with whoever started it: its standard input ends with that process, however that ends. */
const WITH_ITS_STARTER = '"$@" & server=$!; read -r _; kill -QUIT $server; wait $server';

export async function postgresServer(): Promise<PostgresServer> {
  const bin = binaries();
  const account = otherAccount();
  const folder = mkdtempSync(join(tmpdir(), 'vl-postgres-'));
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  // Its files need not survive a power cut; what it writes later is written as in production.
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bot', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const rules = join(data, 'pg_hba.conf');
  writeFileSync(rules, `host all ${WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\n${readFileSync(rules, 'utf8')}`);
  const port = await freePort();
  const url = `postgres://bot@127.0.0.1:${port}/postgres`;
  let running: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const settings = ['-D', data, '-p', String(port), '-k', '', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'];
    running = spawn('/bin/sh', ['-c', WITH_ITS_STARTER, 'sh', join(bin, 'postgres'), ...settings], { ...account, cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] });
    for (let tries = 0; !(await answers(() => ask(url, 'select 1'))); tries += 1) {
      if (tries > 300) throw new Error('PostgreSQL was started and does not answer');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const kill = async (): Promise<void> => {
    const gone = new Promise((resolve) => running?.once('exit', resolve) ?? resolve(undefined));
    running?.stdin?.end();
    await gone;
    running = undefined;
  };
  await start();
  return {
    port,
    url,
    freshDatabase: async () => (await freshDatabase(url)).url,
    sql: ask,
    kill,
    start,
    stop: async () => {
      if (running) await kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** Where PostgreSQL's programs are: Debian keeps them beside the path, one folder a version. */
function binaries(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => `/usr/lib/postgresql/${version}/bin`), ...(process.env['PATH'] ?? '').split(':')];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (found === undefined) throw new Error('These tests need a PostgreSQL server to start: install it (Debian: apt-get install postgresql; macOS: brew install postgresql), or put the folder of initdb and postgres into PATH.');
  return found;
}

/** PostgreSQL does not run as root. */
function otherAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || 65_534);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function answers(question: () => Promise<unknown>): Promise<boolean> {
  return question().then(() => true, () => false);
}
