import { createHash } from 'node:crypto';

/** An index takes 2,700 bytes for all the columns of a row. */
const LONGEST_BYTES = 600;
const KEPT_CHARACTERS = 100;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\0': '\\0' };

/**
 * Any string as a text that PostgreSQL keeps and finds again: it has no U+0000 and no half of a surrogate pair, and an index
 * takes no long ones. Different strings stay different; ordinary ones stay as they are.
 */
export function keyText(key: string): string {
  const text = escaped(key);
  return Buffer.byteLength(text) <= LONGEST_BYTES ? text : `${escaped(key.slice(0, KEPT_CHARACTERS))}\\#${createHash('sha256').update(text).digest('hex')}`;
}

function escaped(key: string): string {
  return key.replaceAll(/[\\\0]|\p{Surrogate}/gu, (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16)}`);
}
