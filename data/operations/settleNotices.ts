import type { Contract } from '../model/contract.ts';
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

/** A card about a request that somebody opened; `shows` is absent when it does not show the request as it is now. */
export interface Copy {
  requestId: string;
  personId: string;
  place: Place;
  shows?: RoleRequest['state'];
}

/**
 * What people should have in front of them but do not: derived from the record, so a kill between a decision and its
 * cards loses nothing. While pending, every administrator who may decide has the card; once decided, every copy
 * shows it, and the requester and the person it is for are told. Nobody is told of the own withdrawal.
 */
export function dueNotices(record: ContractRecord, request: RoleRequest): NewNotice[] {
  const stale = request.notices.filter((n) => n.shows !== request.state && !n.unreachable);
  const lacking = (kind: Notice['kind'], people: string[]): NewNotice[] =>
    people.filter((id) => !request.notices.some((n) => n.personId === id && n.kind === kind)).map((personId) => ({ personId, kind }));
  switch (request.state) {
    case 'pending':
      return [...stale, ...lacking('decide', decidersOf(record, request))];
    case 'withdrawn':
      return stale;
    case 'approved':
    case 'denied':
      return [...stale, ...lacking('outcome', [...new Set([request.requesterId, request.beneficiaryId])])];
  }
}

/** Sends and updates every card that is due on a contract and keeps where each stands. */
export async function settleNotices(deps: Deps & { notifier: Notifier }, tenantId: string, contractId: string): Promise<void> {
  const record = await deps.contracts.get(tenantId, contractId);
  if (!record) return;
  for (const request of record.requests) {
    for (const due of dueNotices(record, request)) {
      const person = await deps.people.get(due.personId);
      const place = person && (await deps.notifier.show(person, { kind: due.kind, record, request }, due.place));
      const { place: before, ...kept } = due;
      const stands = place ?? before;
      await recordNotice(deps, record.contract, request.id, { ...kept, shows: request.state, unreachable: place === undefined, ...(stands ? { place: stands } : {}) });
    }
  }
}

/** Forgets that a person could not be reached, so that the next settling tries again; returns the contracts concerned. */
export async function retryNoticesFor(deps: Deps, tenantId: string, personId: string): Promise<string[]> {
  const missed = (n: Notice): boolean => n.personId === personId && n.unreachable;
  const concerned = (await deps.contracts.ofTenant(tenantId)).filter((record) => record.requests.some((r) => r.notices.some(missed)));
  for (const { contract } of concerned) {
    await change(deps, () => loadExisting(deps, contract), (record) => {
      const requests = record.requests.map((r) => ({ ...r, notices: r.notices.filter((n) => !missed(n)) }));
      return ok({ record: { ...record, requests }, value: undefined, acts: [] });
    });
  }
  return concerned.map((record) => record.contract.id);
}

/** Notes that a card about a request stands somewhere, so that later changes reach it. */
export async function recordCopy(deps: Deps, contract: Contract, { requestId, ...copy }: Copy): Promise<void> {
  await recordNotice(deps, contract, requestId, { kind: 'copy', ...copy });
}

async function recordNotice(deps: Deps, contract: Contract, requestId: string, notice: NewNotice): Promise<void> {
  const full: Notice = { id: deps.ids.uuid(), unreachable: false, ...notice };
  await change(deps, () => loadExisting(deps, contract), (record) => {
    const request = requestIn(record, requestId);
    if (!request.ok) return request;
    const others = request.value.notices.filter((n) => n.id !== full.id);
    // A copy that is known already keeps its own notice.
    const isKnown = full.kind === 'copy' && others.some((n) => isSamePlace(n.place, full.place));
    const notices = isKnown ? others : [...others, full];
    return ok({ record: withRequest(record, { ...request.value, notices }), value: undefined, acts: [] });
  });
}

/** Activity ids are unique within their conversation only. */
function isSamePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a !== undefined && b !== undefined && a.activityId === b.activityId && conversationOf(a) === conversationOf(b);
}

function conversationOf(place: Place): unknown {
  return (place.conversation['conversation'] as { id?: unknown } | undefined)?.id;
}

async function loadExisting(deps: Deps, { tenantId, id }: Contract): Promise<Result<ContractRecord, Refusal>> {
  const record = await deps.contracts.get(tenantId, id);
  if (!record) throw new Error(`contract ${id} is gone from the store`);
  return ok(record);
}
