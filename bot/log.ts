import type { Logger } from 'pino';
import { pino } from 'pino';

/** One JSON line each. Never what people typed, never a name or a mail. */
export type Log = Logger;

export function createLog(level: string): Log {
  return pino({ level });
}
