import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readBackup, writeBackup } from '../data/store/backup.ts';
import type { CopyOptions } from '../data/store/copy.ts';
import { copyStore, proveCopy } from '../data/store/copy.ts';
import type { Entry } from '../data/store/entries.ts';
import { ENTRY_KINDS, entriesOf } from '../data/store/entries.ts';
import { countOf, takeInventory } from '../data/store/inventory.ts';
import { verifyStore } from '../data/store/verify.ts';
import { CannotDo } from './cannotDo.ts';
import type { Settings } from './config.ts';
import { readStoreSettings } from './config.ts';
import { exitWith } from './exit.ts';
import type { StoreAccess } from './stores.ts';
import { isStoreName, storeNamed, storeNames, storeOf } from './stores.ts';
import { systemClock } from './system.ts';

// `npm run store -- …`. `verify` and `backup` change nothing, and the bot may run meanwhile; `restore` and `copy` keep it from what
// they write, and from what is copied.

const USAGE = `Usage: npm run store -- verify
       npm run store -- backup FILE
       npm run store -- restore FILE [--over]
       npm run store -- copy --from STORE --to STORE [--over]
STORE is one of: ${storeNames().join(', ')}. --over replaces what is in the store that is written to.`;
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const err = (line: string): void => void process.stderr.write(`${line}\n`);

// Whoever loses the store meanwhile says so where nobody waits for it.
process.once('uncaughtException', exitWith);
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const act = actOf(args);
  if (!act) {
    err(USAGE);
    return 2;
  }
  try {
    return await act();
  } catch (error) {
    exitWith(error);
  }
}

function actOf(args: string[]): (() => Promise<number>) | undefined {
  const read = readArgs(args);
  if (!read) return undefined;
  const { command, file, from, to, over } = read;
  switch (command) {
    case 'verify':
      return () => verify(configured());
    case 'backup':
      return file === undefined ? undefined : () => backup(configured(), file);
    case 'restore':
      return file === undefined ? undefined : () => restore(file, configured(), over);
    case 'copy':
      return isStoreName(from) && isStoreName(to) && from !== to ? () => copy(storeNamed(from, settings()), storeNamed(to, settings()), over) : undefined;
    case undefined:
    default:
      return undefined;
  }
}

/** Only where the stores are matters here, so that the command runs wherever the bot's secrets are not. */
function settings(): Settings {
  return readStoreSettings(process.env);
}

function configured(): StoreAccess {
  return storeOf(settings());
}

function readArgs(args: string[]): { command: string | undefined; file: string | undefined; from: string | undefined; to: string | undefined; over: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { from: { type: 'string' }, to: { type: 'string' }, over: { type: 'boolean', default: false } } });
    const [command, file, ...others] = positionals;
    return others.length > 0 ? undefined : { command, file, from: values.from, to: values.to, over: values.over };
  } catch {
    return undefined;
  }
}

async function verify(store: StoreAccess): Promise<number> {
  const reading = await store.read();
  try {
    const { records, pictures, events, findings } = await verifyStore(reading, ({ at, reason }) => err(`${at}: ${reason}`));
    out(`${records} records, ${events} events, ${pictures} pictures: ${findings === 0 ? 'everything holds' : `${findings} findings`}.`);
    return findings === 0 ? 0 : 1;
  } finally {
    await reading.close();
  }
}

/** What is damaged and can still be read goes along, so that a bad file does not cost the backup; the code says that it did. */
async function backup(store: StoreAccess, file: string): Promise<number> {
  if (existsSync(file)) throw new CannotDo(`${file} is there already. Give the backup another name.`);
  let damages = 0;
  const reading = await store.read();
  try {
    const entries = entriesOf(reading, ({ at, reason, isReadable }) => {
      damages += 1;
      err(`${at}: ${reason}; it ${isReadable ? 'goes' : 'does not go'} into the backup`);
      return isReadable;
    });
    out(`${await writeBackup(file, entries, systemClock.now().toISOString())} records and pictures in ${file}${damages === 0 ? '' : `, ${damages} damaged`}.`);
    return damages === 0 ? 0 : 1;
  } finally {
    await reading.close();
  }
}

async function restore(file: string, store: StoreAccess, over: boolean): Promise<number> {
  return copyInto(store, file, () => readBackup(file), over);
}

async function copy(from: StoreAccess, to: StoreAccess, over: boolean): Promise<number> {
  const release = await from.hold();
  const reading = await from.read();
  try {
    return await copyInto(to, from.name, () => entriesOf(reading, refuseDamaged), over);
  } finally {
    await reading.close();
    await release();
  }
}

function refuseDamaged({ at, reason }: { at: string; reason: string }): never {
  throw new CannotDo(`${at}: ${reason}. Nothing that is damaged is copied; repair it or take it away first.`);
}

/**
 * All of the source is read before the target is opened: from a file that is cut nothing comes, not even an empty store. A database
 * is proved before a bot that waits for it may write into it.
 */
async function copyInto({ name, openAlone, read }: StoreAccess, from: string, entries: () => AsyncIterable<Entry>, over: boolean): Promise<number> {
  const source = { name: from, entries, inventory: await takeInventory(entries()) };
  const { store, leave } = await openAlone(err);
  let written: number;
  try {
    written = await copyStore(source, { name, store, read }, { over, progress: atMostOnceASecond(err) });
  } finally {
    await store.close();
  }
  await proveCopy(source, { name, read });
  await leave();
  const counts = ENTRY_KINDS.map((kind) => `${countOf(source.inventory, kind)} ${kind}`).join(', ');
  out(`${name}: ${counts}. ${written} written, ${source.inventory.digests.size - written} were there already. Every count, every history and every digest agrees.`);
  return 0;
}

function atMostOnceASecond(say: (line: string) => void): CopyOptions['progress'] {
  let last = Date.now();
  return (kind, done, of) => {
    if (Date.now() - last < 1000) return;
    last = Date.now();
    say(`${kind}: ${done} of ${of}`);
  };
}
