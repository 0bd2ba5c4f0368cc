import { createHash } from 'node:crypto';
import type { Result } from '../../model/result.ts';
import { ok, refuse } from '../../model/result.ts';
import { whereWrong } from '../examine.ts';
import type { Kind, KindName, RecordOf, Versioned } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import { keyText } from './keyText.ts';
import { STATEMENTS } from './statements.ts';

/** A row as it comes out of its table. */
export interface Row {
  tenant_id: string;
  key: string;
  version: number;
  /** JSON. */
  record: string | null;
}

/** A row whose record is none. Where it is, and what is wrong with it; never what stands in it. */
export interface DamagedRow {
  table: string;
  tenantId: string;
  /** Of a gap, whose key is the question, its SHA-256. */
  key: string;
  reason: string;
}

/** Hears of each damaged row once. */
export type OnDamagedRow = (damage: DamagedRow) => void;

/** Thrown instead of writing over a damaged row. */
export class RecordDamaged extends Error {
  override name = 'RecordDamaged';
}

/** Reads rows: what is damaged is reported, and left out. */
export class RowReader {
  private readonly onDamage: OnDamagedRow;
  private readonly reported = new Set<string>();

  constructor(onDamage: OnDamagedRow) {
    this.onDamage = onDamage;
  }

  read<K extends KindName>(kind: K, row: Row): RecordOf<K> | undefined {
    const found = recordIn<RecordOf<K>>(KINDS[kind], row);
    if (found.ok) return found.value;
    const damage = { table: STATEMENTS[kind].table, tenantId: row.tenant_id, key: namedKey(kind, row.key), reason: found.refusal };
    const seen = JSON.stringify(damage);
    if (!this.reported.has(seen)) this.onDamage(damage);
    this.reported.add(seen);
    return undefined;
  }

  /** Throws `RecordDamaged` when one of the rows cannot be read: a new record would take its place without anybody knowing. */
  mustBeSound(kind: KindName, rows: Row[]): void {
    for (const row of rows) {
      if (this.read(kind, row) !== undefined) continue;
      throw new RecordDamaged(`A row of ${STATEMENTS[kind].table} (tenant ${row.tenant_id}, key ${namedKey(kind, row.key)}) is damaged and is not written over. Repair or remove it first.`);
    }
  }
}

function recordIn<T extends Versioned>(kind: Kind<T>, row: Row): Result<T, string> {
  const parsed = kind.schema.safeParse(JSON.parse(row.record ?? 'null'));
  if (!parsed.success) return refuse(whereWrong(parsed.error));
  const record = parsed.data;
  if (kind.tenantOf(record) !== row.tenant_id || keyText(kind.keyOf(record)) !== row.key) return refuse('its content belongs under another key');
  return record.version === row.version ? ok(record) : refuse('its content is of another version');
}

/** A gap's key is the question. */
export function namedKey(kind: KindName, key: string): string {
  return kind === 'gaps' ? createHash('sha256').update(key).digest('hex') : key;
}
