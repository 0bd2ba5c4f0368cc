import { link, mkdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

const BEAT_MS = 2_000;
const SILENT_MS = 15_000;

/** Thrown when another process owns the folder. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

interface Holder {
  pid: number;
  host: string;
  token: string;
}

/**
 * Makes this process the only owner of a folder; returns what gives it back. Two processes writing one lowdb file
 * lose data, so a second one is refused. A holder that died without giving back is noticed at once on the same host,
 * and anywhere after 15 s without a heartbeat.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, '.lock');
  const mine: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  while (!(await create(path, mine))) {
    const holder = await read(path);
    if (holder && (await isAlive(path, holder))) {
      throw new FolderInUse(`${folder} is in use by process ${holder.pid} on ${holder.host}. Stop it first, or set DATA_DIR to another folder.`);
    }
    await remove(path, holder);
  }
  let isMine = true;
  const beat = setInterval(() => void keepAlive(path, mine, () => isMine), BEAT_MS);
  beat.unref();
  return async () => {
    isMine = false;
    clearInterval(beat);
    if ((await read(path))?.token === mine.token) await unlink(path);
  };
}

/** Whoever lost the folder must not write to it any more: the rejection ends the process. */
async function keepAlive(path: string, mine: Holder, isMine: () => boolean): Promise<void> {
  const holder = await read(path);
  if (!isMine()) return;
  if (holder && holder.token !== mine.token) throw new FolderInUse(`${path} was taken over by another process; this one stops, so that nothing is lost.`);
  await utimes(path, new Date(), new Date()).catch(() => undefined);
}

/** Written aside and linked into place, so that nobody ever sees a lock without its holder. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const aside = `${path}.${holder.token}`;
  await writeFile(aside, JSON.stringify(holder));
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(aside);
  }
}

async function read(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/**
 * Alive is whose heart beats and who is not known to be gone. A stale heartbeat counts as dead even if the pid runs:
 * after a reboot it is another program's. Our own pid in a fresh lock is either this process or, in a restarted
 * container, the one before: only watching tells.
 */
async function isAlive(path: string, holder: Holder): Promise<boolean> {
  const isHere = holder.host === hostname();
  if (isHere && !processRuns(holder.pid)) return false;
  const beat = await lastBeat(path);
  if (Date.now() - beat >= SILENT_MS) return false;
  if (!(isHere && holder.pid === process.pid)) return true;
  await new Promise((resolve) => setTimeout(resolve, BEAT_MS * 2));
  return (await lastBeat(path)) !== beat;
}

/** When the holder last said that it lives; 0 when the lock is gone. */
async function lastBeat(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes a dead holder's lock away by renaming it: when two starters try, one of them gets it and the other looks again. */
async function remove(path: string, dead: Holder | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = await read(aside);
  if (taken?.token !== dead?.token) await rename(aside, path);
  else await unlink(aside);
}
