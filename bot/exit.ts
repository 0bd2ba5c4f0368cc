import { UnreadableFile } from '../data/store/json/collection.ts';
import { FolderInUse } from '../data/store/json/lock.ts';
import { SettingsError } from './config.ts';

/** Ends a start that cannot succeed with the sentence that says why; what is nobody's mistake is thrown on. */
export function exitWith(error: unknown): never {
  const { code, port } = error as { code?: string; port?: number };
  const sentence =
    error instanceof SettingsError || error instanceof FolderInUse || error instanceof UnreadableFile
      ? error.message
      : code === 'EADDRINUSE' || (code === 'EACCES' && port !== undefined)
        ? `PORT ${port} cannot be listened to (${code}). Stop what listens there, or set PORT to another one.`
        : undefined;
  if (sentence === undefined) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
