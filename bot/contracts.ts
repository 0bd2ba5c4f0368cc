import { readFile } from 'node:fs/promises';
import { normaliseContractId } from '../data/model/ids.ts';
import { ok } from '../data/model/result.ts';
import { readPortalList } from '../data/operations/portalListCsv.ts';
import { reconcile } from '../data/operations/reconcile.ts';
import { administratorsOf } from '../data/rules/rules.ts';
import { importContracts } from '../data/operations/importContracts.ts';
import type { Store } from '../data/store/store.ts';
import { readStoreSettings } from './config.ts';
import { exitWith } from './exit.ts';
import { printHistories, verifyHistories } from './histories.ts';
import type { StoreSettings } from './openStore.ts';
import { openStore, placeOf } from './openStore.ts';
import { mustExist } from './stores.ts';
import { randomIds, systemClock } from './system.ts';

// `npm run contracts -- …`. On a DATA_DIR what writes must not run beside the bot; what only reads may. On a database all of it may.

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
    // Only the store matters here, so that the command runs wherever the bot's secrets are not.
    return await act(readStoreSettings(process.env));
  } catch (error) {
    if (!(error instanceof Unreadable)) exitWith(error);
    err(error.message);
    return 1;
  }
}

function actOf(command: string, [first, ...others]: string[]): ((settings: StoreSettings) => Promise<number>) | undefined {
  switch (command) {
    case 'import':
      return first === undefined ? undefined : async (settings) => {
        const csv = await readCsv(first);
        return withStore(settings, (store) => importFile(store, csv, placeOf(settings)), true);
      };
    case 'list':
      return (settings) => withStore(mustExist(settings), list);
    case 'reconcile':
      return first === undefined ? undefined : async (settings) => {
        const csv = await readCsv(first);
        return withStore(mustExist(settings), (store) => reconcileFile(store, csv, others));
      };
    case 'verify':
      return verifyHistories;
    case 'audit':
      return (settings) => printHistories(settings, [first, ...others].filter((one) => one !== undefined));
    default:
      return undefined;
  }
}

/** Has the store meanwhile. `whole`: nothing is done when something in it is damaged. */
async function withStore(settings: StoreSettings, work: (store: Store) => Promise<number>, whole = false): Promise<number> {
  let damages = 0;
  const store = await openStore(settings, {
    onDamage: ({ what, reason, outcome }) => {
      damages += 1;
      err(`${what} was damaged (${reason}) and ${outcome}`);
    },
    onFault: () => undefined,
  });
  try {
    if (whole) await lookThrough(store);
    if (!whole || damages === 0) return await work(store);
    err(`Nothing was imported: ${settings.database ? 'repair or remove those rows first.' : 'it would begin anew what was set aside. Repair or restore those files first, or import again to go on without them.'}`);
    return 1;
  } finally {
    await store.close();
  }
}

/** So that every damage that an import may meet is known before it begins. */
async function lookThrough({ records }: Store): Promise<void> {
  for (const tenantId of await records.tenants()) {
    for (const kind of ['people', 'contracts'] as const) for await (const record of records.of(kind, tenantId)) void record;
  }
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

async function importFile(store: Store, csv: string, place: string): Promise<number> {
  const { created, changed, unchanged, problems } = await importContracts({ ...store, clock: systemClock, ids: randomIds }, csv);
  if (problems.length > 0) {
    for (const { line, reason } of problems) err(`line ${line}: ${reason}`);
    err(`Nothing was imported: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`);
    return 1;
  }
  out(`${created.length} created, ${changed.length} changed, ${unchanged.length} unchanged in ${place}.`);
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
