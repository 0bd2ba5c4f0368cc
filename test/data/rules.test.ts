import { describe, expect, test } from '@jest/globals';
import type { Assignment } from '../../data/model/assignment.ts';
import type { Person } from '../../data/model/person.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import type { RoleRequest } from '../../data/model/request.ts';
import { helps } from '../../data/rules/desk.ts';
import { administers, decides, removes, seesContract, seesRequest, withdraws } from '../../data/rules/rules.ts';
import { OTHER_TENANT, TENANT } from '../support/people.ts';

const person = (id: string, tenantId = TENANT): Person => ({ version: 1, id, tenantId, mail: `${id}@example.com`, languageChosen: false });
const held = (personId: string, role: Assignment['role'], state: Assignment['state'] = 'active'): Assignment => ({ version: 1, id: `${personId} ${role}`, personId, role, state, givenAt: '' });

const record: ContractRecord = {
  version: 1,
  contract: { id: '12345678', tenantId: TENANT, name: 'x', program: 'EA', cloud: 'public' },
  assignments: [
    held('p-admin', 'administrator'), held('p-second', 'administrator', 'approved'), held('p-asking-admin', 'administrator'),
    held('p-user', 'productKeysReader'), held('p-failed', 'administrator', 'failed'), held('p-invoice', 'invoiceReader'),
  ],
  requests: [],
  events: [],
  leftovers: [],
  sent: [],
  inherited: [],
};
const request: RoleRequest = { version: 1, id: 'R-00000001', requesterId: 'p-requester', beneficiaryId: 'p-beneficiary', roles: ['benefitsReader'], reason: 'x', at: '', state: 'pending', notices: [] };
const byAdmin: RoleRequest = { ...request, requesterId: 'p-asking-admin' };
const decided: RoleRequest = { ...request, state: 'approved' };
const sole: ContractRecord = { ...record, assignments: [held('p-admin', 'administrator'), held('p-user', 'benefitsReader')] };

const people = {
  administrator: person('p-admin'),
  'second administrator, not applied yet': person('p-second'),
  'administrator who asks': person('p-asking-admin'),
  'administrator whose role failed': person('p-failed'),
  user: person('p-user'),
  'invoice reader': person('p-invoice'),
  requester: person('p-requester'),
  beneficiary: person('p-beneficiary'),
  stranger: person('p-stranger'),
  'administrator, but of another tenant': person('p-admin', OTHER_TENANT),
};
type Name = keyof typeof people;

// One row a person, each cell expected by hand: '' is allowed, else the kind of refusal; for seeing, yes or no.
const table: Record<Name, { sees: boolean; administers: string; decides: string; decidesOwn: string; decidesAgain: string; withdraws: string; seesRequest: boolean }> = {
  administrator: { sees: true, administers: '', decides: '', decidesOwn: '', decidesAgain: 'notPending', withdraws: 'notRequester', seesRequest: true },
  'second administrator, not applied yet': { sees: true, administers: '', decides: '', decidesOwn: '', decidesAgain: 'notPending', withdraws: 'notRequester', seesRequest: true },
  'administrator who asks': { sees: true, administers: '', decides: '', decidesOwn: 'ownRequest', decidesAgain: 'notPending', withdraws: 'notRequester', seesRequest: true },
  'administrator whose role failed': { sees: true, administers: 'notAdministrator', decides: 'notAdministrator', decidesOwn: 'notAdministrator', decidesAgain: 'notAdministrator', withdraws: 'notRequester', seesRequest: false },
  user: { sees: true, administers: 'notAdministrator', decides: 'notAdministrator', decidesOwn: 'notAdministrator', decidesAgain: 'notAdministrator', withdraws: 'notRequester', seesRequest: false },
  'invoice reader': { sees: true, administers: 'notAdministrator', decides: 'notAdministrator', decidesOwn: 'notAdministrator', decidesAgain: 'notAdministrator', withdraws: 'notRequester', seesRequest: false },
  requester: { sees: true, administers: 'notAdministrator', decides: 'notAdministrator', decidesOwn: 'notAdministrator', decidesAgain: 'notAdministrator', withdraws: '', seesRequest: true },
  beneficiary: { sees: true, administers: 'notAdministrator', decides: 'notAdministrator', decidesOwn: 'notAdministrator', decidesAgain: 'notAdministrator', withdraws: 'notRequester', seesRequest: true },
  stranger: { sees: true, administers: 'notAdministrator', decides: 'notAdministrator', decidesOwn: 'notAdministrator', decidesAgain: 'notAdministrator', withdraws: 'notRequester', seesRequest: false },
  'administrator, but of another tenant': { sees: false, administers: 'contractUnknown', decides: 'contractUnknown', decidesOwn: 'contractUnknown', decidesAgain: 'contractUnknown', withdraws: 'requestUnknown', seesRequest: false },
};

describe.each(Object.entries(table) as [Name, (typeof table)[Name]][])('%s', (name, expected) => {
  const who = people[name];
  test('may exactly this', () => {
    expect({
      sees: seesContract(who, record),
      administers: administers(who, record)?.kind ?? '',
      decides: decides(who, record, request)?.kind ?? '',
      decidesOwn: decides(who, record, byAdmin)?.kind ?? '',
      decidesAgain: decides(who, record, decided)?.kind ?? '',
      withdraws: withdraws(who, record, request)?.kind ?? '',
      seesRequest: seesRequest(who, record, request),
    }).toEqual(expected);
  });

  test('removes only as an administrator, and never the last one', () => {
    const user = held('p-user', 'productKeysReader');
    expect(removes(who, record, user)?.kind ?? '').toBe(expected.administers);
    const lastOne = removes(who, sole, held('p-admin', 'administrator'))?.kind;
    expect(lastOne).toBe(name === 'administrator' ? 'lastAdministrator' : expected.sees ? 'notAdministrator' : 'contractUnknown');
  });
});

test('a beneficiary who administers does not decide, and a failed role of an administrator protects nobody', () => {
  expect(decides(people.administrator, record, { ...request, beneficiaryId: 'p-admin' })?.kind).toBe('ownRequest');
  const withFailed = { ...sole, assignments: [...sole.assignments, held('p-failed', 'administrator', 'failed')] };
  expect(removes(people.administrator, withFailed, held('p-admin', 'administrator'))?.kind).toBe('lastAdministrator');
  expect(removes(people.administrator, withFailed, held('p-failed', 'administrator', 'failed'))).toBeUndefined();
});

describe('the help desk: who may act on a ticket, by tenant and membership', () => {
  const ticket = { tenantId: TENANT };
  test.each([
    [TENANT, true, undefined],
    [TENANT, false, 'notHelper'],
    [OTHER_TENANT, true, 'ticketUnknown'],
    [OTHER_TENANT, false, 'ticketUnknown'],
  ] as const)('%s, member: %s -> %s', (tenantId, member, kind) => {
    expect(helps({ tenantId }, ticket, member)?.kind).toBe(kind);
  });
});
