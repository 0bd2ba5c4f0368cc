import { parse } from 'csv-parse/sync';
import type { PortalStatus } from '../model/assignment.ts';
import { ContractId, Mail } from '../model/ids.ts';
import type { Role } from '../model/role.ts';
import { roleNamed } from '../text/roleNames.ts';
import type { CsvProblem } from './contractsCsv.ts';

/** A line of the list of the page Manage Assignments (fact 92), as people export or type it. */
export interface PortalRow {
  /** Sign-in email; the business email where that is all there is. */
  mail: string;
  /** Undefined: the list has no such column. */
  contractId: string | undefined;
  roles: Role[] | undefined;
  status: PortalStatus | undefined;
}

const COLUMNS = {
  signIn: ['sign-in email', 'signin email', 'sign in email', 'user id', 'サインイン メール', 'サインイン用メール アドレス', 'サインイン id'],
  business: ['business email', 'ビジネス メール', '業務用メール', '業務用メール アドレス'],
  contract: ['contract id', 'license id', 'agreement number', 'enrollment number', 'コントラクト id', 'ライセンス id', '契約番号'],
  roles: ['roles', 'role', 'ロール'],
  status: ['status', 'assignment status', '状態', 'ステータス'],
} as const;

/** The portal's words (facts 86-91), and what people write for them. */
const STATUSES: Record<PortalStatus, readonly string[]> = {
  active: ['active', 'アクティブ', '有効'],
  inProgress: ['assignment in progress', 'in progress', '割り当て中', '処理中', '進行中'],
  failed: ['failed', '失敗'],
  invitationSent: ['invitation sent', 'invited', '招待済み', '招待送信済み', '招待を送信しました'],
  invitationExpired: ['invitation expired', 'expired', '招待の期限切れ', '招待期限切れ', '期限切れ'],
  userNotFound: ['user not found', 'not found', 'ユーザーが見つかりません', '見つかりません'],
};

const MOST_ROWS = 2000;

/** Whether a file's first line is that of the portal's list. */
export function isPortalList(text: string): boolean {
  const first = plain(text.slice(0, text.search(/[\r\n]|$/u)));
  return COLUMNS.signIn.some((name) => first.includes(plain(name))) || COLUMNS.business.some((name) => first.includes(plain(name)));
}

/** Reads the portal's list (CSV with a header; columns in any order, more of them do no harm). Every problem, or every row. */
export function readPortalList(text: string): { rows: PortalRow[]; problems: CsvProblem[] } {
  let lines: { record: Record<string, string>; info: { lines: number } }[];
  try {
    lines = parse(text, { bom: true, columns: (names: string[]) => names.map((name, i) => keyOf(name) ?? `other${i}`), info: true, skip_empty_lines: true, trim: true, relax_column_count: true, max_record_size: 100_000 }) as unknown as typeof lines;
  } catch (error) {
    const { lines: line, message } = error as { lines?: number; message: string };
    return { rows: [], problems: [{ line: line ?? 1, reason: message }] };
  }
  if (lines.length === 0) return { rows: [], problems: [{ line: 1, reason: 'the list is empty' }] };
  if (lines.length > MOST_ROWS) return { rows: [], problems: [{ line: MOST_ROWS, reason: `more than ${MOST_ROWS} lines` }] };
  const problems: CsvProblem[] = [];
  const rows = lines.flatMap(({ record, info }): PortalRow[] => {
    const typed = record['signIn'] || record['business'] || '';
    const mail = Mail.safeParse(typed);
    const contract = record['contract'] === undefined ? undefined : ContractId.safeParse(record['contract']);
    const named = record['roles']?.split(/[;,、|\n]/u).map((one) => one.trim()).filter((one) => one !== '');
    const roles = named?.map((one) => ({ one, role: roleNamed(one) }));
    const unknown = roles?.filter(({ role }) => role === undefined).map(({ one }) => one) ?? [];
    const written = record['status'] ?? '';
    const status = (Object.keys(STATUSES) as PortalStatus[]).find((one) => STATUSES[one].some((word) => plain(word) === plain(written)));
    if (status === undefined && written !== '') problems.push({ line: info.lines, reason: `no status is called "${written.slice(0, 40)}"` });
    if (!mail.success) problems.push({ line: info.lines, reason: `"${typed.slice(0, 60)}" is no mail address` });
    if (contract && !contract.success) problems.push({ line: info.lines, reason: `"${(record['contract'] ?? '').slice(0, 60)}" is no contract ID` });
    if (unknown.length > 0) problems.push({ line: info.lines, reason: `no role is called ${unknown.map((one) => `"${one.slice(0, 40)}"`).join(', ')}` });
    if (!mail.success || (contract && !contract.success) || unknown.length > 0 || (status === undefined && written !== '')) return [];
    return [{ mail: mail.data, contractId: contract?.data, roles: roles?.flatMap(({ role }) => (role === undefined ? [] : [role])), status }];
  });
  return problems.length > 0 ? { rows: [], problems } : { rows: merged(rows), problems };
}

/** Somebody may stand on several lines, one a role. */
function merged(rows: PortalRow[]): PortalRow[] {
  const byPerson = new Map<string, PortalRow>();
  for (const row of rows) {
    const key = `${row.contractId ?? ''} ${row.mail}`;
    const before = byPerson.get(key);
    byPerson.set(key, before ? { ...before, roles: before.roles || row.roles ? [...new Set([...(before.roles ?? []), ...(row.roles ?? [])])] : undefined, status: row.status ?? before.status } : row);
  }
  return [...byPerson.values()];
}

function keyOf(name: string): keyof typeof COLUMNS | undefined {
  const said = plain(name);
  return (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).find((key) => COLUMNS[key].some((known) => plain(known) === said));
}

function plain(words: string): string {
  return words.normalize('NFKC').toLowerCase().replaceAll(/[\s"'_\uFEFF-]/gu, '');
}
