import { BackupUnusable } from '../data/store/backup.ts';
import { CopyRefused } from '../data/store/copy.ts';
import { UnreadableFile } from '../data/store/json/recordsIn.ts';
import { FolderInUse } from '../data/store/json/lock.ts';
import { RecordDamaged } from '../data/store/postgres/damage.ts';
import { DatabaseInUse, DatabaseUnreachable, SchemaRefused } from '../data/store/postgres/faults.ts';
import { CannotDo } from './cannotDo.ts';
import { SettingsError } from './config.ts';

const FOLDER_FAULTS = new Set(['EEXIST', 'ENOTDIR', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC']);

/** Ends a start that cannot succeed with the sentence that says why; what is nobody's mistake is thrown on. */
export function exitWith(error: unknown): never {
  const sentence = sentenceFor(error);
  if (sentence === undefined) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Errors whose message is the sentence. */
const EXPLAINED = [SettingsError, FolderInUse, UnreadableFile, DatabaseUnreachable, DatabaseInUse, SchemaRefused, RecordDamaged, CannotDo, CopyRefused, BackupUnusable];

function sentenceFor(error: unknown): string | undefined {
  if (error instanceof Error && EXPLAINED.some((kind) => error instanceof kind)) return error.message;
  const { code = '', port, path } = error as { code?: string; port?: number; path?: string };
  if (port !== undefined) return `PORT ${port} cannot be listened to (${code}). Stop what listens there, or set PORT to another one.`;
  if (path !== undefined && FOLDER_FAULTS.has(code)) return `${path} cannot be used (${code}). Set DATA_DIR to a folder that the bot may read and write, with room on its disk.`;
  return undefined;
}
