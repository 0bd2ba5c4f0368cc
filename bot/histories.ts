import { normaliseContractId } from '../data/model/ids.ts';
import type { AuditFormat } from '../data/operations/auditExport.ts';
import { exportAudit } from '../data/operations/auditExport.ts';
import { brokenLink } from '../data/operations/chain.ts';
import type { StoreSettings } from './openStore.ts';
import { readRecords } from './readRecords.ts';

// `npm run contracts -- verify` and `audit`, which the bot may run beside.

const err = (line: string): void => void process.stderr.write(`${line}\n`);

/** Proves every history, or names the first broken link of each that does not hold. Returns the exit code. */
export async function verifyHistories(settings: StoreSettings): Promise<number> {
  let wrong = 0;
  const damaged = (what: string): void => {
    wrong += 1;
    err(`${what} cannot be read`);
  };
  const records = await readRecords(settings, damaged, (reader) => reader.of('contracts'));
  let events = 0;
  for (const { contract, events: chain } of records) {
    events += chain.length;
    const broken = brokenLink(chain);
    if (broken === undefined) continue;
    wrong += 1;
    err(`contract ${contract.id} of tenant ${contract.tenantId}: ${broken}`);
  }
  process.stdout.write(`${records.length} contracts, ${events} events: ${wrong === 0 ? 'every history holds' : `${wrong} broken`}.\n`);
  return wrong === 0 ? 0 : 1;
}

/** Writes the histories of all contracts, or of those that `args` name. Returns the exit code. */
export async function printHistories(settings: StoreSettings, args: string[]): Promise<number> {
  const format: AuditFormat = args.includes('--jsonl') ? 'jsonl' : 'csv';
  const wanted = args.filter((arg) => !arg.startsWith('--')).map(normaliseContractId);
  const [known, all] = await readRecords(settings, (what) => err(`${what} cannot be read and is left out`), async (reader) => [await reader.of('people'), await reader.of('contracts')] as const);
  const people = new Map(known.map((person) => [person.id, person.mail]));
  const records = all.filter(({ contract }) => wanted.length === 0 || wanted.includes(contract.id));
  process.stdout.write(exportAudit(records.toSorted((a, b) => a.contract.id.localeCompare(b.contract.id)), format, (id) => people.get(id) ?? id));
  return 0;
}
