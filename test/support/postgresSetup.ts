import type { PostgresServer } from './postgres.ts';
import { postgresServer } from './postgres.ts';
import { SERVER_VARIABLE } from './storeOfTests.ts';

const started = globalThis as { serverOfRun?: PostgresServer };

/** Before a run with `STORE=postgres`: one server for all its test files. */
export default async function startServer(): Promise<void> {
  started.serverOfRun = await postgresServer();
  process.env[SERVER_VARIABLE] = started.serverOfRun.url;
}
