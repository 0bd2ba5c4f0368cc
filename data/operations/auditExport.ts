import { stringify } from 'csv-stringify/sync';
import type { ContractRecord } from '../model/record.ts';

export const AUDIT_FORMATS = ['csv', 'jsonl'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

const COLUMNS = ['contract_id', 'number', 'at', 'act', 'by', 'for', 'roles', 'request', 'why', 'before', 'after', 'hash'] as const;

/**
 * The whole history of contracts: CSV (RFC 4180, UTF-8 with BOM, cells that a spreadsheet would take for a formula are quoted with
 * an apostrophe) or JSON Lines (one event a line, as it stands in the chain). `mailOf` gives the sign-in mail of a person id.
 */
export function exportAudit(records: readonly ContractRecord[], format: AuditFormat, mailOf: (personId: string) => string): string {
  if (format === 'jsonl') return records.flatMap(({ contract, events }) => events.map((event) => `${JSON.stringify({ contractId: contract.id, ...event })}\n`)).join('');
  const rows = records.flatMap(({ contract, events }) =>
    events.map(({ act, hash }, i) => ({
      contract_id: contract.id,
      number: i + 1,
      at: act.at,
      act: act.kind,
      by: act.by === undefined ? '' : mailOf(act.by),
      for: 'forId' in act && act.forId !== undefined ? mailOf(act.forId) : '',
      roles: 'roles' in act ? act.roles.join(' ') : 'role' in act && act.role !== undefined ? act.role : '',
      request: 'requestId' in act ? act.requestId : '',
      why: 'comment' in act ? act.comment : 'reason' in act ? (act.reason ?? '') : '',
      before: act.before ?? '',
      after: act.after ?? '',
      hash,
    })),
  );
  return stringify(rows, { header: true, columns: [...COLUMNS], bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}
