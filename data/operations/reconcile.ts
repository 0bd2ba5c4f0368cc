import type { Assignment } from '../model/assignment.ts';
import type { Act } from '../model/event.ts';
import type { Person } from '../model/person.ts';
import type { Difference } from '../model/reconciliation.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Role } from '../model/role.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { administers, removes } from '../rules/rules.ts';
import { againstCloud, againstOneApproval, againstRoles, endedOn } from './against.ts';
import { change } from './change.ts';
import type { Deps } from './deps.ts';
import { grant, granted } from './grant.ts';
import { loadContract } from './load.ts';
import type { PortalRow } from './portalListCsv.ts';

/** A comparison tells nothing of today any more after so long. */
const OLD_MS = 7 * 24 * 60 * 60_000;
/** So many are accepted by one press: it has to be answered in 5 s. */
const AT_ONCE = 100;

/** Statuses that need an act of somebody (facts 88-91). */
const TO_ACT_ON: ReadonlySet<string> = new Set(['failed', 'invitationSent', 'invitationExpired', 'userNotFound']);

/**
 * Compares a contract with the portal's list of its users, and keeps what differs until somebody accepts it. What the portal says
 * of a person is noted at once. `by` is absent on the command line, where the operator of the machine acts.
 */
export async function reconcile(deps: Omit<Deps, 'policy'>, load: () => Promise<Result<ContractRecord, Refusal>>, actor: Person | undefined, rows: readonly PortalRow[]): Promise<Result<ContractRecord, Refusal>> {
  return change(deps, load, async (record) => {
    const against = actor && administers(actor, record);
    if (against) return refuse(against);
    const at = deps.clock.now().toISOString();
    const mails = new Map<string, string>();
    for (const id of new Set([...record.assignments, ...record.leftovers].map((one) => one.personId))) mails.set(id, (await deps.people.get(record.contract.tenantId, id))?.mail ?? '');
    const there = new Map(rows.map((row) => [row.mail, row]));
    const assignments = record.assignments.map((a) => withStatus(a, there.get(mails.get(a.personId) ?? '')));
    // What the list does not show any more was removed there.
    const leftovers = record.leftovers.filter((one) => {
      const row = there.get(mails.get(one.personId) ?? '');
      return row !== undefined && (row.roles === undefined || row.roles.includes(one.role));
    });
    const noted = { ...record, assignments, leftovers };
    const differences = differencesOf(deps, noted, mails, rows);
    const by = actor === undefined ? {} : { by: actor.id };
    const next = { ...noted, reconciliation: { ...by, at, people: rows.length, differences } };
    const gone = record.leftovers.filter((one) => !leftovers.includes(one)).map((one): Act => ({ kind: 'removedInPortal', at, ...by, forId: one.personId, role: one.role }));
    return ok({ record: next, value: next, acts: [...gone, { kind: 'reconciled', at, ...by, after: `${rows.length} people, ${differences.length} differences` }] });
  });
}

function withStatus(assignment: Assignment, row: PortalRow | undefined): Assignment {
  const { portalStatus: _before, ...rest } = assignment;
  return row?.status === undefined ? rest : { ...rest, portalStatus: row.status };
}

function differencesOf({ ids }: Pick<Deps, 'ids'>, record: ContractRecord, mails: ReadonlyMap<string, string>, rows: readonly PortalRow[]): Difference[] {
  const there = new Map(rows.map((row) => [row.mail, row]));
  const differences = record.assignments.flatMap((a): Omit<Difference, 'id'>[] => {
    const mail = mails.get(a.personId) ?? '';
    const row = there.get(mail);
    const isThere = row !== undefined && (row.roles === undefined || row.roles.includes(a.role));
    const about = { mail, role: a.role, assignmentId: a.id, version: a.version };
    if (!isThere) return a.state === 'approved' ? [] : [{ kind: 'notThere', ...about }];
    // Only what the list names for certain: this very role, Active.
    return a.state !== 'active' && row.roles !== undefined && row.status === 'active' ? [{ kind: 'works', ...about }] : [];
  });
  const held = new Set(record.assignments.map((a) => `${mails.get(a.personId) ?? ''} ${a.role}`));
  const left = new Set(record.leftovers.map((one) => `${mails.get(one.personId) ?? ''} ${one.role}`));
  const known = new Set(record.assignments.map((a) => mails.get(a.personId)));
  for (const row of rows) {
    if (row.roles === undefined && !known.has(row.mail) && ![...left].some((one) => one.startsWith(`${row.mail} `))) differences.push({ kind: 'notHere', mail: row.mail });
    // What was taken away here and is still to be removed there is no news.
    for (const role of row.roles ?? []) if (!held.has(`${row.mail} ${role}`) && !left.has(`${row.mail} ${role}`)) differences.push({ kind: 'notHere', mail: row.mail, role });
    if (row.status !== undefined && TO_ACT_ON.has(row.status)) differences.push({ kind: 'status', mail: row.mail, status: row.status });
  }
  return differences.map((difference) => ({ id: ids.uuid(), ...difference }));
}

/** Makes the bot's record what the portal's list says, for one difference or, without an id, for all but those that take a role away. Returns the record and how many were accepted. */
export async function acceptDifference(deps: Deps, actor: Person, wish: { contractId: string; differenceId?: string }): Promise<Result<{ record: ContractRecord; accepted: number }, Refusal>> {
  return change(deps, () => loadContract(deps.contracts, actor, wish.contractId), async (record) => {
    const against = administers(actor, record);
    if (against) return refuse(against);
    const now = deps.clock.now();
    const at = now.toISOString();
    const { differences = [], at: comparedAt = at } = record.reconciliation ?? {};
    const isOld = now.getTime() - Date.parse(comparedAt) > OLD_MS;
    const open = differences.filter((d) => d.acceptedAt === undefined && (wish.differenceId === undefined ? isHarmless(d) : d.id === wish.differenceId)).slice(0, AT_ONCE);
    if (open.length === 0 || isOld) return refuse({ kind: 'differenceUnknown' });
    let next = record;
    const acts: Act[] = [];
    const done = new Set<string>();
    let refusal: Refusal | undefined;
    for (const difference of open) {
      const accepted = await accept(deps, actor, next, difference, at);
      if (accepted.ok) {
        next = accepted.value.record;
        acts.push(...accepted.value.acts);
        done.add(difference.id);
      } else refusal = accepted.refusal;
    }
    if (done.size === 0) return refuse(refusal ?? { kind: 'differenceUnknown' });
    const { reconciliation } = next;
    const noted = reconciliation ? { ...next, reconciliation: { ...reconciliation, differences: reconciliation.differences.map((d) => (done.has(d.id) ? { ...d, acceptedAt: at } : d)) } } : next;
    return ok({ record: noted, value: { record: noted, accepted: done.size }, acts });
  });
}

/** What takes a role away, or gives the right over all others, is accepted for itself. */
function isHarmless({ kind, role }: Difference): boolean {
  return kind !== 'notThere' && !(kind === 'notHere' && role === 'administrator');
}

async function accept(deps: Deps, actor: Person, record: ContractRecord, { kind, mail, role, assignmentId, version, status }: Difference, at: string): Promise<Result<{ record: ContractRecord; acts: Act[] }, Refusal>> {
  const by = actor.id;
  const assignment = record.assignments.find((a) => a.id === assignmentId);
  switch (kind) {
    case 'notThere': {
      if (!assignment) return refuse({ kind: 'assignmentUnknown' });
      if (assignment.version !== version) return refuse({ kind: 'stale' });
      if (assignment.personId === actor.id && assignment.role === 'administrator') return refuse({ kind: 'ownAdministrator' });
      const against = removes(actor, record, assignment);
      if (against) return refuse(against);
      const act: Act = { kind: 'reconciled', at, by, forId: assignment.personId, role: assignment.role, before: assignment.state, after: 'removed' };
      return ok({ record: { ...record, assignments: record.assignments.filter((a) => a !== assignment) }, acts: [act] });
    }
    case 'works': {
      if (!assignment) return refuse({ kind: 'assignmentUnknown' });
      if (assignment.version !== version) return refuse({ kind: 'stale' });
      const active = { ...assignment, state: 'active' as const, version: assignment.version + 1, confirmedAt: at };
      const act: Act = { kind: 'reconciled', at, by, forId: assignment.personId, role: assignment.role, before: assignment.state, after: 'active' };
      return ok({ record: { ...record, assignments: record.assignments.map((a) => (a === assignment ? active : a)) }, acts: [act] });
    }
    case 'notHere': {
      if (role === undefined) return refuse({ kind: 'rolesMissing' });
      const known = await deps.people.byMail(actor.tenantId, mail);
      if (known && hasChangedSince(record, known.id, role)) return refuse({ kind: 'stale' });
      // The file is its sender's word: it gives no more than the sender may give alone.
      const against = endedOn(record, at) ?? againstRoles(record, known?.id, [role]) ?? againstOneApproval(deps.policy, [role]) ?? againstCloud(deps.policy, record, known ?? { mail });
      if (against) return refuse(against);
      const person = known ?? (await deps.people.ensure(actor.tenantId, mail));
      const grants = { personId: person.id, roles: [role], by, at, state: 'active' as const };
      return ok({ record: { ...record, assignments: [...record.assignments, ...grant(deps, grants)] }, acts: granted(grants) });
    }
    case 'status':
      return ok({ record, acts: [{ kind: 'reconciled', at, by, ...(await idOf(deps, actor, mail)), after: `seen: ${status ?? ''}` }] });
  }
}

/** Whether anything happened to that role of that person since the contract was compared. */
function hasChangedSince({ events }: ContractRecord, personId: string, role: Role): boolean {
  const compared = events.findLastIndex(({ act }) => act.kind === 'reconciled' && act.forId === undefined);
  return events.slice(compared + 1).some(({ act }) => 'role' in act && act.forId === personId && act.role === role);
}

async function idOf({ people }: Deps, actor: Person, mail: string): Promise<{ forId?: string }> {
  const person = await people.byMail(actor.tenantId, mail);
  return person ? { forId: person.id } : {};
}
