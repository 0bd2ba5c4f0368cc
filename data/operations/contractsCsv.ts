import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Cloud, Contract, Program } from '../model/contract.ts';
import { ContractId, Day, Mail, TenantId } from '../model/ids.ts';

/** The header of the contracts file. */
export const CSV_COLUMNS = [
  'contract_id', 'name', 'tenant_id', 'program', 'cloud', 'parent_id', 'end_date', 'primary_contact', 'notices_contact', 'admins',
] as const;

/** One line of the contracts file: the contract, and the sign-in mails of its administrators. */
export interface ContractRow {
  contract: Contract;
  admins: string[];
}

/** What is wrong with a line; `line` counts from 1, the header being line 1. */
export interface CsvProblem {
  line: number;
  reason: string;
}

const empty = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <T extends z.ZodTypeAny>(schema: T) => z.preprocess(empty, schema.optional());

const Row = z.object({
  contract_id: ContractId,
  name: Contract.shape.name,
  tenant_id: TenantId,
  program: z.string().transform((p) => PROGRAM_BY_NAME.get(p.toLowerCase()) ?? p).pipe(Program),
  cloud: z.string().transform((c) => c.toLowerCase().replace(/[\s_-]/g, '')).pipe(Cloud),
  parent_id: optional(ContractId),
  end_date: optional(Day),
  primary_contact: optional(Mail),
  notices_contact: optional(Mail),
  admins: z.string().transform((list) => list.split(';').map((m) => m.trim()).filter((m) => m !== '')).pipe(z.array(Mail)),
});

const PROGRAM_BY_NAME = new Map(Program.options.map((p) => [p.toLowerCase(), p]));

const EXPECTED: Record<(typeof CSV_COLUMNS)[number], string> = {
  contract_id: 'letters and digits, 4 to 24 of them',
  name: '1 to 200 characters on one line',
  tenant_id: 'the Entra tenant id',
  program: `one of ${Program.options.join(', ')}`,
  cloud: `one of ${Cloud.options.join(', ')}`,
  parent_id: 'a contract ID or empty',
  end_date: 'a day written YYYY-MM-DD or empty',
  primary_contact: 'a mail address or empty',
  notices_contact: 'a mail address or empty',
  admins: 'sign-in mails with ; between them',
};

/**
 * Reads the contracts file (UTF-8 CSV, RFC 4180, header required, columns in any order). Returns every line, or every
 * problem: a file with one bad line gives no rows at all.
 */
export function readContractsCsv(text: string): { rows: ContractRow[]; problems: CsvProblem[] } {
  let header: string[] = [];
  let lines: { record: Record<string, string>; info: { lines: number } }[];
  try {
    lines = parse(text, { bom: true, columns: (names: string[]) => (header = names.map((name) => name.trim().toLowerCase())), info: true, skip_empty_lines: true, trim: true, max_record_size: 100_000 }) as unknown as typeof lines;
  } catch (error) {
    const { lines: line, message } = error as { lines?: number; message: string };
    return { rows: [], problems: [{ line: line ?? 1, reason: message }] };
  }
  const first = lines[0];
  if (!first) return { rows: [], problems: [{ line: 1, reason: `nothing to import; the header is ${CSV_COLUMNS.join(',')}` }] };
  const twice = header.filter((column, i) => header.indexOf(column) !== i);
  if (twice.length > 0) return { rows: [], problems: [{ line: 1, reason: `the header has ${twice.join(', ')} twice` }] };
  const missing = CSV_COLUMNS.filter((column) => !(column in first.record));
  if (missing.length > 0) return { rows: [], problems: [{ line: 1, reason: `the header lacks ${missing.join(', ')}` }] };

  const rows: ContractRow[] = [];
  const problems: CsvProblem[] = [];
  const seen = new Map<string, number>();
  for (const { record, info } of lines) {
    const row = Row.safeParse(record);
    if (!row.success) {
      const columns = [...new Set(row.error.issues.map((issue) => issue.path[0] as (typeof CSV_COLUMNS)[number]))];
      problems.push(...columns.map((column) => ({ line: info.lines, reason: `${column} "${record[column] ?? ''}" is not ${EXPECTED[column]}` })));
      continue;
    }
    if (row.data.parent_id === row.data.contract_id) problems.push({ line: info.lines, reason: `contract ${row.data.contract_id} is its own parent` });
    const key = `${row.data.tenant_id} ${row.data.contract_id}`;
    const before = seen.get(key);
    if (before !== undefined) problems.push({ line: info.lines, reason: `contract ${row.data.contract_id} stands on line ${before} already` });
    seen.set(key, info.lines);
    rows.push(toContractRow(row.data));
  }
  return problems.length > 0 ? { rows: [], problems } : { rows, problems };
}

function toContractRow(row: z.infer<typeof Row>): ContractRow {
  const contract = Contract.parse({
    id: row.contract_id,
    tenantId: row.tenant_id,
    name: row.name,
    program: row.program,
    cloud: row.cloud,
    parentId: row.parent_id,
    endDate: row.end_date,
    primaryContact: row.primary_contact,
    noticesContact: row.notices_contact,
  });
  return { contract, admins: [...new Set(row.admins)] };
}
