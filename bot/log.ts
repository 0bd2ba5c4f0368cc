import type { DestinationStream, Logger } from 'pino';
import { destination, pino } from 'pino';
import { faultForLog } from './faultForLog.ts';
import { turnUnderWay } from './underWay.ts';

/** One JSON line each, with the reference of the turn it belongs to. Never what people typed, never a name or a mail. */
export type Log = Logger;

/** Lines are written together, and at the latest after. */
const FLUSH_MS = 500;
const TOGETHER = 4096;

/** `out`: where the lines go; the standard output, where it is not given. */
export function createLog(level: string, out: DestinationStream = level === 'silent' ? nowhere : standardOutput()): Log {
  return pino({ level, serializers: { err: faultForLog }, mixin: referenceHere }, out);
}

function referenceHere(): { reference?: string } {
  const turn = turnUnderWay();
  return turn ? { reference: turn.reference } : {};
}

const nowhere: DestinationStream = { write: () => undefined };

function standardOutput(): DestinationStream {
  const out = destination({ dest: 1, sync: false, minLength: TOGETHER });
  setInterval(() => out.flush(), FLUSH_MS).unref();
  process.once('exit', () => out.flushSync());
  return out;
}
