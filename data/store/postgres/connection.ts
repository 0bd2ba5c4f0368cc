import type { ClientConfig } from 'pg';

/** Connections of a process when nothing else is set. */
export const POOL_SIZE = 10;

/** Milliseconds. A statement that takes longer is broken off: every one of them is about one record, or one tenant. */
const STATEMENT_MS = 30_000;
const CONNECT_MS = 10_000;
const END_MS = 3_000;

/** What every connection is made with. What the address says besides (sslmode, sslrootcert, options, …) counts as well. */
export function connectionOf(url: string): ClientConfig {
  return {
    connectionString: withVerifiedTls(url),
    application_name: 'vl-access',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    // A server that has gone without a word answers nothing.
    query_timeout: STATEMENT_MS + CONNECT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** Where an address leads, without names and passwords: fit for a log. */
export function whereOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port === '' ? '5432' : port}${pathname}`;
}

/** The client library takes these for verify-full and writes a warning to the console; the modes without verification are named as they are. */
function withVerifiedTls(url: string): string {
  return url.includes('uselibpqcompat=') ? url : url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)\b/, '$1verify-full');
}

/** Closes a connection, or all of a pool's, when what is under way has ended, and does not wait long for it: the server ends what is left with the process. */
export const endSoon = (connections: { end(): Promise<void> }): Promise<void> => endsSoon(connections.end());

/** Waits for what comes last in a process, and not long. */
export async function endsSoon(last: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  await Promise.race([last, new Promise((resolve) => (late = setTimeout(resolve, END_MS)))]);
  clearTimeout(late);
}
