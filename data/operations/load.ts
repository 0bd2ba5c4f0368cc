import { ContractId, Mail } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { ContractStore, PeopleStore } from '../ports.ts';

/** The contract that was typed, of the actor's own tenant. */
export async function loadContract(contracts: ContractStore, actor: Person, typed: string): Promise<Result<ContractRecord, Refusal>> {
  const id = ContractId.safeParse(typed);
  if (!id.success) return refuse({ kind: 'contractIdInvalid' });
  const record = await contracts.get(actor.tenantId, id.data);
  return record ? ok(record) : refuse({ kind: 'contractUnknown', contractId: id.data });
}

/** The contract of the actor's own tenant that holds the request. */
export async function loadByRequest(contracts: ContractStore, actor: Person, requestId: string): Promise<Result<ContractRecord, Refusal>> {
  const record = await contracts.findByRequest(actor.tenantId, requestId);
  return record ? ok(record) : refuse({ kind: 'requestUnknown' });
}

export function requestIn(record: ContractRecord, requestId: string): Result<RoleRequest, Refusal> {
  const request = record.requests.find((r) => r.id === requestId);
  return request ? ok(request) : refuse({ kind: 'requestUnknown' });
}

/** The person a typed sign-in mail means; nothing typed means the actor. */
export async function loadPerson(people: PeopleStore, actor: Person, typed: string): Promise<Result<Person, Refusal>> {
  if (typed.trim() === '') return ok(actor);
  const mail = Mail.safeParse(typed);
  if (!mail.success) return refuse({ kind: 'mailInvalid', typed: typed.slice(0, 100) });
  return ok(mail.data === actor.mail ? actor : await people.ensure(actor.tenantId, mail.data));
}

export function withRequest(record: ContractRecord, request: RoleRequest): ContractRecord {
  return { ...record, requests: record.requests.map((r) => (r.id === request.id ? request : r)) };
}
