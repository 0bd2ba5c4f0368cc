import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { administratorsOf } from '../data/rules/rules.ts';
import { importContracts } from '../data/operations/importContracts.ts';
import type { JsonStore } from '../data/store/json/open.ts';
import { openJsonStore } from '../data/store/json/open.ts';
import { readSettings } from './config.ts';
import { exitWith } from './exit.ts';
import { randomIds, systemClock } from './system.ts';

// `npm run contracts -- import FILE` and `npm run contracts -- list`. The bot must not run on the same DATA_DIR.

const USAGE = 'Usage: npm run contracts -- import FILE\n       npm run contracts -- list';
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const err = (line: string): void => void process.stderr.write(`${line}\n`);

class Unreadable extends Error {}

process.exitCode = await main(process.argv.slice(2));

async function main([command, file]: string[]): Promise<number> {
  if (command !== 'list' && !(command === 'import' && file !== undefined)) {
    err(USAGE);
    return 2;
  }
  try {
    const csv = command === 'import' ? await readCsv(file ?? '') : undefined;
    // Only the folder matters here, so that the command runs wherever the bot's secrets are not.
    const { dataDir } = readSettings({ DATA_DIR: process.env['DATA_DIR'] });
    if (csv === undefined && !existsSync(dataDir)) throw new Unreadable(`${dataDir} does not exist. Set DATA_DIR to the bot's folder.`);
    let damages = 0;
    const store = await openJsonStore(dataDir, ({ file: damaged, setAside, reason }) => {
      damages += 1;
      err(`${damaged} was damaged (${reason}) and set aside as ${setAside}`);
    });
    try {
      if (csv !== undefined && damages > 0) {
        err('Nothing was imported: it would begin anew what was set aside. Repair or restore those files first, or import again to go on without them.');
        return 1;
      }
  return csv === undefined ? await list(store) : await importFile(store, csv, dataDir);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) exitWith(error);
    err(error.message);
    return 1;
  }
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

async function importFile(store: JsonStore, csv: string, dataDir: string): Promise<number> {
  const { created, changed, unchanged, problems } = await importContracts({ ...store, clock: systemClock, ids: randomIds }, csv);
  if (problems.length > 0) {
    for (const { line, reason } of problems) err(`line ${line}: ${reason}`);
    err(`Nothing was imported: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`);
    return 1;
  }
  out(`${created.length} created, ${changed.length} changed, ${unchanged.length} unchanged in ${dataDir}.`);
  return 0;
}

async function list(store: JsonStore): Promise<number> {
  const records = (await store.contracts.all()).toSorted((a, b) => a.contract.id.localeCompare(b.contract.id));
  for (const record of records) {
    const { id, name, program, cloud, endDate, tenantId } = record.contract;
    const pending = record.requests.filter((r) => r.state === 'pending').length;
    out([id, name, program, cloud, endDate ?? '', tenantId, `${administratorsOf(record).length} administrators`, `${pending} pending`].join('\t'));
  }
  out(`${records.length} contracts.`);
  return 0;
}
