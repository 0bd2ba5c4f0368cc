import { createHash } from 'node:crypto';

const LONGEST = 120;

/**
 * A file name for any id, the same on every file system: nothing but a-z 0-9 _ - and %XX stays, so `../x`, `CON`, an
 * upper-case twin or a NUL cannot reach another file. Long ids end in a hash.
 */
export function fileName(id: string): string {
  const encoded = [...Buffer.from(id, 'utf8')]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[a-z0-9_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  const short = encoded.length <= LONGEST ? encoded : `${encoded.slice(0, LONGEST - 65)}-${createHash('sha256').update(id).digest('hex')}`;
  // A leading letter of our own keeps Windows' reserved names (con, nul) out.
  return `x${short}.json`;
}
