import { ZodError } from 'zod';

/** What a fault looks like in the log. */
interface LoggedFault {
  type: string;
  message: string;
  code?: string | number;
  stack: string;
}

const MAIL = /[^\s<>()"']+@[^\s<>()"']+/g;
const LONGEST = 300;

/**
 * A fault without what people typed or are called: libraries quote it. A database tells the row in fields beside the message
 * (`detail`, `where`), JSON.parse the text around a mistake, a schema the value it did not want.
 */
export function faultForLog(fault: unknown): LoggedFault | string {
  if (!(fault instanceof Error)) return typeof fault === 'string' ? withoutQuotes(fault) : typeof fault;
  const { code } = fault as { code?: unknown };
  const message = fault instanceof ZodError ? fault.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', ') : fault.message;
  return { type: fault.name, message: withoutQuotes(message), ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}), stack: framesOf(fault.stack) };
}

function withoutQuotes(message: string): string {
  return message.replace(/"[^"]*"?/g, '"…"').replace(MAIL, '…').slice(0, LONGEST);
}

/** The first lines of a stack repeat the message. */
function framesOf(stack = ''): string {
  return stack.split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
}
