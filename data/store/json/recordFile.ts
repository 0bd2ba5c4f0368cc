import { createHash } from 'node:crypto';
import type { Chat } from '../../model/chat.ts';
import type { KindName, RecordOf } from '../kinds.ts';
import { fileKey } from './fileKey.ts';
import { fileName } from './fileName.ts';

/** Kinds whose keys are what somebody asked, or where somebody talks: names of files go into logs, so theirs are hashes. */
const HASHED: ReadonlySet<KindName> = new Set(['chats', 'gaps']);

/** What is wrong with a file of an earlier version whose record has been written since. */
export const TWICE = 'its record has a file under the name of today too';

/** The name of a record's file. `key`: see `fileKey`. */
export function recordFile(kind: KindName, key: string): string {
  return fitForLog(kind, fileName(key));
}

/** The name under which a file may be told; the files of before have their keys in their names. */
export function fitForLog(kind: KindName, name: string): string {
  return HASHED.has(kind) && !/^x[0-9a-f]{64}\.json$/.test(name) ? `x${createHash('sha256').update(name).digest('hex')}.json` : name;
}

/** Whether a file has the name that the file of this record had in an earlier version, or what `fitForLog` makes of it. */
export function isFormerFile<K extends KindName>(kind: K, record: RecordOf<K>, name: string): boolean {
  const former = fileName(formerKey(kind, record));
  return HASHED.has(kind) && (name === former || name === fitForLog(kind, former));
}

/** The key that a record had in an earlier version: that of a conversation lacked its tenant. */
export function formerKey<K extends KindName>(kind: K, record: RecordOf<K>): string {
  return kind === 'chats' ? (record as Chat).conversationId : fileKey(kind, record as never);
}
