import { crc32 } from 'node:zlib';

/** What was saved: the whole record, or null when it was removed. */
export interface Entry {
  kind: string;
  key: string;
  record: unknown;
}

/** Hexadecimal digits of the checksum; a blank follows them. */
const DIGITS = 8;
const HEAD = DIGITS + 1;

/** An entry as a line: the CRC-32 of its JSON, and its JSON. `record`: as JSON. */
export function lineOf(kind: string, key: string, record: string): string {
  const json = `{"kind":${JSON.stringify(kind)},"key":${JSON.stringify(key)},"record":${record}}`;
  return `${checksum(crc32(json))} ${json}\n`;
}

/** The entries in a line without its end: one, and more when an end between two was damaged. `isWhole`: one stands there and nothing else. */
export function readLine(line: string): { entries: Entry[]; isWhole: boolean } {
  const length = lengthOfFirst(line);
  if (length === undefined) return { entries: [], isWhole: false };
  const entry = JSON.parse(line.slice(HEAD, length)) as Entry;
  if (length === line.length) return { entries: [entry], isWhole: line[DIGITS] === ' ' };
  // One character stands where the end of the line was.
  return { entries: [entry, ...readLine(line.slice(length + 1)).entries], isWhole: false };
}

/** How long the entry is with which a line begins, by its checksum; undefined: none that holds. */
function lengthOfFirst(line: string): number | undefined {
  const wanted = line.slice(0, DIGITS);
  if (line.length > HEAD && checksum(crc32(line.slice(HEAD))) === wanted) return line.length;
  let sum = 0;
  for (let from = HEAD, to = line.indexOf('}', from) + 1; to > 0; from = to, to = line.indexOf('}', to) + 1) {
    sum = crc32(line.slice(from, to), sum);
    if (checksum(sum) === wanted) return to;
  }
  return undefined;
}

function checksum(sum: number): string {
  return sum.toString(16).padStart(DIGITS, '0');
}
