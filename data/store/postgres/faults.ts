/** Thrown when the database cannot be reached or does not let the bot in; the message says where it is looked for and what to do, never a password. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable';
}

/** Thrown when the schema is not one that this version of the bot works with; the message says what to do. */
export class SchemaRefused extends Error {
  override name = 'SchemaRefused';
}

/** Thrown when somebody has the database open who cannot have it at the same time; the message says what to do. */
export class DatabaseInUse extends Error {
  override name = 'DatabaseInUse';
}

/** Thrown when the database refuses a statement. What the server says of values and rows stays out of it, because it goes to a log. */
export class StatementRefused extends Error {
  override name = 'StatementRefused';
  /** SQLSTATE, for example `23505`. */
  readonly code: string;

  constructor(code: string, about: string) {
    super(`the database refused a statement (${[code, about].filter((part) => part !== '').join(', ')})`);
    this.code = code;
  }
}

/** Thrown when a lock was waited for too long. */
export class WaitedTooLong extends Error {
  override name = 'WaitedTooLong';
}

/** What Node and the client library know of an error, and what the server says of its own. */
interface Raised {
  code?: string;
  message?: string;
  syscall?: string;
  severity?: string;
  constraint?: string;
  routine?: string;
}

/** The bot's own words for what the client library throws. `where`: host, port and database. */
export function faultOf(error: unknown, where: string): Error {
  const raised = error as Raised;
  const { code = '', message = '', severity, constraint, routine = '' } = raised;
  const remedy = remedyFor(raised);
  if (remedy !== undefined) return new DatabaseUnreachable(`The database ${where} cannot be used (${code === '' ? message : code}). ${remedy}`);
  // Everything the server says has a severity; what has none is a mistake on this side.
  if (severity !== undefined) return new StatementRefused(code, constraint ?? routine);
  return error instanceof Error ? error : new Error(message);
}

const CHECK_SERVER = 'Check that PostgreSQL runs there, and DATABASE_URL.';
const CHECK_TLS = 'Check sslmode and sslrootcert in DATABASE_URL.';
const CHECK_LOGIN = 'Check the name and the password in DATABASE_URL, and that the server lets this machine in (pg_hba.conf).';

const LOST = /^Connection (?:terminated|ended)|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable/;

/** What to do when there is no way to the database; undefined when there is one. SQLSTATE classes as in PostgreSQL's appendix A. */
function remedyFor({ code = '', message = '', syscall }: Raised): string | undefined {
  if (syscall === 'open' || /CERT|SSL|TLS|VERIFY/.test(code) || /\bSSL\b/.test(message)) return CHECK_TLS;
  if (code.startsWith('28') || message.startsWith('SASL')) return CHECK_LOGIN;
  if (code === '3D000') return 'There is no database of that name: make it with createdb, or change the end of DATABASE_URL.';
  if (code === '53300') return 'It takes no more connections: lower DATABASE_POOL, or raise max_connections there.';
  if (code.startsWith('57P')) return 'It is starting or stopping, and is asked again.';
  return /^(?:E[A-Z_]+|08\w{3})$/.test(code) || LOST.test(message) ? CHECK_SERVER : undefined;
}
