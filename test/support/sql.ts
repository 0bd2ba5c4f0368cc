/** Tables that have no tenant, and why. */
const WITHOUT_TENANT: Readonly<Record<string, string>> = {
  migrations: 'which steps the schema of the whole database has taken',
};

const SQL = /^\s*(?:select|insert|update|delete|with|merge|create|alter|drop|truncate|copy|begin|commit|rollback|set|lock)\b/i;
const LITERAL = /`(?:[^`\\]|\\[\s\S])*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
const TABLE = /\b(?<!for )(?:from|join|into|update|truncate|table)\s+(?:only\s+|if\s+(?:not\s+)?exists\s+)*([a-z_]+)/gi;

/** The SQL in a TypeScript file, as it is written there; `isPasted`: something is put into it, or to it. */
export function sqlIn(source: string): { text: string; isPasted: boolean }[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(LITERAL)].flatMap((match) => {
    const text = match[0].slice(1, -1);
    const isPasted = text.includes('${') || /^\s*\+/.test(code.slice(match.index + match[0].length)) || /\+\s*$/.test(code.slice(0, match.index));
    return SQL.test(text) ? [{ text, isPasted }] : [];
  });
}

/** The statements of a migration. */
export function stepsIn(migration: string): string[] {
  return migration.replaceAll(/^\s*--.*$/gm, '').split(';').map((step) => step.trim()).filter((step) => step !== '');
}

/** What a statement of the store has against it; undefined: every table in it is asked for one tenant's rows. */
export function againstStatement(statement: string): string | undefined {
  const tables = [...statement.matchAll(TABLE)].map((match) => match[1] ?? '').filter((table) => table !== 'set' && WITHOUT_TENANT[table] === undefined);
  if (tables.length === 0) return undefined;
  if (/^\s*insert/i.test(statement)) {
    const isFirst = /^\s*insert into \w+(?: as \w+)? \(tenant_id\b/i.test(statement) && /values \(\$1\b/i.test(statement);
    return isFirst && /on conflict (?:do nothing|\(tenant_id\b)|^(?![\s\S]*on conflict)/i.test(statement) ? undefined : 'the tenant is not the first that is inserted';
  }
  // The list of tenants itself.
  if (/^\s*select tenant_id from tenants\b/i.test(statement)) return undefined;
  // Whose the rows of all tables are, and nothing else of them: so that a tenant that the list lacks is found.
  if (/^select tenant_id from \w+(?: union select tenant_id from \w+)+$/i.test(statement)) return undefined;
  const named = [...statement.matchAll(/\btenant_id = (?:\$1\b|\w+\.tenant_id\b)/gi)].length;
  return named >= tables.length && /\btenant_id = \$1\b/.test(statement) ? undefined : `${tables.length} tables, and ${named} times their tenant`;
}

/** What a step of a migration has against it; undefined: it spreads over servers by its tenant. */
export function againstStep(step: string): string | undefined {
  if (/\b(?:references|serial|bigserial|identity|sequence)\b/i.test(step)) return 'it needs more than one tenant to hold';
  if (/^create table/i.test(step)) {
    const keys = [...step.matchAll(/(?:primary key|unique) \(([^)]*)\)/gi)].map((match) => match[1] ?? '');
    const isListOfTenants = /^create table tenants \(\s*tenant_id text collate "C" primary key\s*\)$/i.test(step);
    if (isListOfTenants) return undefined;
    return /^create table \w+ \(\s*tenant_id text collate "C" not null,/i.test(step) && keys.length > 0 && keys.every((columns) => /^tenant_id\b/.test(columns)) ? undefined : 'its keys do not begin with the tenant';
  }
  // A tree is of one tenant at a time; an index of arrays cannot begin with a text, and keeps nothing unique.
  if (/^create (?:unique )?index/i.test(step)) return /\bon \w+ (?:\(tenant_id\b|using gin \(\w+\)$)/i.test(step) && (!/unique/i.test(step) || /\(tenant_id\b/.test(step)) ? undefined : 'its index does not begin with the tenant';
  // Each row by itself, wherever it lies.
  if (/^update \w+\s+set\b/i.test(step) && !/\b(?:from|select|join)\b/i.test(step)) return undefined;
  return /^alter table \w+ (?:alter column \w+ set (?:storage|not null)|add column)\b/i.test(step) ? undefined : 'it is no step that this rule knows';
}
