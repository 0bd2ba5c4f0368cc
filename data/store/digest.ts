import { createHash } from 'node:crypto';
import { canonical } from '../operations/canonical.ts';

/**
 * What a record is stored with, so that a change by anything but a save is found: SHA-256 over its JSON with sorted keys, hexadecimal.
 * The same record has the same digest in every store.
 */
export function digestOf(record: object): string {
  return createHash('sha256').update(canonical(record)).digest('hex');
}

/** The same of a picture: SHA-256 over its bytes, hexadecimal. */
export function digestOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
