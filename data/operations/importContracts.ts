import type { ContractRecord } from '../model/record.ts';
import { newRecord } from '../model/record.ts';
import { holdersOfAdministrator } from '../rules/rules.ts';
import { canonical } from './canonical.ts';
import { appendEvent } from './chain.ts';
import type { ContractRow, CsvProblem } from './contractsCsv.ts';
import { readContractsCsv } from './contractsCsv.ts';
import type { Deps } from './deps.ts';
import { grant } from './grant.ts';

/** What an import did, contract ID by contract ID. */
export interface ImportReport {
  created: string[];
  changed: string[];
  unchanged: string[];
  /** When there is one, nothing was imported. */
  problems: CsvProblem[];
}

/**
 * Imports the contracts file. Running it again changes nothing; what a line says replaces what the contract was, and
 * the administrators it names are added. An import never takes a role away: that is an act of a person.
 */
export async function importContracts(deps: Omit<Deps, 'policy'>, csv: string): Promise<ImportReport> {
  const { rows, problems } = readContractsCsv(csv);
  const report: ImportReport = { created: [], changed: [], unchanged: [], problems };
  for (const row of rows) report[await importRow(deps, row)].push(row.contract.id);
  return report;
}

async function importRow(deps: Omit<Deps, 'policy'>, row: ContractRow): Promise<'created' | 'changed' | 'unchanged'> {
  const { tenantId, id } = row.contract;
  const admins = [];
  for (const mail of row.admins) admins.push(await deps.people.ensure(tenantId, mail));
  for (;;) {
    const known = await deps.contracts.get(tenantId, id);
    const record: ContractRecord = known ?? newRecord(row.contract);
    const holders = holdersOfAdministrator(record);
    const added = admins.filter((person) => !holders.includes(person.id));
    if (known && added.length === 0 && canonical(known.contract) === canonical(row.contract)) return 'unchanged';
    const at = deps.clock.now().toISOString();
    const assignments = added.flatMap((person) => grant(deps, { personId: person.id, roles: ['administrator'], at, state: 'active' }));
    const acts = added.map((person) => ({ kind: 'assigned' as const, at, forId: person.id, role: 'administrator' as const }));
    const saved = await deps.contracts.save({
      ...record,
      contract: row.contract,
      assignments: [...record.assignments, ...assignments],
      events: [{ kind: 'imported' as const, at }, ...acts].reduce(appendEvent, record.events),
    });
    if (saved === 'saved') return known ? 'changed' : 'created';
  }
}
