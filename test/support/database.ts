import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Runs SQL in a database, as an operator would by hand. */
export async function ask<R extends object>(url: string, statement: string, values: unknown[] = []): Promise<R[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

/** Makes an empty database on a server, whose address is that of its database `postgres`. */
export async function freshDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `bot_${randomUUID().replaceAll('-', '')}`;
  await ask(server, `create database ${name}`);
  return {
    url: server.replace(/\/postgres$/, `/${name}`),
    drop: async () => void (await ask(server, `drop database ${name} with (force)`)),
  };
}
