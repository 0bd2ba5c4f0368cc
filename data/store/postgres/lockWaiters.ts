import type { PoolClient } from 'pg';
import { Pool } from 'pg';
import { Slots } from '../slots.ts';
import { connectionOf, endSoon, whereOf } from './connection.ts';
import type { OnFault } from './database.ts';
import { faultOf, StatementRefused, WaitedTooLong } from './faults.ts';
import { NOTICE_DEATH, UNLOCK } from './lockSession.ts';

const WAIT = 'select pg_advisory_lock($1)';

/** Connections at most, in which this process waits for locks; what is more than that waits here, and is in PostgreSQL's queue later. */
export const WAITERS = 8;
/** Milliseconds: whoever waits longer is refused, so that one turn that never ends does not hold up other conversations for ever. */
const LONGEST_WAIT_MS = 120_000;

const LOCK_NOT_AVAILABLE = '55P03';

/** Waits for advisory locks that somebody else has: PostgreSQL keeps the order in which they were asked for, over all processes. */
export class LockWaiters {
  private readonly where: string;
  private readonly onFault: OnFault;
  private readonly pool: Pool;
  private readonly slots = new Slots(WAITERS);

  constructor(url: string, onFault: OnFault) {
    this.where = whereOf(url);
    this.onFault = onFault;
    this.pool = new Pool({ ...connectionOf(url), max: WAITERS, statement_timeout: false, lock_timeout: LONGEST_WAIT_MS, query_timeout: LONGEST_WAIT_MS + 10_000 });
    this.pool.on('error', (error) => onFault(faultOf(error, this.where)));
  }

  /** Runs `work` with the lock, as soon as those who came before have given it back. Throws `WaitedTooLong`, `DatabaseUnreachable`. */
  run(id: string, work: () => Promise<void>): Promise<void> {
    return this.slots.run(async () => {
      const client = await this.locked(id);
      // While the work goes on nobody listens to the connection, and an error that nobody hears ends the process.
      const hear = (error: Error): void => this.onFault(faultOf(error, this.where));
      client.on('error', hear);
      try {
        await work();
      } finally {
        await this.giveBack(client, id);
        client.off('error', hear);
      }
    });
  }

  close(): Promise<void> {
    return endSoon(this.pool);
  }

  private async locked(id: string): Promise<PoolClient> {
    let client: PoolClient | undefined;
    try {
      client = await this.pool.connect();
      await client.query(NOTICE_DEATH);
      await client.query(WAIT, [id]);
      return client;
    } catch (error) {
      client?.release(true);
      const fault = faultOf(error, this.where);
      throw fault instanceof StatementRefused && fault.code === LOCK_NOT_AVAILABLE ? new WaitedTooLong('a turn of the same conversation has not ended, and this one has waited too long for it') : fault;
    }
  }

  private async giveBack(client: PoolClient, id: string): Promise<void> {
    try {
      await client.query(UNLOCK, [id]);
      client.release();
    } catch (error) {
      // The lock ends with its connection.
      client.release(true);
      this.onFault(faultOf(error, this.where));
    }
  }
}
