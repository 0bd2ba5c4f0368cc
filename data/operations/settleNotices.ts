import type { ContractRecord } from '../model/record.ts';
import type { Notice, Place, RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Notifier } from '../ports.ts';
import { decidersOf } from '../rules/rules.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { requestIn, withRequest } from './load.ts';

type NewNotice = Pick<Notice, 'personId' | 'kind'> & Partial<Notice>;

/**
 * What people should have in front of them but do not: derived from the record, so a kill between a decision and its
 * cards loses nothing. While pending, every administrator who may decide has the card; once decided, every copy
 * shows it, and the requester and the person it is for are told. Nobody is told of the own withdrawal.
 */
export function dueNotices(record: ContractRecord, request: RoleRequest): NewNotice[] {
  const stale = request.notices.filter((n) => n.shows !== request.state && !n.unreachable);
  const has = (personId: string, kind: Notice['kind']): boolean => request.notices.some((n) => n.personId === personId && n.kind === kind);
  if (request.state === 'pending') {
    return decidersOf(record, request).filter((id) => !has(id, 'decide')).map((personId) => ({ personId, kind: 'decide' as const }));
  }
  if (request.state === 'withdrawn') return stale;
  const told = [...new Set([request.requesterId, request.beneficiaryId])].filter((id) => !has(id, 'outcome'));
  return [...stale, ...told.map((personId) => ({ personId, kind: 'outcome' as const }))];
}

/** Sends and updates every card that is due on a contract and keeps where each stands. */
export async function settleNotices(deps: Deps & { notifier: Notifier }, tenantId: string, contractId: string): Promise<void> {
  const record = await deps.contracts.get(tenantId, contractId);
  if (!record) return;
  for (const request of record.requests) {
    for (const due of dueNotices(record, request)) {
      const person = await deps.people.get(due.personId);
      const place = person && (await deps.notifier.show(person, { kind: due.kind, record, request }, due.place));
      await recordNotice(deps, record, request, { ...due, shows: request.state, unreachable: place === undefined, ...(place ? { place } : {}) });
    }
  }
}

/** Forgets that a person could not be reached, so that the next settling tries again; returns the contracts concerned. */
export async function retryNoticesFor(deps: Deps, tenantId: string, personId: string): Promise<string[]> {
  const missed = (n: Notice): boolean => n.personId === personId && n.unreachable;
  const concerned = (await deps.contracts.ofTenant(tenantId)).filter((record) => record.requests.some((r) => r.notices.some(missed)));
  for (const { contract } of concerned) {
    await change(deps, () => loadExisting(deps, contract.tenantId, contract.id), (record) => {
      const requests = record.requests.map((r) => ({ ...r, notices: r.notices.filter((n) => !missed(n)) }));
      return ok({ record: { ...record, requests }, value: undefined, acts: [] });
    });
  }
  return concerned.map((record) => record.contract.id);
}

/** Notes that a card about a request stands at `place` and shows what is true now, so that later changes reach it. */
export async function recordCopy(deps: Deps, record: ContractRecord, request: RoleRequest, personId: string, place: Place): Promise<void> {
  await recordNotice(deps, record, request, { personId, kind: 'decide', place, shows: request.state });
}

async function recordNotice(deps: Deps, { contract }: ContractRecord, { id }: RoleRequest, notice: NewNotice): Promise<void> {
  const full: Notice = { id: deps.ids.uuid(), unreachable: false, ...notice };
  await change(deps, () => loadExisting(deps, contract.tenantId, contract.id), (record) => {
    const request = requestIn(record, id);
    if (!request.ok) return request;
    const others = request.value.notices.filter((n) => n.id !== full.id && !(full.place && n.place?.activityId === full.place.activityId));
    const next = withRequest(record, { ...request.value, notices: [...others, full] });
    return ok({ record: next, value: undefined, acts: [] });
  });
}

async function loadExisting(deps: Deps, tenantId: string, contractId: string): Promise<Result<ContractRecord, Refusal>> {
  const record = await deps.contracts.get(tenantId, contractId);
  if (!record) throw new Error(`contract ${contractId} is gone from the store`);
  return ok(record);
}
