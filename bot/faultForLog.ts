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
  return { type: fault.name, message: messageOf(fault), ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}), stack: framesOf(fault.stack) };
}

function messageOf(fault: Error): string {
  if (fault instanceof ZodError) return fault.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', ');
  // What could not be read stands in it, with quotation marks of its own. By its name: not every SyntaxError is of this realm.
  return fault.name === 'SyntaxError' ? '…' : withoutQuotes(fault.message);
}

/** Whatever comes behind the first quotation mark: those in the quoted text itself would end it too early. */
function withoutQuotes(message: string): string {
  return message.replace(/".*$/s, '"…"').replace(MAIL, '…').slice(0, LONGEST);
}

/** The first lines of a stack repeat the message. */
function framesOf(stack = ''): string {
  return stack.split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
}
