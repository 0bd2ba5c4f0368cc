import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Mail, TenantId } from '../data/model/ids.ts';
import { erasePerson, planErasure } from '../data/operations/erasePerson.ts';
import { exportPerson } from '../data/operations/exportPerson.ts';
import { cleanerFor } from '../data/privacy/clean.ts';
import { holdsOf } from '../data/privacy/holds.ts';
import type { TenantRecords, Traces } from '../data/privacy/traces.ts';
import { tracesOf } from '../data/privacy/traces.ts';
import type { StoreReading } from '../data/store/reading.ts';
import { recordsOfTenant, tenantsNaming } from '../data/store/tenantRecords.ts';
import { CannotDo } from './cannotDo.ts';
import type { Settings } from './config.ts';
import { readStoreSettings } from './config.ts';
import { cleanDrafts, draftsOf } from './desk/draft.ts';
import { sayErasure, sayHolds } from './erasureWords.ts';
import { exitWith } from './exit.ts';
import { storeOf } from './stores.ts';
import { systemClock } from './system.ts';

// `npm run people -- …`. `export`, and `erase` without --yes, change nothing, and the bot may run meanwhile; on a database it always may.

const USAGE = `Usage: npm run people -- export MAIL [TENANT]
       npm run people -- erase MAIL [TENANT] [--yes] [--even-so]
--yes erases; without it, what would be erased is told. --even-so erases who still holds something.`;
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const err = (line: string): void => void process.stderr.write(`${line}\n`);

interface Asked {
  command: 'export' | 'erase';
  mail: string;
  tenantId: string | undefined;
  yes: boolean;
  evenSo: boolean;
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const asked = readArgs(args);
  if (!asked) {
    err(USAGE);
    return 2;
  }
  try {
    // Only the store matters here, so that the command runs wherever the bot's secrets are not.
    const settings = readStoreSettings(process.env);
    return await (asked.command === 'export' ? exportOne(settings, asked) : eraseOne(settings, asked));
  } catch (error) {
    exitWith(error);
  }
}

function readArgs(args: string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { yes: { type: 'boolean', default: false }, 'even-so': { type: 'boolean', default: false } } });
    const [command, typed, tenant, ...others] = positionals;
    const mail = Mail.safeParse(typed).data;
    const tenantId = TenantId.safeParse(tenant).data;
    if ((command !== 'export' && command !== 'erase') || mail === undefined || (tenant !== undefined && tenantId === undefined) || others.length > 0) return undefined;
    return { command, mail, tenantId, yes: values.yes, evenSo: values['even-so'] };
  } catch {
    return undefined;
  }
}

async function exportOne(settings: Settings, asked: Asked): Promise<number> {
  return reading(settings, asked, async (records, store) => {
    const traces = await tracesOf(records, asked.mail);
    const data = await exportPerson(records, traces, systemClock.now().toISOString());
    const pictures: Record<string, string> = {};
    for await (const { tenantId, name, bytes } of store.pictures()) if (tenantId === records.tenantId && data.pictures.includes(name)) pictures[name] = Buffer.from(bytes).toString('base64');
    const drafts = await draftsOf(draftsFolder(settings), data.tickets.map(({ id }) => id));
    out(JSON.stringify({ ...data, pictures, drafts }, null, 2));
    return 0;
  }, () => {
    err(`Nothing of ${asked.mail} is known.`);
    return 1;
  });
}

async function eraseOne(settings: Settings, asked: Asked): Promise<number> {
  const at = systemClock.now().toISOString();
  const tenantId = await reading(settings, asked, async (records) => {
    const traces = await tracesOf(records, asked.mail);
    const holds = traces.person ? sayHolds(await holdsOf(records, traces.person.id)) : [];
    for (const line of holds) err(line);
    if (holds.length > 0 && !asked.evenSo) throw new CannotDo('Nothing was erased. Do that first, or say --even-so.');
    if (asked.yes) return records.tenantId;
    const drafts = await cleanDrafts(draftsFolder(settings), draftCleaner(traces), true);
    out(`${asked.mail} in tenant ${records.tenantId}: ${sayErasure(await planErasure(records, traces, at), drafts)} Nothing was erased yet: say --yes.`);
    return undefined;
  }, () => {
    out(`Nothing of ${asked.mail} is known.`);
    return undefined;
  });
  if (tenantId !== undefined) await eraseFrom(settings, asked.mail, tenantId, at);
  return 0;
}

async function eraseFrom(settings: Settings, mail: string, tenantId: string, at: string): Promise<void> {
  const store = await storeOf(settings).open(err);
  try {
    const traces = await tracesOf({ tenantId, of: (kind) => store.records.of(kind, tenantId) }, mail);
    // While the person is known, so that they are found again when this is cut off.
    const drafts = await cleanDrafts(draftsFolder(settings), draftCleaner(traces), false);
    out(`${mail} in tenant ${tenantId}: ${sayErasure(await erasePerson(store, traces, at), drafts)} Erased; what is left goes by ${traces.pseudonymMail}.`);
    out('Not reached from here: earlier backups, what was posted in Teams, a help desk elsewhere.');
  } finally {
    await store.close();
  }
}

/** With the records of the tenant in which the mail stands. */
async function reading<T>(settings: Settings, { mail, tenantId }: Asked, work: (records: TenantRecords, store: StoreReading) => Promise<T>, unknown: () => T): Promise<T> {
  const store = await storeOf(settings).read();
  try {
    const tenants = (await tenantsNaming(store, mail, (at) => err(`${at} cannot be read, and is not gone through. Repair it or delete it.`))).filter((one) => tenantId === undefined || one === tenantId);
    for await (const { at } of store.strays()) err(`${at} is not gone through. Look whether it holds personal data.`);
    const [only] = tenants;
    if (only === undefined) return unknown();
    if (tenants.length > 1) throw new CannotDo(`${mail} is known in ${tenants.length} tenants. Give one of them behind the mail: ${tenants.join(', ')}`);
    return await work(recordsOfTenant(store, only), store);
  } finally {
    await store.close();
  }
}

function draftsFolder({ dataDir }: Settings): string {
  return join(dataDir, 'drafts');
}

/** In a draft of the person's own talk a part of the name, as a helper would call the person, is the person too. */
function draftCleaner(traces: Traces): (text: string, ticket: string) => string {
  const parts = traces.names.flatMap((name) => name.split(/\s+/u)).filter((part) => part.length > 1);
  const [others, own] = [cleanerFor(traces), cleanerFor({ ...traces, names: [...traces.names, ...parts] })];
  return (text, ticket) => (traces.tickets.includes(ticket) ? own : others).text(text, true);
}
