import type { Saved } from '../../ports.ts';
import { digestOf } from '../digest.ts';
import { freeze } from '../freeze.ts';
import type { Kind, KindName, RecordOf } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import type { RecordCache } from './cache.ts';
import type { Row, RowReader } from './damage.ts';
import type { Database, Values } from './database.ts';
import { DERIVED } from './derived.ts';
import { StatementRefused } from './faults.ts';
import { keyText } from './keyText.ts';
import type { Statements } from './statements.ts';
import { STATEMENTS } from './statements.ts';
import type { Tenants } from './tenants.ts';

/** What every table is opened with. */
export interface Opened {
  db: Database;
  tenants: Tenants;
  reader: RowReader;
  cache: RecordCache;
}

/** A row without its record. */
export interface Stamped {
  tenant_id: string;
  key: string;
  /** See `RecordCache`. */
  stamp: string;
}

/** Records that are fetched at once. */
const AT_ONCE = 500;
const UNIQUE_VIOLATION = '23505';

/** The records of one kind, frozen. */
export class Table<K extends KindName> {
  private readonly kind: K;
  private readonly opened: Opened;
  private readonly sql: Statements;
  private readonly of: Kind<RecordOf<K>>;

  constructor(kind: K, opened: Opened) {
    this.kind = kind;
    this.opened = opened;
    this.sql = STATEMENTS[kind];
    this.of = KINDS[kind];
  }

  /** `key`: as `KINDS` makes it. */
  async get(tenantId: string, key: string): Promise<RecordOf<K> | undefined> {
    const known = this.opened.cache.find(this.idOf({ tenant_id: tenantId, key: keyText(key) }));
    const [row] = await this.opened.db.rows<Row & Stamped>(this.sql.get, [tenantId, keyText(key), known?.stamp ?? '']);
    if (!row) return undefined;
    return row.record === null && known ? (known.record as RecordOf<K>) : this.read(row, false);
  }

  ofTenant(tenantId: string): Promise<RecordOf<K>[]> {
    return this.select(this.sql.ofTenant, [tenantId]);
  }

  /** What a statement finds that selects as `Stamped`; the damaged are left out. */
  async select(sql: string, values: Values): Promise<RecordOf<K>[]> {
    const found = await this.recordsOf(await this.opened.db.rows<Stamped>(sql, values));
    return found.filter((record) => record !== undefined);
  }

  /** The record of each of these rows of one tenant; undefined where it is damaged, or was removed meanwhile. */
  async recordsOf(rows: Stamped[]): Promise<(RecordOf<K> | undefined)[]> {
    const found = rows.map((row) => this.known(row));
    const missing = rows.filter((_, n) => found[n] === undefined);
    const fetched = new Map<string, RecordOf<K> | undefined>();
    for (let n = 0; n < missing.length; n += AT_ONCE) {
      const keys = missing.slice(n, n + AT_ONCE).map(({ key }) => key);
      for (const row of await this.opened.db.rows<Row & Stamped>(this.sql.fetch, [missing[0]?.tenant_id, keys])) fetched.set(row.key, this.read(row, rows.length > 1));
    }
    return rows.map(({ key }, n) => found[n] ?? fetched.get(key));
  }

  /** The records behind a key, and the key with which it goes on; undefined: that was all. */
  async page(tenantId: string, after: string): Promise<{ records: RecordOf<K>[]; next: string | undefined }> {
    const rows = await this.opened.db.rows<Row>(this.sql.page, [tenantId, after, AT_ONCE]);
    return { records: rows.flatMap((row) => this.opened.reader.read(this.kind, row) ?? []), next: rows.length < AT_ONCE ? undefined : rows.at(-1)?.key };
  }

  /**
   * See `Saved`. `inTheWay` selects the rows that may stand in the way of a new record, for a kind where more than its key
   * has to be free; throws `RecordDamaged` when one of them cannot be read.
   */
  async save(record: RecordOf<K>, inTheWay?: { sql: string; values: Values }): Promise<Saved> {
    // What could not be read back must not be written.
    const next = freeze(this.of.schema.parse(structuredClone({ ...record, version: record.version + 1 })), record);
    const json = JSON.stringify(next);
    const values = this.valuesOf(next, json);
    const written = await this.write(record.version, values);
    if (written) {
      this.opened.cache.keep(this.idOf(written), { stamp: written.stamp, record: next, length: json.length, isOneOfMany: false });
      return 'saved';
    }
    const blocking = inTheWay ?? { sql: this.sql.there, values: values.slice(0, 2) };
    this.opened.reader.mustBeSound(this.kind, await this.opened.db.rows<Row>(blocking.sql, blocking.values));
    return 'stale';
  }

  /** Puts a record in the place of whatever is there, with the version it has. */
  async put(record: RecordOf<K>): Promise<void> {
    const next = this.of.schema.parse(record);
    await this.opened.tenants.note(this.of.tenantOf(next));
    await this.opened.db.change(this.sql.put, this.valuesOf(next, JSON.stringify(next)));
  }

  remove(record: RecordOf<K>): Promise<void> {
    return this.removeKey(this.of.tenantOf(record), this.of.keyOf(record));
  }

  /** `key`: as `KINDS` makes it. */
  async removeKey(tenantId: string, key: string): Promise<void> {
    await this.opened.db.change(this.sql.remove, [tenantId, keyText(key)]);
  }

  private known(row: Stamped): RecordOf<K> | undefined {
    const known = this.opened.cache.find(this.idOf(row));
    return known?.stamp === row.stamp ? (known.record as RecordOf<K>) : undefined;
  }

  private read(row: Row & Stamped, isOneOfMany: boolean): RecordOf<K> | undefined {
    const record = this.opened.reader.read(this.kind, row);
    if (record) this.opened.cache.keep(this.idOf(row), { stamp: row.stamp, record: freeze(record), length: String(row.record).length, isOneOfMany });
    return record;
  }

  private idOf({ tenant_id, key }: Pick<Stamped, 'tenant_id' | 'key'>): string {
    return `${this.kind} ${tenant_id} ${key}`;
  }

  /** The row that was written; undefined: somebody saved in between, or something else has what is unique. */
  private async write(version: number, values: Values): Promise<Stamped | undefined> {
    const { db, tenants } = this.opened;
    try {
      if (version > 0) return (await db.rows<Stamped>(this.sql.update, [...values, version]))[0];
      await tenants.note(String(values[0]));
      return (await db.rows<Stamped>(this.sql.insert, values))[0];
    } catch (error) {
      if (error instanceof StatementRefused && error.code === UNIQUE_VIOLATION) return undefined;
      throw error;
    }
  }

  private valuesOf(record: RecordOf<K>, json: string): Values {
    return [this.of.tenantOf(record), keyText(this.of.keyOf(record)), record.version, json, digestOf(record), ...DERIVED[this.kind](record)];
  }
}
