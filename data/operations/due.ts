import type { Assignment } from '../model/assignment.ts';
import type { Policy } from '../model/policy.ts';
import { VISIBLE_AFTER_MS } from '../model/policy.ts';
import type { ContractRecord } from '../model/record.ts';
import type { RoleRequest } from '../model/request.ts';
import { decidersOf, holdersOfAdministrator } from '../rules/rules.ts';
import { isStuck, visibleAt } from './applyRoles.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A temporary role's people are warned so long before it ends. */
export const WARN_DAYS = 7;
/** A contract's roles are looked through so long before its end, and once a year. */
const REVIEW_DAYS = [60, 30] as const;

/**
 * What people are to be told about a contract because its time has come. `key` names it for good: what stands in the record's
 * `sent` was sent. Derived from the record, so that nothing is lost by a stop.
 */
export type Due = { key: string } & (
  /** What was approved was entered in the portal: for the person. */
  | { kind: 'entered'; personId: string; time: Date }
  /** The person says that it does not work, or a role ended by itself: for the administrators. */
  | { kind: 'notYet' | 'ended'; personId: string }
  /** Whether what was entered in the portal works: asked when it usually is visible, and once more when it is late. */
  | { kind: 'ask'; personId: string; at: string }
  /** Nobody decides, or nobody could be reached: for the operators. */
  | { kind: 'undecided' | 'unreached'; request: RoleRequest }
  | { kind: 'endsSoon' | 'ownEndsSoon'; assignment: Assignment }
  /** Only one administrator: at most once a week. */
  | { kind: 'sole'; personId: string }
  | { kind: 'review' }
);

export function dueOn(record: ContractRecord, now: Date, policy: Policy): Due[] {
  const sent = new Set(record.sent.map(({ key }) => key));
  return [...entered(record, now), ...notYet(record), ...ended(record), ...asks(record, now), ...forOperators(record, now, policy), ...endsSoon(record, now), ...sole(record, now), ...reviews(record, now)].filter(({ key }) => !sent.has(key));
}

/** How many reminders are due for a pending request by now. */
export function remindersDue(request: RoleRequest, now: Date, { remindAfter }: Policy): number {
  const waited = now.getTime() - Date.parse(request.at);
  return remindAfter.filter((after) => waited >= after).length;
}

function entered({ assignments }: ContractRecord, now: Date): Due[] {
  return latestOfEach(assignments.filter((a) => a.state === 'applied'), (a) => a.appliedAt).flatMap(({ personId, at }): Due[] => {
    const time = new Date(Date.parse(at) + VISIBLE_AFTER_MS);
    return time > now ? [{ kind: 'entered', key: `entered ${personId} ${at}`, personId, time }] : [];
  });
}

function notYet({ assignments }: ContractRecord): Due[] {
  return latestOfEach(assignments.filter((a) => a.state === 'applied'), (a) => a.notYetAt).map(({ personId, at }) => ({ kind: 'notYet', key: `notYet ${personId} ${at}`, personId }));
}

function ended({ leftovers }: ContractRecord): Due[] {
  return latestOfEach(leftovers.filter((one) => one.byTime === true), (one) => one.at).map(({ personId, at }) => ({ kind: 'ended', key: `ended ${personId} ${at}`, personId }));
}

/** Each person once, with the latest of their instants. */
function latestOfEach<T extends { personId: string }>(some: readonly T[], instant: (one: T) => string | undefined): { personId: string; at: string }[] {
  const latest = new Map<string, string>();
  for (const one of some) {
    const at = instant(one);
    if (at !== undefined && at > (latest.get(one.personId) ?? '')) latest.set(one.personId, at);
  }
  return [...latest].map(([personId, at]) => ({ personId, at }));
}

function asks({ assignments }: ContractRecord, now: Date): Due[] {
  const applied = assignments.filter((a) => a.state === 'applied');
  return [...new Set(applied.map((a) => a.personId))].flatMap((personId): Due[] => {
    const own = applied.filter((a) => a.personId === personId).toSorted((a, b) => (a.appliedAt ?? '').localeCompare(b.appliedAt ?? ''));
    const last = own.at(-1);
    const at = last && visibleAt(last);
    if (!last || !at || at > now) return [];
    const late = own.some((a) => isStuck(a, now));
    return [{ kind: 'ask', key: `${late ? 'askLate' : 'ask'} ${personId} ${last.appliedAt}`, personId, at: last.appliedAt ?? '' }];
  });
}

function forOperators(record: ContractRecord, now: Date, policy: Policy): Due[] {
  const last = policy.remindAfter.at(-1) ?? 0;
  return record.requests.filter((r) => r.state === 'pending').flatMap((request): Due[] => {
    const asked = request.notices.filter((n) => n.kind === 'decide');
    const isUnreached = (asked.length > 0 && asked.every((n) => n.unreachable)) || decidersOf(record, request).length === 0;
    const isUndecided = now.getTime() - Date.parse(request.at) >= 2 * last;
    return [
      ...(isUnreached ? [{ kind: 'unreached' as const, key: `unreached ${request.id}`, request }] : []),
      ...(isUndecided && last > 0 ? [{ kind: 'undecided' as const, key: `undecided ${request.id}`, request }] : []),
    ];
  });
}

function endsSoon({ assignments }: ContractRecord, now: Date): Due[] {
  return assignments
    .filter((a) => a.until !== undefined && daysTo(a.until, now) <= WARN_DAYS)
    .flatMap((assignment) => (['endsSoon', 'ownEndsSoon'] as const).map((kind) => ({ kind, key: `${kind} ${assignment.id} ${assignment.until}`, assignment })));
}

function sole(record: ContractRecord, now: Date): Due[] {
  const holders = holdersOfAdministrator(record);
  const [personId] = holders;
  const isOver = record.contract.endDate !== undefined && daysTo(record.contract.endDate, now) < 0;
  if (personId === undefined || holders.length > 1 || record.inherited.length > 0 || isOver) return [];
  const last = record.sent.filter(({ key }) => key.startsWith('sole ')).map(({ at }) => at).toSorted().at(-1);
  if (last !== undefined && now.getTime() - Date.parse(last) < 7 * DAY_MS) return [];
  return [{ kind: 'sole', key: `sole ${now.toISOString()}`, personId }];
}

function reviews({ contract, assignments, events }: ContractRecord, now: Date): Due[] {
  if (assignments.length === 0) return [];
  const { endDate } = contract;
  const days = endDate === undefined ? undefined : daysTo(endDate, now);
  if (days !== undefined && days < 0) return [];
  const before = days === undefined ? undefined : REVIEW_DAYS.findLast((limit) => days <= limit);
  if (before !== undefined) return [{ kind: 'review', key: `review ${endDate} ${before}` }];
  const began = events[0]?.act.at;
  const years = began === undefined ? 0 : Math.floor((now.getTime() - Date.parse(began)) / (365 * DAY_MS));
  return years > 0 ? [{ kind: 'review', key: `review year ${years}` }] : [];
}

/** Whole days to the end of a day (UTC); negative when it is over. */
export function daysTo(day: string, now: Date): number {
  return Math.floor((Date.parse(`${day}T00:00:00.000Z`) + DAY_MS - 1 - now.getTime()) / DAY_MS);
}
