import type { KindName } from '../kinds.ts';
import { gapKey, HELP_DESK_KEY } from '../kinds.ts';
import type { Store } from '../store.ts';
import { RecordCache } from './cache.ts';
import { PostgresChats } from './chats.ts';
import { PostgresContracts } from './contracts.ts';
import { POOL_SIZE } from './connection.ts';
import type { OnDamagedRow } from './damage.ts';
import { RowReader } from './damage.ts';
import type { OnFault } from './database.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { occupy } from './occupancy.ts';
import { PostgresPeople } from './people.ts';
import { PostgresPictures } from './pictures.ts';
import { PostgresRecords } from './records.ts';
import { Table } from './table.ts';
import { Tenants } from './tenants.ts';
import { PostgresTickets } from './tickets.ts';
import { PostgresTurns } from './turns.ts';
import { PostgresWork } from './work.ts';

/** How a database is opened. */
export interface PostgresOptions {
  /** The folder of the schema's steps. */
  migrations: string;
  /** Hears of rows whose record is none: they are left out, and never written over. */
  onDamage: OnDamagedRow;
  /** Hears of faults for which nobody waits: a connection that was lost while nothing was asked. */
  onFault: OnFault;
  /** Whoever opens it has it alone (see `occupy`), and so it is not noted here that it is open. */
  isAlone?: boolean;
  /** Connections at most, besides two for locks and up to `WAITERS` that wait for one. */
  poolSize?: number;
}

/**
 * Opens a database that any number of processes share (`postgres://name:password@host/database`), and brings its schema up to
 * date first. Throws `DatabaseUnreachable`, `DatabaseInUse` when somebody has it alone, or `SchemaRefused` when the schema is newer
 * than this version of the bot.
 */
export async function openPostgresStore(url: string, { migrations, onDamage, onFault, isAlone = false, poolSize = POOL_SIZE }: PostgresOptions): Promise<Store> {
  const leave = isAlone ? undefined : await occupy(url, 'together', onFault);
  try {
    await migrate(url, migrations);
  } catch (error) {
    await leave?.();
    throw error;
  }
  const db = new Database(url, { poolSize, onFault });
  const opened = { db, tenants: new Tenants(db), reader: new RowReader(onDamage), cache: new RecordCache() };
  const table = <K extends KindName>(kind: K): Table<K> => new Table(kind, opened);
  const [ratings, gaps, helpDesks] = [table('ratings'), table('gaps'), table('helpDesks')];
  const turns = new PostgresTurns(url, db, onFault);
  const work = new PostgresWork(db, opened.tenants, onFault);
  let closed: Promise<void> | undefined;
  return {
    contracts: new PostgresContracts(opened),
    people: new PostgresPeople(opened),
    chats: new PostgresChats(opened),
    ratings: { get: (tenantId, entryId) => ratings.get(tenantId, entryId), ofTenant: (tenantId) => ratings.ofTenant(tenantId), save: (rating) => ratings.save(rating) },
    gaps: {
      get: (tenantId, language, question) => gaps.get(tenantId, gapKey({ language, question })),
      ofTenant: (tenantId) => gaps.ofTenant(tenantId),
      save: (gap) => gaps.save(gap),
      remove: (gap) => gaps.remove(gap),
    },
    helpDesks: { get: (tenantId) => helpDesks.get(tenantId, HELP_DESK_KEY), save: (helpDesk) => helpDesks.save(helpDesk) },
    tickets: new PostgresTickets(opened),
    pictures: new PostgresPictures(opened),
    turns,
    work,
    records: new PostgresRecords(opened),
    probe: async (tenantId) => void (await db.change(PROBE, [tenantId])),
    close: () => (closed ??= Promise.all([turns.close(), work.close()]).then(() => Promise.all([db.close(), leave?.()])).then(() => undefined)),
  };
}

// Only a write tells: a replica, a server or name that may only read and a full disk all let themselves be asked. Nobody has a
// lease on this row, so that nobody takes it for work that was left.
const PROBE = "insert into work (tenant_id, key, seq, due_at, holder) values ($1, 'probe', 0, now(), 'probe') on conflict (tenant_id, key) do update set due_at = now()";
