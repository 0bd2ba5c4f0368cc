import type { PostgresServer } from './postgres.ts';

/** After a run with `STORE=postgres`. */
export default async function stopServer(): Promise<void> {
  await (globalThis as { serverOfRun?: PostgresServer }).serverOfRun?.stop();
}
