import type { QueryResult } from 'pg';
import { Pool } from 'pg';
import { connectionOf, endSoon, whereOf } from './connection.ts';
import { faultOf } from './faults.ts';

/** Hears of what went wrong where nobody waits for an answer. */
export type OnFault = (fault: Error) => void;

/** What a statement is given: values for `$1`, `$2` and so on. */
export type Values = readonly unknown[];

/** The connections to a database, and the only door to it: every statement is a fixed text. */
export class Database {
  /** Host, port and database. */
  readonly where: string;
  private readonly pool: Pool;

  /** `poolSize`: connections at most; they are made when they are needed. */
  constructor(url: string, { poolSize, onFault }: { poolSize: number; onFault: OnFault }) {
    this.where = whereOf(url);
    this.pool = new Pool({ ...connectionOf(url), max: poolSize, idleTimeoutMillis: 30_000 });
    // Of a connection that nobody uses at the moment: another one takes its place.
    this.pool.on('error', (error) => onFault(faultOf(error, this.where)));
  }

  /** Throws `DatabaseUnreachable` or `StatementRefused`. */
  async rows<R extends object>(sql: string, values: Values): Promise<R[]> {
    return (await this.run(sql, values)).rows as R[];
  }

  /** How many rows were written. Throws as `rows` does. */
  async change(sql: string, values: Values): Promise<number> {
    return (await this.run(sql, values)).rowCount ?? 0;
  }

  close(): Promise<void> {
    return endSoon(this.pool);
  }

  private async run(sql: string, values: Values): Promise<QueryResult> {
    try {
      return await this.pool.query(sql, [...values]);
    } catch (error) {
      throw faultOf(error, this.where);
    }
  }
}
