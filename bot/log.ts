import type { Logger } from 'pino';
import { destination, pino } from 'pino';

/** One JSON line each. Never what people typed, never a name or a mail. */
export type Log = Logger;

/** Lines are written together, and at the latest after. */
const FLUSH_MS = 500;
const TOGETHER = 4096;

export function createLog(level: string): Log {
  if (level === 'silent') return pino({ level });
  const out = destination({ dest: 1, sync: false, minLength: TOGETHER });
  setInterval(() => out.flush(), FLUSH_MS).unref();
  process.once('exit', () => out.flushSync());
  return pino({ level }, out);
}
