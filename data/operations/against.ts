import { isEnterprise } from '../model/contract.ts';
import { Day } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import type { Policy } from '../model/policy.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Role } from '../model/role.ts';
import { reaches, showsCloud } from '../rules/clouds.ts';

// What speaks against a role on a contract, whoever gives it or asks for it.

/** A contract lives through its last day. */
export function endedOn(record: ContractRecord, at: string): Refusal | undefined {
  const { endDate } = record.contract;
  return endDate !== undefined && endDate < at.slice(0, 10) ? { kind: 'contractEnded', endDate } : undefined;
}

/** The roles of these that a person holds on a contract. */
export function heldBy(record: ContractRecord, personId: string | undefined, roles: readonly Role[]): Role[] {
  return roles.filter((role) => record.assignments.some((a) => a.personId === personId && a.role === role && a.state !== 'failed'));
}

/** Fact 75: outside EA/EAS nobody is both administrator and invoice reader of a contract. */
export function againstInvoiceReader(record: ContractRecord, personId: string | undefined, roles: readonly Role[]): Refusal | undefined {
  if (isEnterprise(record.contract.program)) return undefined;
  const both: Role[] = ['administrator', 'invoiceReader'];
  const wouldHold = new Set([...heldBy(record, personId, both), ...roles]);
  return roles.some((role) => both.includes(role)) && both.every((role) => wouldHold.has(role)) ? { kind: 'invoiceReaderNotForAdministrators' } : undefined;
}

/** What speaks against giving this person these roles; a person not known yet holds none. */
export function againstRoles(record: ContractRecord, personId: string | undefined, roles: readonly Role[]): Refusal | undefined {
  const held = heldBy(record, personId, roles);
  return held.length > 0 ? { kind: 'rolesHeld', roles: held } : againstInvoiceReader(record, personId, roles);
}

/** Fact 17: an Entra ID on another cloud sees nothing. Of somebody who never spoke to the bot, only what the mail shows is known. */
export function againstCloud(policy: Policy, record: ContractRecord, person: Pick<Person, 'mail' | 'objectId'>): Refusal | undefined {
  const { cloud } = record.contract;
  const shown = showsCloud(person.mail);
  const isWrong = shown === undefined ? person.objectId !== undefined && !reaches(policy.cloud, cloud) : (shown === 'public') !== reaches('public', cloud);
  return isWrong ? { kind: 'wrongCloud', cloud } : undefined;
}

/** Where the Administrator role needs two approvals, nobody gives it alone: it is asked for. */
export function againstOneApproval(policy: Policy, roles: readonly Role[]): Refusal | undefined {
  return policy.administratorApprovals === 2 && roles.includes('administrator') ? { kind: 'needsTwoApprovals' } : undefined;
}

/** Fact 96: nobody from outside on EA and EAS; the tenant's administrator makes a sign-in ID first. */
export function againstExternal(record: ContractRecord, external: boolean): Refusal | undefined {
  return external && isEnterprise(record.contract.program) ? { kind: 'externalNotForEnterprise' } : undefined;
}

function tenYearsAfter(at: string): string {
  return `${Number(at.slice(0, 4)) + 10}${at.slice(4, 10)}`;
}

/** The last day of a role as typed or picked: empty, or a day from today on and within ten years, not after the end of the contract. */
export function readUntil(typed: string, at: string, record?: ContractRecord): Result<string | undefined, Refusal> {
  if (typed.trim() === '') return ok(undefined);
  const day = Day.safeParse(typed.trim());
  const end = record?.contract.endDate;
  return day.success && day.data >= at.slice(0, 10) && day.data < tenYearsAfter(at) && (end === undefined || day.data <= end) ? ok(day.data) : refuse({ kind: 'untilInvalid' });
}
