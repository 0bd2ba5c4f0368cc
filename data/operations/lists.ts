import type { Assignment } from '../model/assignment.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { RoleRequest } from '../model/request.ts';
import type { ContractStore } from '../ports.ts';
import { decides, isAdministrator } from '../rules/rules.ts';

/** A request with the contract it is on. */
export interface RequestOnContract {
  record: ContractRecord;
  request: RoleRequest;
}

/** The requests a person made or that are for this person, newest first. */
export async function requestsOf(contracts: ContractStore, person: Person): Promise<RequestOnContract[]> {
  const all = await requestsWhere(contracts, person, (_record, r) => r.requesterId === person.id || r.beneficiaryId === person.id);
  return all.toReversed();
}

/** The pending requests this person may decide, oldest first. */
export async function requestsToDecide(contracts: ContractStore, person: Person): Promise<RequestOnContract[]> {
  return requestsWhere(contracts, person, (record, r) => decides(person, record, r) === undefined);
}

/** A person's own roles, contract by contract. */
export async function rolesOf(contracts: ContractStore, person: Person): Promise<{ record: ContractRecord; assignments: Assignment[] }[]> {
  return (await contracts.ofTenant(person.tenantId))
    .map((record) => ({ record, assignments: record.assignments.filter((a) => a.personId === person.id) }))
    .filter(({ assignments }) => assignments.length > 0);
}

/** The contracts this person administers, by contract ID. */
export async function contractsAdministeredBy(contracts: ContractStore, person: Person): Promise<ContractRecord[]> {
  return (await contracts.ofTenant(person.tenantId))
    .filter((record) => isAdministrator(person.id, record))
    .toSorted((a, b) => a.contract.id.localeCompare(b.contract.id));
}

async function requestsWhere(
  contracts: ContractStore,
  person: Person,
  wanted: (record: ContractRecord, request: RoleRequest) => boolean,
): Promise<RequestOnContract[]> {
  return (await contracts.ofTenant(person.tenantId))
    .flatMap((record) => record.requests.filter((r) => wanted(record, r)).map((request) => ({ record, request })))
    .toSorted((a, b) => a.request.at.localeCompare(b.request.at));
}
