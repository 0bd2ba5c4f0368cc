import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normaliseContractId } from '../data/model/ids.ts';
import { Person } from '../data/model/person.ts';
import { ContractRecord } from '../data/model/record.ts';
import { ok } from '../data/model/result.ts';
import type { AuditFormat } from '../data/operations/auditExport.ts';
import { exportAudit } from '../data/operations/auditExport.ts';
import { brokenLink } from '../data/operations/chain.ts';
import { readPortalList } from '../data/operations/portalListCsv.ts';
import { reconcile } from '../data/operations/reconcile.ts';
import { readFolder } from '../data/store/json/collection.ts';
import { administratorsOf } from '../data/rules/rules.ts';
import { importContracts } from '../data/operations/importContracts.ts';
import type { Store } from '../data/store/store.ts';
import { openJsonStore } from '../data/store/json/open.ts';
import { readSettings } from './config.ts';
import { exitWith } from './exit.ts';
import { randomIds, systemClock } from './system.ts';

// `npm run contracts -- …`. What writes must not run beside the bot on the same DATA_DIR; what only reads may.

const USAGE = `Usage: npm run contracts -- import FILE
       npm run contracts -- list
       npm run contracts -- reconcile FILE [CONTRACT] [TENANT]
       npm run contracts -- verify
       npm run contracts -- audit [--csv|--jsonl] [CONTRACT]`;
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const err = (line: string): void => void process.stderr.write(`${line}\n`);

class Unreadable extends Error {}

process.exitCode = await main(process.argv.slice(2));

async function main([command = '', ...rest]: string[]): Promise<number> {
  const act = actOf(command, rest);
  if (!act) {
    err(USAGE);
    return 2;
  }
  try {
    // Only the folder matters here, so that the command runs wherever the bot's secrets are not.
    return await act(readSettings({ DATA_DIR: process.env['DATA_DIR'] }).dataDir);
  } catch (error) {
    if (!(error instanceof Unreadable)) exitWith(error);
    err(error.message);
    return 1;
  }
}

function actOf(command: string, [first, ...others]: string[]): ((dataDir: string) => Promise<number>) | undefined {
  switch (command) {
    case 'import':
      return first === undefined ? undefined : async (dataDir) => {
        const csv = await readCsv(first);
        return withStore(dataDir, (store) => importFile(store, csv, dataDir), true);
      };
    case 'list':
      return (dataDir) => withStore(there(dataDir), list);
    case 'reconcile':
      return first === undefined ? undefined : async (dataDir) => {
        const csv = await readCsv(first);
        return withStore(there(dataDir), (store) => reconcileFile(store, csv, others));
      };
    case 'verify':
      return (dataDir) => verify(there(dataDir));
    case 'audit':
      return (dataDir) => audit(there(dataDir), [first, ...others].filter((one) => one !== undefined));
    default:
      return undefined;
  }
}

function there(dataDir: string): string {
  if (!existsSync(dataDir)) throw new Unreadable(`${dataDir} does not exist. Set DATA_DIR to the bot's folder.`);
  return dataDir;
}

/** Owns the store meanwhile. `whole`: nothing is done when a file was damaged. */
async function withStore(dataDir: string, work: (store: Store) => Promise<number>, whole = false): Promise<number> {
  let damages = 0;
  const store = await openJsonStore(dataDir, ({ file: damaged, setAside, reason }) => {
    damages += 1;
    err(`${damaged} was damaged (${reason}) and set aside as ${setAside}`);
  });
  try {
    if (!whole || damages === 0) return await work(store);
    err('Nothing was imported: it would begin anew what was set aside. Repair or restore those files first, or import again to go on without them.');
    return 1;
  } finally {
    await store.close();
  }
}

/** Proves every history, or names the first broken link of each that does not hold. */
async function verify(dataDir: string): Promise<number> {
  let wrong = 0;
  const damaged = (file: string): void => {
    wrong += 1;
    err(`${file} cannot be read`);
  };
  const records = await readFolder(join(dataDir, 'contracts'), ContractRecord, damaged);
  let events = 0;
  for (const { contract, events: chain } of records) {
    events += chain.length;
    const broken = brokenLink(chain);
    if (broken === undefined) continue;
    wrong += 1;
    err(`contract ${contract.id} of tenant ${contract.tenantId}: ${broken}`);
  }
  out(`${records.length} contracts, ${events} events: ${wrong === 0 ? 'every history holds' : `${wrong} broken`}.`);
  return wrong === 0 ? 0 : 1;
}

function leftOut(file: string): void {
  err(`${file} cannot be read and is left out`);
}

async function audit(dataDir: string, args: string[]): Promise<number> {
  const format: AuditFormat = args.includes('--jsonl') ? 'jsonl' : 'csv';
  const wanted = args.filter((arg) => !arg.startsWith('--')).map(normaliseContractId);
  const people = new Map((await readFolder(join(dataDir, 'people'), Person, leftOut)).map((person) => [person.id, person.mail]));
  const records = (await readFolder(join(dataDir, 'contracts'), ContractRecord, leftOut)).filter(({ contract }) => wanted.length === 0 || wanted.includes(contract.id));
  process.stdout.write(exportAudit(records.toSorted((a, b) => a.contract.id.localeCompare(b.contract.id)), format, (id) => people.get(id) ?? id));
  return 0;
}

/** Compares contracts with the portal's list; what differs is accepted in the chat, by an administrator. */
async function reconcileFile(store: Store, csv: string, [typed, tenant]: string[]): Promise<number> {
  const { rows, problems } = readPortalList(csv);
  for (const { line, reason } of problems) err(`line ${line}: ${reason}`);
  if (problems.length > 0) return 1;
  const named = typed === undefined ? [] : [normaliseContractId(typed)];
  const inFile = [...new Set(rows.flatMap(({ contractId }) => (contractId === undefined ? [] : [contractId])))];
  const ids = inFile.length > 0 ? inFile : named;
  if (ids.length === 0) throw new Unreadable('The list names no contract. Give the contract ID behind the file.');
  let failed = 0;
  for (const id of ids) {
    const records = (await store.contracts.all()).filter(({ contract }) => contract.id === id && (tenant === undefined || contract.tenantId === tenant));
    const [only] = records;
    if (!only || records.length > 1) {
      failed += 1;
      err(only ? `contract ${id} is known in ${records.length} tenants. Give the tenant id behind the contract ID.` : `contract ${id} is not known.`);
      continue;
    }
    const load = async () => ok((await store.contracts.get(only.contract.tenantId, id)) ?? only);
    const result = await reconcile({ ...store, clock: systemClock, ids: randomIds }, load, undefined, rows.filter(({ contractId }) => contractId === undefined || contractId === id));
    if (!result.ok) throw new Error(`reconciling contract ${id} was refused`);
    const { differences = [] } = result.value.reconciliation ?? {};
    out(`${id}: ${differences.length} differences.`);
    for (const { kind, mail, role, status } of differences) out([`  ${kind}`, mail, role ?? '', status ?? ''].join('\t'));
  }
  return failed === 0 ? 0 : 1;
}

async function readCsv(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new Unreadable(`${file} is a folder, not a CSV file.`);
    throw new Unreadable(code === 'ENOENT' ? `${file} does not exist.` : `${file} cannot be read as UTF-8 text (${code ?? 'not UTF-8'}). Save it as CSV UTF-8.`);
  }
}

async function importFile(store: Store, csv: string, dataDir: string): Promise<number> {
  const { created, changed, unchanged, problems } = await importContracts({ ...store, clock: systemClock, ids: randomIds }, csv);
  if (problems.length > 0) {
    for (const { line, reason } of problems) err(`line ${line}: ${reason}`);
    err(`Nothing was imported: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`);
    return 1;
  }
  out(`${created.length} created, ${changed.length} changed, ${unchanged.length} unchanged in ${dataDir}.`);
  return 0;
}

async function list(store: Store): Promise<number> {
  const records = (await store.contracts.all()).toSorted((a, b) => a.contract.id.localeCompare(b.contract.id));
  for (const record of records) {
    const { id, name, program, cloud, endDate, tenantId } = record.contract;
    const pending = record.requests.filter((r) => r.state === 'pending').length;
    out([id, name, program, cloud, endDate ?? '', tenantId, `${administratorsOf(record).length} administrators`, `${pending} pending`].join('\t'));
  }
  out(`${records.length} contracts.`);
  return 0;
}
