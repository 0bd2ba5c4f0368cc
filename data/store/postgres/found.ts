import { canonical } from '../../operations/canonical.ts';
import { digestOfBytes } from '../digest.ts';
import { examine } from '../examine.ts';
import type { KindName, RecordOf } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import type { Found, FoundPicture } from '../reading.ts';
import { namedKey } from './damage.ts';
import { DERIVED } from './derived.ts';
import { keyText } from './keyText.ts';
import { digestOfPicture } from './pictureDigest.ts';
import { TABLES } from './statements.ts';

/** A row with all that is read of it. */
export type FullRow = { tenant_id: string; key: string } & Record<string, unknown>;

/** A row as a record, and what is wrong with it. */
export function foundIn<K extends KindName>(kind: K, row: FullRow): Found<K> {
  const at = `a row of ${TABLES[kind].table} (tenant ${row.tenant_id}, key ${namedKey(kind, row.key)})`;
  // Null is no legal digest: every row has been given one (0004).
  const { record, problems } = examine(kind, Object(row['record']), row['digest']);
  return { at, record, problems: record ? [...problems, ...againstColumns(kind, record, row)] : problems };
}

/**
 * What a row is found by says the same as its record. Only `inserted_at` of a ticket is in no record: it says which of two tickets
 * of one instant is the newer one.
 */
function againstColumns<K extends KindName>(kind: K, record: RecordOf<K>, row: FullRow): string[] {
  const isInPlace = KINDS[kind].tenantOf(record) === row.tenant_id && keyText(KINDS[kind].keyOf(record)) === row.key;
  const derived = DERIVED[kind](record);
  const columns = ['version', ...TABLES[kind].derived];
  const wrong = columns.filter((column, n) => !isSame(row[column], n === 0 ? record.version : derived[n - 1]));
  return [...(isInPlace ? [] : ['its content belongs under another key']), ...wrong.map((column) => `its column ${column} is not that of its record`)];
}

/** An instant is a date in a row, and a text in a record. */
function isSame(column: unknown, value: unknown): boolean {
  return column instanceof Date ? column.getTime() === Date.parse(String(value)) : canonical(column) === canonical(value);
}

/** A row as a picture, and what is wrong with it. `kept_at`: as text, with microseconds. */
export function pictureIn({ tenant_id: tenantId, key: name, bytes, digest, kept_at }: FullRow): FoundPicture {
  const picture = { tenantId, name, keptAt: String(kept_at).replace(/000Z$/, 'Z'), bytes: bytes as Buffer };
  // That of the bytes alone is what a process of an earlier version writes, which may go on for a while when 0004 was taken.
  const isWhole = digest === digestOfPicture(picture) || digest === digestOfBytes(picture.bytes);
  return { at: `a row of pictures (tenant ${tenantId}, key ${name})`, ...picture, isWhole, problems: isWhole ? [] : [digest === null ? 'it has no digest' : 'its digest is that of another picture'] };
}
