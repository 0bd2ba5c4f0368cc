import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { connectionOf, endSoon, whereOf } from './connection.ts';
import type { OnFault } from './database.ts';
import { DatabaseInUse, faultOf } from './faults.ts';
import { NOTICE_DEATH, SILENT_MS } from './lockSession.ts';

// Any number, the same in every process; those of conversations are hashes.
const TRY = {
  together: 'select pg_try_advisory_lock_shared(7603912481) as locked',
  alone: 'select pg_try_advisory_lock(7603912481) as locked',
};
const BEAT = 'select 1';

/** Milliseconds: whoever was killed, or has just ended, is gone for the database a moment later. */
const PATIENCE_MS = 3_000;
const AGAIN_MS = 200;
/** A server that fell over to another one may leave a connection that says nothing, and the other one knows no locks of the first. */
const BEAT_MS = 10_000;

/** `together`: beside any number of others who are there together, as bots are; `alone`: beside nobody. */
export type Occupancy = 'together' | 'alone';

/**
 * Notes in the database that this process has it open, by an advisory lock that ends with its connection, and so with the process;
 * returns what gives it back. Throws `DatabaseInUse`, `DatabaseUnreachable`. Of those who are together, one whose connection is lost
 * takes its place again as soon as there is a way to the database. Whoever finds somebody alone by then, or was alone and is not
 * for sure any more, must not go on writing: the rejection ends the process.
 */
export async function occupy(url: string, how: Occupancy, onFault: OnFault): Promise<() => Promise<void>> {
  let isLeft = false;
  const watched = (client: Client): Client => client.once('end', () => void lost());
  let client = watched(await take(url, how, onFault, PATIENCE_MS));

  async function lost(): Promise<void> {
    if (isLeft) return;
    if (how === 'alone') throw new DatabaseInUse(`The connection that kept bots from the database ${whereOf(url)} was lost; this process stops, so that nothing is lost. Begin again.`);
    const again = await take(url, how, onFault, 0).catch(unlessInUse);
    if (!again) setTimeout(() => void lost(), AGAIN_MS).unref();
    else if (isLeft) await endSoon(again);
    else client = watched(again);
  }

  return async () => {
    isLeft = true;
    await endSoon(client);
  };
}

/** A connection that has the lock. `patience`: how long it is tried (ms). */
async function take(url: string, how: Occupancy, onFault: OnFault, patience: number): Promise<Client> {
  let client: Client | undefined;
  try {
    client = new Client({ ...connectionOf(url), statement_timeout: SILENT_MS, query_timeout: SILENT_MS });
    client.on('error', (error) => onFault(faultOf(error, whereOf(url))));
    await client.connect();
    await client.query(NOTICE_DEATH);
    for (const until = Date.now() + patience; !(await isLocked(client, how)); await sleep(AGAIN_MS)) if (Date.now() >= until) throw inUse(url, how);
  } catch (error) {
    if (client) await endSoon(client);
    throw faultOf(error, whereOf(url));
  }
  return beating(client);
}

/** One that does not answer is ended, and so noticed. */
function beating(client: Client): Client {
  const beat = setInterval(() => void client.query(BEAT).catch(() => endSoon(client)), BEAT_MS).unref();
  return client.once('end', () => clearInterval(beat));
}

async function isLocked(client: Client, how: Occupancy): Promise<boolean> {
  return (await client.query<{ locked: boolean }>(TRY[how])).rows[0]?.locked === true;
}

function inUse(url: string, how: Occupancy): DatabaseInUse {
  const where = whereOf(url);
  return new DatabaseInUse(how === 'alone' ? `The database ${where} is in use: a bot or a command has it open. Stop it first.` : `The database ${where} is being restored or copied. Start again when that has ended.`);
}

/** That there is no way to the database is heard by whoever asks it something. */
function unlessInUse(error: unknown): undefined {
  if (error instanceof DatabaseInUse) throw error;
}
