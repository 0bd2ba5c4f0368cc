import { Client } from 'pg';
import { connectionOf, whereOf } from './connection.ts';
import type { OnFault } from './database.ts';
import { faultOf } from './faults.ts';

const TRY = 'select pg_try_advisory_lock($1) as locked';
export const UNLOCK = 'select pg_advisory_unlock($1)';

/** A machine that vanishes without a word holds its locks no longer than 40 seconds. */
export const NOTICE_DEATH = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3';

/** Milliseconds, for sessions in which nothing waits: a longer silence is a dead connection. */
export const SILENT_MS = 5_000;

/**
 * One connection that holds any number of advisory locks. Taking one that nobody has is one short question; the locks end
 * with the connection, whatever becomes of the process. One that is lost is made again with the next question.
 */
export class LockSession {
  private readonly url: string;
  private readonly onFault: OnFault;
  private client: Promise<Client> | undefined;
  /** A session would get a lock a second time that it has already. */
  private readonly held = new Set<string>();

  constructor(url: string, onFault: OnFault) {
    this.url = url;
    this.onFault = onFault;
  }

  /** Runs `work` with the lock, if nobody has it and nobody waits for it; otherwise nothing is run, and it is false. */
  async tryRun(id: string, work: () => Promise<void>): Promise<boolean> {
    if (this.held.has(id)) return false;
    this.held.add(id);
    try {
      const client = await this.connected();
      if (!(await this.isTaken(client, id))) return false;
      try {
        await work();
      } finally {
        // Sent before anything else asks this session for the same lock.
        void this.giveBack(client, id);
      }
      return true;
    } finally {
      this.held.delete(id);
    }
  }

  async close(): Promise<void> {
    const client = await this.client?.catch(() => undefined);
    this.client = undefined;
    await client?.end();
  }

  private connected(): Promise<Client> {
    if (this.client) return this.client;
    const forget = (): void => {
      if (this.client === client) this.client = undefined;
    };
    const client = this.connect(forget).catch((error: unknown) => {
      forget();
      throw faultOf(error, whereOf(this.url));
    });
    this.client = client;
    return client;
  }

  private async connect(ended: () => void): Promise<Client> {
    const client = new Client({ ...connectionOf(this.url), statement_timeout: SILENT_MS, query_timeout: SILENT_MS, pipeline: true });
    client.on('error', (error) => this.onFault(faultOf(error, whereOf(this.url))));
    client.on('end', ended);
    await client.connect();
    await client.query(NOTICE_DEATH);
    return client;
  }

  private async isTaken(client: Client, id: string): Promise<boolean> {
    try {
      return (await client.query<{ locked: boolean }>(TRY, [id])).rows[0]?.locked === true;
    } catch (error) {
      throw faultOf(error, whereOf(this.url));
    }
  }

  /** A lock that cannot be given back ends with its session, and so do the others: saves are guarded by versions. */
  private async giveBack(client: Client, id: string): Promise<void> {
    try {
      await client.query(UNLOCK, [id]);
    } catch (error) {
      this.onFault(faultOf(error, whereOf(this.url)));
      await client.end().catch(this.onFault);
    }
  }
}
