import { createHash } from 'node:crypto';
import { digestOfBytes } from '../digest.ts';
import type { PictureEntry } from '../entries.ts';

/** What a picture's row is stored with, so that a change of any column is found: SHA-256, hexadecimal. 0004 makes the same in SQL. */
export function digestOfPicture({ tenantId, name, keptAt, bytes }: Omit<PictureEntry, 'kind'>): string {
  return createHash('sha256').update([tenantId, name, keptAt, digestOfBytes(bytes)].join('\n')).digest('hex');
}
