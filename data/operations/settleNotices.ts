import type { Contract } from '../model/contract.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Notice, Place, RoleRequest } from '../model/request.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Notifier } from '../ports.ts';
import { administratorsOf, decidersOf, isAdministrator, isParty } from '../rules/rules.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { remindersDue } from './due.ts';
import { requestIn, withRequest } from './load.ts';
import { isAway } from './setAway.ts';

/** What decides who is shown what besides the record. */
interface Asking {
  /** Whom to try again who was unreachable. */
  retries: (personId: string) => boolean;
  isAway: (personId: string) => boolean;
  /** How many reminders are due. */
  reminders: (request: RoleRequest) => number;
}

type NewNotice = Pick<Notice, 'personId' | 'kind'> & Partial<Notice>;

/** A card about a request that somebody opened; `shows` is absent when it does not show the request as it is now. */
export interface Copy {
  requestId: string;
  personId: string;
  place: Place;
  shows?: Notice['shows'];
}

/** Copies that one person opened of one request; older ones are let go, their buttons show today's state when pressed. */
const COPIES_KEPT = 10;

/**
 * What people should have in front of them but do not: derived from the record, so a kill between a decision and its
 * cards loses nothing. While pending, every administrator who may decide has the card; once decided, every copy
 * shows it, and the requester and the person it is for are told. Nobody is told of the own withdrawal. Who may not see
 * the request any more has a card that says no more than that.
 */
export function dueNotices(record: ContractRecord, request: RoleRequest, { retries, isAway, reminders }: Asking): NewNotice[] {
  const stale = request.notices.filter((n) => (n.unreachable ? retries(n.personId) : n.shows !== showsTo(n.personId, record, request) || (n.version ?? request.version) !== request.version));
  const lacking = (kind: Notice['kind'], people: string[]): NewNotice[] =>
    people.filter((id) => !request.notices.some((n) => n.personId === id && n.kind === kind)).map((personId) => ({ personId, kind }));
  switch (request.state) {
    case 'pending': {
      const asked = askedOf(record, request, isAway);
      const level = reminders(request);
      // Who has not been reached at all is not reminded; who comes late begins at the level of today.
      const lackReminder = asked.filter((id) => request.notices.some((n) => n.personId === id && n.kind === 'decide' && !n.unreachable && (n.level ?? 0) < level) && !request.notices.some((n) => n.personId === id && (n.level ?? 0) >= level));
      const decide = lacking('decide', asked).map((notice) => ({ ...notice, ...(level > 0 ? { level } : {}) }));
      const reached = stale.map((notice) => (notice.kind === 'decide' && notice.unreachable && level > 0 ? { ...notice, level } : notice));
      return [...decide, ...(level > 0 ? lackReminder.map((personId) => ({ personId, kind: 'reminder' as const, level })) : []), ...reached];
    }
    case 'withdrawn':
      return stale;
    case 'approved':
    case 'denied':
    case 'expired':
      return [...lacking('outcome', [...new Set([request.requesterId, request.beneficiaryId])]), ...stale];
  }
}

/**
 * Sends and updates every card that is due on a contract and keeps where each stands. New cards go first, so that the
 * requester's own card can say how many were reached. Returns who could not be reached.
 */
export async function settleNotices(
  deps: Deps & { notifier: Notifier },
  tenantId: string,
  contractId: string,
  retries: (personId: string) => boolean,
): Promise<string[]> {
  const unreached: string[] = [];
  const now = deps.clock.now();
  const away = await awayFrom(deps, await deps.contracts.get(tenantId, contractId), now);
  const asking: Asking = { retries, isAway: (id) => away.has(id), reminders: (request) => remindersDue(request, now, deps.policy) };
  const showAll = async (wanted: (due: NewNotice) => boolean): Promise<void> => {
    const record = await deps.contracts.get(tenantId, contractId);
    if (!record) return;
    const due = record.requests.flatMap((request) => dueNotices(record, request, asking).filter(wanted).map((notice) => ({ request, notice })));
    await Promise.all(
      due.map(async ({ request, notice }) => {
        const person = notice.place === undefined ? await deps.people.get(tenantId, notice.personId) : undefined;
        if (person && (await deps.notifier.waits(person))) return;
        if (!(await show(deps, record, request, notice))) unreached.push(notice.personId);
      }),
    );
  };
  await showAll((due) => due.id === undefined);
  await showAll((due) => due.id !== undefined);
  return unreached;
}

async function show(deps: Deps & { notifier: Notifier }, record: ContractRecord, request: RoleRequest, due: NewNotice): Promise<boolean> {
  const shows = showsTo(due.personId, record, request);
  const person = await deps.people.get(record.contract.tenantId, due.personId);
  const place = person && (await deps.notifier.show(person, { shows, record, request, isReminder: due.kind === 'reminder' }, due.place));
  // Still not reached: that is noted already.
  if (place === undefined && due.unreachable === true && due.shows === shows) return false;
  const { place: before, ...kept } = due;
  const stands = place ?? before;
  await recordNotice(deps, record.contract, request.id, { ...kept, shows, version: request.version, unreachable: place === undefined, ...(stands ? { place: stands } : {}) });
  return place !== undefined;
}

/** What a card about this request has to show this person now. */
function showsTo(personId: string, record: ContractRecord, request: RoleRequest): NonNullable<Notice['shows']> {
  return isParty(personId, request) || isAdministrator(personId, record) ? stageOf(record, request) : 'hidden';
}

/** How far a request has come: its state, and what became of an approved one in the portal. */
export function stageOf(record: ContractRecord, request: RoleRequest): Exclude<NonNullable<Notice['shows']>, 'hidden'> {
  const given = request.state === 'approved' ? record.assignments.filter((a) => a.requestId === request.id) : [];
  if (given.length === 0 || given.some((a) => a.state === 'approved')) return request.state;
  return given.every((a) => a.state === 'active') ? 'active' : 'applied';
}

/** Who is asked to decide: those who may and are not away; all who may, when everybody is. */
function askedOf(record: ContractRecord, request: RoleRequest, isAbsent: Asking['isAway']): string[] {
  const may = decidersOf(record, request);
  const present = may.filter((id) => !isAbsent(id));
  return present.length > 0 ? present : may;
}

async function awayFrom({ people }: Pick<Deps, 'people'>, record: ContractRecord | undefined, now: Date): Promise<Set<string>> {
  const known = await Promise.all((record ? administratorsOf(record).map((id) => people.get(record.contract.tenantId, id)) : []));
  return new Set(known.flatMap((person) => (person && isAway(person, now) ? [person.id] : [])));
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
    return ok({ record: withRequest(record, { ...request.value, notices: withNotice(request.value, full) }), value: undefined, acts: [] });
  });
}

function withNotice(request: RoleRequest, notice: Notice): Notice[] {
  const others = request.notices.filter((n) => n.id !== notice.id);
  // A copy that is known already keeps its own notice.
  if (notice.kind === 'copy' && others.some((n) => isSamePlace(n.place, notice.place))) return others;
  // A card that shows how it ended will never have to change again.
  if (isFinal(notice.shows) && notice.kind !== 'outcome' && !notice.unreachable) return others;
  const copies = others.filter((n) => n.kind === 'copy' && n.personId === notice.personId);
  const letGo = new Set(notice.kind === 'copy' ? copies.slice(0, Math.max(0, copies.length - COPIES_KEPT + 1)) : []);
  return [...others.filter((n) => !letGo.has(n)), notice];
}

function isFinal(shows: Notice['shows']): boolean {
  return shows !== undefined && ['denied', 'withdrawn', 'expired', 'active'].includes(shows);
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
