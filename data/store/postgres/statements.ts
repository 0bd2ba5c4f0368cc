import type { KindName } from '../kinds.ts';

/** The table of each kind of record, and its derived columns, in the order in which `derived.ts` gives their values. */
export const TABLES = {
  people: { table: 'people', derived: ['mail', 'object_id'] },
  contracts: { table: 'contracts', derived: ['parent_key', 'administrators', 'request_ids'] },
  tickets: { table: 'tickets', derived: ['person_id', 'conversation_key', 'is_settled', 'opened_at', 'thread_keys'] },
  helpDesks: { table: 'help_desks', derived: [] },
  chats: { table: 'chats', derived: ['has_reminders'] },
  ratings: { table: 'ratings', derived: [] },
  gaps: { table: 'gaps', derived: [] },
} as const satisfies Record<KindName, { table: string; derived: readonly string[] }>;

/**
 * What is done with every kind of record. Values of what writes: tenant, key, version, record, digest, then the derived columns. `stamp`
 * (xmin is the transaction that wrote the row) changes with everything that is done to a row.
 */
export interface Statements {
  table: string;
  /** Without the record, when its stamp is `$3`. */
  get: string;
  /** The row as it is. */
  there: string;
  /** Without the records. */
  ofTenant: string;
  /** Those of the keys `$2`. */
  fetch: string;
  /** Those behind a key, `$3` of them. */
  page: string;
  /** The same with everything that a row has; behind null are all, a damaged key that is empty too. */
  readPage: string;
  insert: string;
  /** The last value is the version that it is built on. */
  update: string;
  put: string;
  remove: string;
  count: string;
  /** Some of those that were saved before there were digests. */
  withoutDigest: string;
  giveDigest: string;
}

const STAMP = "xmin::text || '/' || version as stamp";

function statementsOf({ table, derived }: { table: string; derived: readonly string[] }): Statements {
  const columns = ['version', 'record', 'digest', ...derived];
  const names = columns.join(', ');
  const values = columns.map((_, n) => `$${n + 3}`).join(', ');
  const changes = columns.map((name, n) => `${name} = $${n + 3}`).join(', ');
  return {
    table,
    get: `select tenant_id, key, version, ${STAMP}, case when xmin::text || '/' || version = $3 then null else record::text end as record from ${table} where tenant_id = $1 and key = $2`,
    there: `select tenant_id, key, version, record::text from ${table} where tenant_id = $1 and key = $2`,
    ofTenant: `select tenant_id, key, ${STAMP} from ${table} where tenant_id = $1 order by key`,
    fetch: `select tenant_id, key, version, ${STAMP}, record::text from ${table} where tenant_id = $1 and key = any($2::text[])`,
    page: `select tenant_id, key, version, record::text from ${table} where tenant_id = $1 and key > $2 order by key limit $3`,
    readPage: `select tenant_id, key, ${names} from ${table} where tenant_id = $1 and ($2::text is null or key > $2) order by key limit $3`,
    insert: `insert into ${table} (tenant_id, key, ${names}) values ($1, $2, ${values}) on conflict do nothing returning tenant_id, key, ${STAMP}`,
    update: `update ${table} set ${changes} where tenant_id = $1 and key = $2 and version = $${columns.length + 3} returning tenant_id, key, ${STAMP}`,
    put: `insert into ${table} (tenant_id, key, ${names}) values ($1, $2, ${values}) on conflict (tenant_id, key) do update set ${changes}`,
    remove: `delete from ${table} where tenant_id = $1 and key = $2`,
    count: `select count(*)::int as rows from ${table} where tenant_id = $1`,
    withoutDigest: `select key, record from ${table} where tenant_id = $1 and digest is null limit 500`,
    giveDigest: `update ${table} set digest = $3 where tenant_id = $1 and key = $2`,
  };
}

/** Every statement of every kind: the names in them stand above, and nothing else is ever put into one. */
export const STATEMENTS: { [K in KindName]: Statements } = {
  people: statementsOf(TABLES.people),
  contracts: statementsOf(TABLES.contracts),
  tickets: statementsOf(TABLES.tickets),
  helpDesks: statementsOf(TABLES.helpDesks),
  chats: statementsOf(TABLES.chats),
  ratings: statementsOf(TABLES.ratings),
  gaps: statementsOf(TABLES.gaps),
};
