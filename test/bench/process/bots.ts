import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TENANT } from '../../support/people.ts';
import type { Company } from '../company/write.ts';
import { writeCompany } from '../company/write.ts';
import { REGISTERED } from '../peers/credentials.ts';
import type { Child } from './child.ts';
import { startChild } from './child.ts';
import { FLAGS } from './flags.ts';

/** The process that plays the channel. */
export interface Client {
  child: Child;
  /** Of its Bot Connector. */
  url: string;
  /** What a bot that is authenticated needs to trust its tokens. */
  openId: Record<string, string>;
  /** How many different ones it asks. */
  questions: number;
}

export async function startClient(): Promise<Client> {
  const child = await startChild('load/client');
  return { child, ...(JSON.parse(child.ready) as Omit<Client, 'child'>) };
}

/** A bot of the bench in a process of its own. */
export interface Bot {
  child: Child;
  url: string;
  /** Where this bot keeps its data; the others keep none. */
  dataDir: string | undefined;
  stop(): Promise<void>;
}

/** Starts a module of `peers/` that keeps nothing. */
export async function startPeer(module: string, client: Client, isAuthenticated: boolean): Promise<Bot> {
  const child = await startChild(`peers/${module}`, isAuthenticated ? { ...REGISTERED, ...client.openId } : {});
  return { child, url: child.ready, dataDir: undefined, stop: () => child.stop() };
}

/** Starts this bot with the data of a company. */
export async function startSubject(client: Client, isAuthenticated: boolean, company: Company, settings: Record<string, string> = {}): Promise<Bot> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vl-bench-'));
  await writeCompany(dataDir, company);
  const registered = isAuthenticated ? { ...REGISTERED, ...client.openId } : {};
  const child = await startChild('peers/subject', { PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ALLOWED_TENANTS: TENANT, DOCTOR: 'off', TURNS_PER_MINUTE: '10000000', TENANT_TURNS_PER_MINUTE: '10000000', ...registered, ...settings }, FLAGS);
  const stop = async (): Promise<void> => {
    await child.stop();
    await rm(dataDir, { recursive: true });
  };
  return { child, url: child.ready, dataDir, stop };
}
