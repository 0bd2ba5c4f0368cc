import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../../../data/model/person.ts';
import type { Program } from '../../../data/model/contract.ts';
import type { ContractRecord } from '../../../data/model/record.ts';
import { newRecord } from '../../../data/model/record.ts';
import type { Role } from '../../../data/model/role.ts';
import { appendEvent } from '../../../data/operations/chain.ts';
import { grant, granted } from '../../../data/operations/grant.ts';
import { randomIds } from '../../../bot/system.ts';
import { fileName } from '../../../data/store/json/fileName.ts';
import type { Who } from '../../support/people.ts';
import { TENANT } from '../../support/people.ts';
import { person } from '../load/people.ts';

/** A company to fill a store with. */
export interface Company {
  contracts: number;
  /** All in all; the first two of each contract are of its administrators. */
  assignments: number;
  /** Two each: see `administratorsOf`. */
  administrators: number;
  /** Who hold the other roles, in turn. */
  holders: number;
}

const PROGRAMS: Program[] = ['Open Value', 'MPSA', 'EA', 'Select Plus'];
const ROLES: Role[] = ['licensePositionReader', 'productDownloadManager', 'productKeysReader', 'benefitsReader', 'onlineServicesManager'];
const AT = '2026-01-05T09:00:00.000Z';
type Given = Parameters<typeof granted>[0];
/** Files written at once. */
const AT_ONCE = 64;

/** The ID of the contract with that number. */
export const contractId = (n: number): string => `4${String(n).padStart(7, '0')}`;

export const contractName = (n: number): string => `Contract ${n}`;

/** The numbers of a contract's administrators, two because one alone is told so; who decides first. */
export function administratorsOf(n: number, { administrators }: Pick<Company, 'administrators'>): [number, number] {
  return [n % administrators, (n + 1) % administrators];
}

/** The numbers of those who hold its other roles. */
export function holdersOf(n: number, { contracts, assignments, holders }: Company): number[] {
  const others = Math.floor(assignments / contracts) - 2;
  return numbers(others).map((i) => (n * others + i) % holders);
}

/** Writes the store's files as the store itself would have, without waiting for the disk after each. */
export async function writeCompany(dataDir: string, company: Company): Promise<void> {
  const people = [...numbers(company.administrators).map((n) => person(n, 'administrator')), ...numbers(company.holders).map((n) => person(n, 'holder'))];
  await write(join(dataDir, 'people'), people.map((who) => [idOf(who), personOf(who)]));
  await write(join(dataDir, 'contracts'), numbers(company.contracts).map((n) => [`${TENANT}/${contractId(n)}`, { ...recordOf(n, company), version: 1 }]));
}

function recordOf(n: number, company: Company): ContractRecord {
  const administrators = administratorsOf(n, company).map((one) => person(one, 'administrator'));
  const mail = administrators[0]?.mail;
  const record = newRecord({ id: contractId(n), tenantId: TENANT, name: contractName(n), program: PROGRAMS[n % PROGRAMS.length] ?? 'Other', cloud: 'public', endDate: '2036-03-31', primaryContact: mail, noticesContact: mail });
  const given = [
    ...administrators.map((who): Given => ({ personId: idOf(who), roles: ['administrator'], at: AT, state: 'active' })),
    // Nobody twice on one contract in the same role: people and roles go on at different paces.
    ...holdersOf(n, company).map((one, i): Given => ({ personId: idOf(person(one, 'holder')), roles: [ROLES[(Math.floor(i / company.holders) + n + i) % ROLES.length] ?? 'benefitsReader'], at: AT, state: 'active' })),
  ];
  const acts = [{ kind: 'imported' as const, at: AT, after: contractId(n) }, ...given.flatMap(granted)];
  return { ...record, assignments: given.flatMap((one) => grant({ ids: randomIds }, one)), events: acts.reduce(appendEvent, record.events) };
}

const idOf = ({ id }: Who): string => `p-${id.slice('29:'.length).padStart(8, '0')}`;

function personOf(who: Who): Person {
  return { version: 1, id: idOf(who), tenantId: TENANT, mail: who.mail, objectId: who.objectId, name: who.name, languageChosen: false };
}

async function write(folder: string, records: [key: string, record: object][]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let from = 0; from < records.length; from += AT_ONCE) {
    await Promise.all(records.slice(from, from + AT_ONCE).map(([key, record]) => writeFile(join(folder, fileName(key)), `${JSON.stringify(record, null, 1)}\n`)));
  }
}

export function numbers(count: number): number[] {
  return Array.from({ length: Math.max(count, 0) }, (_, n) => n);
}
