import type { Act } from '../model/event.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { daysTo } from './due.ts';
import { loadOf } from './load.ts';
import { without } from './removeRoles.ts';

/** What the time does by itself. */
export interface Passed {
  record: ContractRecord;
  expired: RoleRequest[];
  ended: ContractRecord['assignments'];
}

/** Whether `passTime` would change anything. */
export function isTimeOver({ policy }: Pick<Deps, 'policy'>, record: ContractRecord, now: Date): boolean {
  return record.requests.some((r) => isExpired(r, now, policy.expireAfter)) || ended(record, now).length > 0;
}

/** Expires requests that waited too long and ends temporary roles after their last day; the last administrator stays (fact 80). Refused with `nothingToDo`. */
export async function passTime(deps: Deps, tenantId: string, contractId: string): Promise<Result<Passed, Refusal>> {
  return change(deps, () => loadOf(deps.contracts, { tenantId, contractId }), (record) => {
    const now = deps.clock.now();
    const at = now.toISOString();
    const over = record.requests.filter((r) => isExpired(r, now, deps.policy.expireAfter));
    const roles = ended(record, now);
    if (over.length + roles.length === 0) return refuse({ kind: 'nothingToDo' });
    const ids = new Set(over.map((r) => r.id));
    const requests = record.requests.map((r) => (ids.has(r.id) ? { ...r, version: r.version + 1, state: 'expired' as const } : r));
    const { record: next, acts } = without({ ...record, requests }, roles, { at });
    const expired = requests.filter((r) => ids.has(r.id));
    const expiries = expired.map((r): Act => ({ kind: 'expired', at, requestId: r.id, before: 'pending', after: 'expired' }));
    return ok({ record: next, value: { record: next, expired, ended: roles }, acts: [...expiries, ...acts] });
  });
}

/** Notes that something was sent, or given up, so that it is sent once; what is older than a year may be forgotten. */
export async function noteSent(deps: Pick<Deps, 'contracts' | 'clock'>, { tenantId, id }: { tenantId: string; id: string }, key: string, failed = false): Promise<void> {
  const now = deps.clock.now();
  const yearAgo = new Date(now.getTime() - 400 * 24 * 60 * 60_000).toISOString();
  for (;;) {
    const record = await deps.contracts.get(tenantId, id);
    if (!record || record.sent.some((one) => one.key === key)) return;
    const sent = [...record.sent.filter((one) => one.at > yearAgo), { key, at: now.toISOString(), ...(failed ? { failed } : {}) }];
    if ((await deps.contracts.save({ ...record, sent })) === 'saved') return;
  }
}

function isExpired(request: RoleRequest, now: Date, expireAfter: number): boolean {
  return request.state === 'pending' && now.getTime() - Date.parse(request.at) >= expireAfter;
}

function ended(record: ContractRecord, now: Date): ContractRecord['assignments'] {
  const over = record.assignments.filter((a) => a.until !== undefined && daysTo(a.until, now) < 0);
  const stays = record.assignments.some((a) => !over.includes(a) && a.role === 'administrator' && (a.state === 'applied' || a.state === 'active'));
  return stays ? over : over.filter((a) => a.role !== 'administrator');
}
