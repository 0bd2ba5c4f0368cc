import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import { newRecord } from '../model/record.ts';
import { administratorsOf, holdersOfAdministrator } from '../rules/rules.ts';
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
 * the administrators it names are added. `by`: who imports in the chat, and then gives administrators only to a contract that has none, never to themselves, and changes no parent. An import never takes a role away: that is an act of a person.
 */
export async function importContracts(deps: Omit<Deps, 'policy'>, csv: string, by?: Person): Promise<ImportReport> {
  const { rows, problems } = readContractsCsv(csv);
  const report: ImportReport = { created: [], changed: [], unchanged: [], problems };
  for (const row of rows) report[await importRow(deps, row, by)].push(row.contract.id);
  return report;
}

async function importRow(deps: Omit<Deps, 'policy'>, row: ContractRow, by: Person | undefined): Promise<'created' | 'changed' | 'unchanged'> {
  const { tenantId, id } = row.contract;
  const admins = [];
  for (const mail of row.admins) admins.push(await deps.people.ensure(tenantId, mail));
  for (;;) {
    const known = await deps.contracts.get(tenantId, id);
    const record: ContractRecord = known ?? newRecord(row.contract);
    const holders = holdersOfAdministrator(record);
    // Who may import in the chat has no right on a contract, and gives none where somebody has it already (fact 6).
    const added = by && administratorsOf(record).length > 0 ? [] : admins.filter((person) => !holders.includes(person.id) && person.id !== by?.id);
    const actor = by ? { by: by.id } : {};
    // Another parent would bring other administrators.
    const { parentId: _typed, ...rest } = row.contract;
    const parentId = known?.contract.parentId;
    const contract = by && known ? { ...rest, ...(parentId === undefined ? {} : { parentId }) } : row.contract;
    if (known && added.length === 0 && canonical(known.contract) === canonical(contract)) return 'unchanged';
    const at = deps.clock.now().toISOString();
    const assignments = added.flatMap((person) => grant(deps, { personId: person.id, roles: ['administrator'], at, state: 'active' }));
    const acts = added.map((person) => ({ kind: 'assigned' as const, at, ...actor, forId: person.id, role: 'administrator' as const, after: 'active' }));
    const saved = await deps.contracts.save({
      ...record,
      contract,
      assignments: [...record.assignments, ...assignments],
      events: [{ kind: 'imported' as const, at, ...actor, ...(known ? { before: canonical(known.contract) } : {}), after: canonical(contract) }, ...acts].reduce(appendEvent, record.events),
    });
    if (saved === 'saved') return known ? 'changed' : 'created';
  }
}
