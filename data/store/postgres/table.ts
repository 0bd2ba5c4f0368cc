import type { Saved } from '../../ports.ts';
import type { Kind, KindName, RecordOf } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
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
}

/** The records of one kind. Each that is handed out is its own copy. */
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
    return (await this.select(this.sql.get, [tenantId, keyText(key)]))[0];
  }

  ofTenant(tenantId: string): Promise<RecordOf<K>[]> {
    return this.select(this.sql.ofTenant, [tenantId]);
  }

  /** What a statement finds that selects `tenant_id, key, version, record`; the damaged are left out. */
  async select(sql: string, values: Values): Promise<RecordOf<K>[]> {
    return (await this.opened.db.rows<Row>(sql, values)).flatMap((row) => this.read(row) ?? []);
  }

  read(row: Row): RecordOf<K> | undefined {
    return this.opened.reader.read(this.kind, row);
  }

  /** The records behind a key, and the key with which it goes on; undefined: that was all. */
  async page(tenantId: string, after: string, length: number): Promise<{ records: RecordOf<K>[]; next: string | undefined }> {
    const rows = await this.opened.db.rows<Row>(this.sql.page, [tenantId, after, length]);
    return { records: rows.flatMap((row) => this.read(row) ?? []), next: rows.length < length ? undefined : rows.at(-1)?.key };
  }

  /**
   * See `Saved`. `inTheWay` selects the rows that may stand in the way of a new record, for a kind where more than its key
   * has to be free; throws `RecordDamaged` when one of them cannot be read.
   */
  async save(record: RecordOf<K>, inTheWay?: { sql: string; values: Values }): Promise<Saved> {
    // What could not be read back must not be written.
    const next = this.of.schema.parse({ ...record, version: record.version + 1 });
    const values = this.valuesOf(next);
    if (await this.write(record.version, values)) return 'saved';
    const blocking = inTheWay ?? { sql: this.sql.get, values: values.slice(0, 2) };
    this.opened.reader.mustBeSound(this.kind, await this.opened.db.rows<Row>(blocking.sql, blocking.values));
    return 'stale';
  }

  /** Puts a record in the place of whatever is there, with the version it has. */
  async put(record: RecordOf<K>): Promise<void> {
    const values = this.valuesOf(this.of.schema.parse(record));
    await this.opened.tenants.note(this.of.tenantOf(record));
    await this.opened.db.change(this.sql.put, values);
  }

  async remove(record: RecordOf<K>): Promise<void> {
    await this.opened.db.change(this.sql.remove, [this.of.tenantOf(record), keyText(this.of.keyOf(record))]);
  }

  /** Whether it was written: nobody saved in between, and nothing else has what is unique. */
  private async write(version: number, values: Values): Promise<boolean> {
    const { db, tenants } = this.opened;
    try {
      if (version > 0) return (await db.change(this.sql.update, [...values, version])) === 1;
      await tenants.note(String(values[0]));
      return (await db.change(this.sql.insert, values)) === 1;
    } catch (error) {
      if (error instanceof StatementRefused && error.code === '23505') return false;
      throw error;
    }
  }

  private valuesOf(record: RecordOf<K>): Values {
    return [this.of.tenantOf(record), keyText(this.of.keyOf(record)), record.version, JSON.stringify(record), ...DERIVED[this.kind](record)];
  }
}
