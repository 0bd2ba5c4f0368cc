import { ContractId, Mail } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { ContractStore } from '../ports.ts';
import { withdraws } from '../rules/rules.ts';

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

/** A request by its id. */
export function requestIn(record: ContractRecord, requestId: string): Result<RoleRequest, Refusal> {
  const request = record.requests.find((r) => r.id === requestId);
  return request ? ok(request) : refuse({ kind: 'requestUnknown' });
}

/** A typed sign-in mail; nothing typed means the actor's own. */
export function readMail(actor: Person, typed: string): Result<string, Refusal> {
  if (typed.trim() === '') return ok(actor.mail);
  const mail = Mail.safeParse(typed);
  return mail.success ? ok(mail.data) : refuse({ kind: 'mailInvalid', typed: typed.slice(0, 100) });
}

/** The contract with this request in the place of its older self. */
export function withRequest(record: ContractRecord, request: RoleRequest): ContractRecord {
  return { ...record, requests: record.requests.map((r) => (r.id === request.id ? request : r)) };
}

/** A contract by its key, for what no person asks for: the time, the provisioner. Refused with `contractUnknown` when it is gone. */
export async function loadOf(contracts: ContractStore, { tenantId, contractId }: { tenantId: string; contractId: string }): Promise<Result<ContractRecord, Refusal>> {
  const record = await contracts.get(tenantId, contractId);
  return record ? ok(record) : refuse({ kind: 'contractUnknown', contractId });
}

/** The actor's own pending request, as it was looked at. */
export function ownPending(record: ContractRecord, actor: Person, wish: { requestId: string; version: number }): Result<RoleRequest, Refusal> {
  const found = requestIn(record, wish.requestId);
  if (!found.ok) return found;
  const against = withdraws(actor, record, found.value) ?? (found.value.version === wish.version ? undefined : ({ kind: 'stale' } as const));
  return against ? refuse(against) : found;
}
