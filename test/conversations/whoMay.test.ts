import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContractRecord } from '../../data/model/record.ts';
import { standingOf } from '../../data/operations/standing.ts';
import { isAdministrator } from '../../data/rules/rules.ts';
import { importContracts } from '../../data/operations/importContracts.ts';
import type { TestBot } from '../support/bot.ts';
import { testBot } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { OTHER_TENANT, TENANT } from '../support/people.ts';

// Every act by every kind of person, each cell expected by hand: + is done, - changes and shows nothing.

const KINDS = ['stranger', 'other tenant', 'user', 'requester', 'beneficiary', 'administrator of another contract', 'administrator', 'sole administrator', 'inherited administrator', 'operator', 'global administrator'] as const;
type Kind = (typeof KINDS)[number];

const who = (kind: Kind, n: number, mail = `${kind.replaceAll(' ', '-')}@example.com`, tenantId = TENANT): Who => ({ id: `29:${kind.replaceAll(' ', '-')}`, objectId: `${String(n).padStart(8, '0')}-aaaa-4111-8111-111111111111`, mail, name: kind, tenantId });
const PEOPLE = Object.fromEntries(KINDS.map((kind, i) => [kind, kind === 'other tenant' ? who(kind, i, 'administrator@example.com', OTHER_TENANT) : who(kind, i)])) as Record<Kind, Who>;

let t: TestBot;
beforeAll(async () => {
  t = await testBot({ environment: { OPERATORS: PEOPLE.operator.mail, REQUESTS_PER_HOUR: '100000' } });
  for (const person of Object.values(PEOPLE)) await t.install(person);
});
afterAll(() => t.stop());

let count = 0;
interface Scene {
  id: string;
  record: () => Promise<ContractRecord>;
  person: Record<Kind, string>;
}

/** A contract of its own, with a pending request, an applied and a temporary role, something left over and a difference. `sole`: with one administrator and no parent. */
async function scene(isSole: boolean): Promise<Scene> {
  count += 1;
  const id = String(70000000 + count);
  const admins = isSole ? 'sole-administrator@example.com' : 'administrator@example.com;second@example.com';
  await importContracts(t.bot.house, `contract_id,name,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins
60000000,Parent,${TENANT},Open Value,public,,2028-03-31,,,inherited-administrator@example.com
60000001,Another,${TENANT},Open Value,public,,2028-03-31,,,administrator-of-another-contract@example.com
${id},Scene,${TENANT},Open Value,public,${isSole ? '' : '60000000'},2028-03-31,,,${admins}
`);
  const { contracts, people } = t.bot.house;
  const person = Object.fromEntries(await Promise.all(KINDS.map(async (kind) => [kind, (await people.ensure(PEOPLE[kind].tenantId, PEOPLE[kind].mail)).id]))) as Record<Kind, string>;
  const before = (await contracts.get(TENANT, id))!;
  const at = t.clock.now().toISOString();
  const given = (personId: string, role: 'benefitsReader' | 'licensePositionReader' | 'onlineServicesManager', state: 'active' | 'applied' | 'approved', more = {}) => ({ version: 1, id: randomUUID(), personId, role, state, givenAt: at, ...more });
  await contracts.save({
    ...before,
    assignments: [...before.assignments, given(person.user, 'benefitsReader', 'active', { until: '2027-12-31' }), given(person.beneficiary, 'licensePositionReader', 'applied', { appliedAt: at }), given(person.user, 'onlineServicesManager', 'approved')],
    requests: [{ version: 1, id: `R-${id}`, requesterId: person.requester, beneficiaryId: person.beneficiary, roles: ['productKeysReader'], reason: 'secret reason', at, state: 'pending', notices: [] }],
    leftovers: [{ id: randomUUID(), personId: person.user, role: 'invoiceReader', at }],
    reconciliation: { at, people: 1, differences: [{ id: '11111111-2222-4333-8444-555555555555', kind: 'notHere', mail: 'there@example.com', role: 'benefitsReader' }] },
  });
  return { id, record: async () => (await contracts.get(TENANT, id))!, person };
}

/** What people decided and hold, without what was sent to whom. */
function substance({ assignments, requests, events, leftovers, reconciliation }: ContractRecord): string {
  return JSON.stringify({ assignments, requests: requests.map(({ notices: _n, ...r }) => r), events, leftovers, reconciliation });
}

interface Act {
  press: (scene: Scene, record: ContractRecord, kind: Kind) => Record<string, unknown> | Promise<Record<string, unknown>>;
  /** What only those may see to whom it is shown; absent: the act changes something. */
  shows?: string;
  may: readonly Kind[];
}

const ADMINS = ['administrator', 'sole administrator', 'inherited administrator'] as const;
const role = (record: ContractRecord, name: string): { assignment: string; version: number } => {
  const found = record.assignments.find((a) => a.role === name)!;
  return { assignment: found.id, version: found.version };
};

const ACTS: Record<string, Act> = {
  'see the users': { press: ({ id }) => ({ verb: 'list', list: 'users', page: 0, contract: id }), shows: 'user@example.com', may: ADMINS },
  'see the history': { press: ({ id }) => ({ verb: 'list', list: 'audit', page: 0, contract: id }), shows: 'imported', may: ADMINS },
  'see the review': { press: ({ id }) => ({ verb: 'list', list: 'review', page: 0, contract: id }), shows: 'user@example.com', may: ADMINS },
  'see the comparison': { press: ({ id }) => ({ verb: 'list', list: 'reconciliation', page: 0, contract: id }), shows: 'there@example.com', may: ADMINS },
  'take the history as a file': { press: ({ id }) => ({ verb: 'auditFile', contract: id, format: 'csv' }), shows: 'file.consent', may: ADMINS },
  'see a request': { press: ({ id }) => ({ verb: 'showRequest', request: `R-${id}` }), shows: 'secret reason', may: ['requester', 'beneficiary', ...ADMINS] },
  'see the steps in the portal': { press: ({ id, person }) => ({ verb: 'portalSteps', contract: id, person: person.user }), shows: 'user@example.com', may: ADMINS },
  'open a user': { press: ({ id, person }) => ({ verb: 'openUser', contract: id, person: person.user }), shows: 'Benefits reader', may: ADMINS },
  'see what a copy would do': { press: ({ id }) => ({ verb: 'copyRoles', contract: id, contractId: '60000001' }), shows: 'user@example.com', may: ADMINS },
  'see what somebody holds who leaves': { press: () => ({ verb: 'leaver', forMail: 'user@example.com' }), shows: 'Scene:', may: ADMINS },
  approve: { press: ({ id }) => ({ verb: 'decide', request: `R-${id}`, version: 1, decision: 'approved' }), may: ADMINS },
  deny: { press: ({ id }) => ({ verb: 'decide', request: `R-${id}`, version: 1, decision: 'denied', comment: 'no' }), may: ADMINS },
  'approve several': { press: ({ id }) => ({ verb: 'decideMany', picked: `R-${id}:1` }), may: ADMINS },
  withdraw: { press: ({ id }) => ({ verb: 'withdraw', request: `R-${id}`, version: 1 }), may: ['requester'] },
  correct: { press: ({ id }) => ({ verb: 'sendCorrection', request: `R-${id}`, version: 1, roles: 'benefitsReader', reason: 'other' }), may: ['requester'] },
  assign: { press: ({ id }) => ({ verb: 'assign', contractId: id, roles: 'benefitsReader', forMail: 'new@example.com' }), may: ADMINS },
  remove: { press: ({ id }, record) => ({ verb: 'remove', contract: id, ...role(record, 'benefitsReader') }), may: ADMINS },
  'remove a whole person': { press: ({ id, person }) => ({ verb: 'removePerson', contract: id, person: person.user, version: 0 }), may: ADMINS },
  'change a person': { press: ({ id, person }) => ({ verb: 'changeUser', contract: id, person: person.user, version: 0, roles: 'productKeysReader' }), may: ADMINS },
  'remove who leaves': {
    press: async ({ person }, _record, kind) => {
      const own = (await t.bot.house.contracts.ofTenant(TENANT)).filter((one) => isAdministrator(person[kind], one) && one.assignments.some((a) => a.personId === person.beneficiary));
      return { verb: 'removeLeaver', person: person.beneficiary, version: own.reduce((sum, one) => sum + standingOf(one, person.beneficiary), 0) };
    },
    may: ADMINS,
  },
  'mark as applied': { press: ({ id }, record) => ({ verb: 'apply', contract: id, assignments: [role(record, 'onlineServicesManager').assignment] }), may: ADMINS },
  'mark as removed in the portal': { press: ({ id }, record) => ({ verb: 'removedInPortal', contract: id, leftovers: record.leftovers.map((one) => one.id) }), may: ADMINS },
  renew: { press: ({ id }, record) => ({ verb: 'renew', contract: id, ...role(record, 'benefitsReader'), days: 30 }), may: ADMINS },
  'keep in a review': { press: ({ id, person }) => ({ verb: 'keep', contract: id, person: person.user, version: 0 }), may: ADMINS },
  'accept all differences': { press: ({ id }) => ({ verb: 'accept', contract: id }), may: ADMINS },
  'accept a difference': { press: ({ id }) => ({ verb: 'accept', contract: id, difference: '11111111-2222-4333-8444-555555555555' }), may: ADMINS },
  'say that it works': { press: ({ id }) => ({ verb: 'works', contract: id, works: true, at: t.clock.now().toISOString() }), may: ['beneficiary'] },
  'say that it does not work': { press: ({ id }) => ({ verb: 'works', contract: id, works: false, at: t.clock.now().toISOString() }), may: ['beneficiary'] },
  // A sole administrator has nobody who could decide.
  'ask for a role': { press: ({ id }) => ({ verb: 'sendRequest', contractId: id, roles: 'productDownloadManager', reason: 'x' }), may: KINDS.filter((kind) => kind !== 'other tenant' && kind !== 'sole administrator') },
  // The last administrator stays, whoever asks; of two, one may go.
  'remove an administrator': { press: ({ id }, record) => ({ verb: 'remove', contract: id, ...role(record, 'administrator') }), may: ['administrator', 'inherited administrator'] },
};

describe.each(Object.entries(ACTS))('%s', (_name, { press, shows, may }) => {
  test.each(KINDS)('%s', async (kind) => {
    const here = await scene(kind === 'sole administrator');
    const before = await here.record();
    const seen = await t.press(PEOPLE[kind], await press(here, before, kind));
    const after = await here.record();
    const isAllowed = may.includes(kind);
    expect(seen.status).toBe(200);
    expect(seen.text.trim()).not.toBe(shows === undefined ? '' : 'nothing');
    if (shows === undefined) expect({ kind, changed: substance(after) !== substance(before) }).toEqual({ kind, changed: isAllowed });
    else {
      expect(substance(after)).toBe(substance(before));
      expect({ kind, shown: JSON.stringify([seen.text, seen.sent]).includes(shows) }).toEqual({ kind, shown: isAllowed });
    }
  });
});

describe('running the bot is for operators, and gives no right on a contract', () => {
  const inChannel = { conversation: { id: '19:c@thread.tacv2', conversationType: 'channel', isGroup: true, tenantId: TENANT } };
  test.each(KINDS.filter((kind) => kind !== 'other tenant'))('%s', async (kind) => {
    const isOperator = kind === 'operator';
    expect((await t.say(PEOPLE[kind], 'health')).text.includes('Only an operator')).toBe(!isOperator);
    expect((await t.say(PEOPLE[kind], 'use as help desk', inChannel)).text.includes('Only an operator')).toBe(!isOperator);
  });
});

describe('forged, replayed, swapped, stale and doubled presses change nothing and get a sentence', () => {
  const admin = PEOPLE.administrator;
  test('forged: names, roles and records in the data are nobody’s', async () => {
    const { id, record } = await scene(false);
    const before = substance(await record());
    for (const more of [{ by: admin.objectId }, { person: { id: 'x', role: 'administrator' } }, { record: { assignments: [] } }, { tenantId: TENANT }, { isAdministrator: true }]) {
      expect((await t.press(PEOPLE.stranger, { verb: 'decide', request: `R-${id}`, version: 1, decision: 'approved', ...more })).text).toMatch(/Only an administrator/);
    }
    for (const wrong of [{ verb: 'decide', request: '../../etc', version: 1, decision: 'approved' }, { verb: 'decide', request: `R-${id}`, version: -1, decision: 'approved' }, { verb: 'decide', request: `R-${id}`, version: 1, decision: 'maybe' }, { verb: 'nonsense' }, {}, { verb: 'apply', contract: id, person: 'administrator' }]) {
      const seen = await t.press(admin, wrong);
      expect([wrong, seen.status, seen.text.length > 5]).toEqual([wrong, 200, true]);
    }
    expect(substance(await record())).toBe(before);
  });

  test('replayed and stale: what was decided stays decided', async () => {
    const { id, record } = await scene(false);
    const press = { verb: 'decide', request: `R-${id}`, version: 1, decision: 'approved' };
    await t.press(admin, press);
    const once = substance(await record());
    for (const again of [press, { ...press, version: 2 }, { ...press, decision: 'denied', comment: 'x' }, { verb: 'withdraw', request: `R-${id}`, version: 1 }]) expect((await t.press(admin, again)).text.length).toBeGreaterThan(5);
    expect(substance(await record())).toBe(once);
  });

  test('swapped: the assignment of one contract on another, the request of one with the version of another', async () => {
    const [one, two] = [await scene(false), await scene(false)];
    const foreign = (await one.record()).assignments[2]!;
    const before = [substance(await one.record()), substance(await two.record())];
    for (const verb of ['remove', 'renew']) expect((await t.press(admin, { verb, contract: two.id, assignment: foreign.id, version: foreign.version, days: 30 })).text.length).toBeGreaterThan(5);
    expect((await t.press(admin, { verb: 'apply', contract: two.id, assignments: [foreign.id] })).text).toContain('nothing (more) to enter');
    expect((await t.press(admin, { verb: 'removedInPortal', contract: two.id, leftovers: (await one.record()).leftovers.map(({ id }) => id) })).text.length).toBeGreaterThan(5);
    await t.press(admin, { verb: 'decide', request: `R-${one.id}`, version: 7, decision: 'approved' });
    await t.press(admin, { verb: 'accept', contract: two.id, difference: '99999999-2222-4333-8444-555555555555' });
    expect([substance(await one.record()), substance(await two.record())]).toEqual(before);
  });

  test('stale: what was given since the card was drawn is not meant by it', async () => {
    const { id, record, person } = await scene(false);
    const [shown] = (await record()).assignments.filter((a) => a.state === 'approved');
    await t.press(admin, { verb: 'assign', contractId: id, roles: 'productKeysReader', forMail: PEOPLE.user.mail });
    await t.press(admin, { verb: 'apply', contract: id, assignments: [shown!.id] });
    expect((await record()).assignments.find((a) => a.role === 'productKeysReader')?.state).toBe('approved');
    for (const verb of ['removePerson', 'keep', 'changeUser']) await t.press(admin, { verb, contract: id, person: person.user, version: 0, roles: 'invoiceReader' });
    expect((await record()).assignments.filter((a) => a.personId === person.user)).toHaveLength(3);
    // Entered after the question was asked, so not what the answer is about.
    t.clock.advance(60_000);
    const asked = new Date(t.clock.now().getTime() - 120_000).toISOString();
    expect((await t.press(PEOPLE.beneficiary, { verb: 'works', contract: id, works: true, at: asked })).text).toContain('nothing to confirm');
  });

  test('a hundred simultaneous decisions on one request: exactly one', async () => {
    const { id, record } = await scene(false);
    const deciders = [admin, PEOPLE['inherited administrator']];
    const presses = Array.from({ length: 100 }, (_, i) => t.press(deciders[i % 2]!, { verb: 'decide', request: `R-${id}`, version: 1, decision: i % 3 === 0 ? 'denied' : 'approved', comment: 'x' }));
    const seen = await Promise.all(presses);
    expect(seen.every(({ status }) => status === 200)).toBe(true);
    const { events, requests, assignments } = await record();
    expect(events.filter(({ act }) => act.kind === 'approved' || act.kind === 'denied')).toHaveLength(1);
    expect(requests[0]?.version).toBe(2);
    expect(assignments.filter((a) => a.role === 'productKeysReader').length).toBe(requests[0]?.state === 'approved' ? 1 : 0);
  }, 60_000);

  test('doubled: each act twice at the same instant is done once', async () => {
    const { id, record } = await scene(false);
    const { assignments, leftovers } = await record();
    const user = assignments.find((a) => a.role === 'benefitsReader')!;
    for (const press of [{ verb: 'apply', contract: id, assignments: [assignments.find((a) => a.state === 'approved')!.id] }, { verb: 'removedInPortal', contract: id, leftovers: [leftovers[0]!.id] }, { verb: 'remove', contract: id, assignment: user.id, version: user.version }, { verb: 'sendRequest', contractId: id, roles: 'productDownloadManager', reason: 'twice' }]) {
      await Promise.all([t.press(admin, press), t.press(admin, press)]);
    }
    const kinds = (await record()).events.map(({ act }) => act.kind);
    for (const kind of ['applied', 'removedInPortal', 'removed', 'requested']) expect([kind, kinds.filter((one) => one === kind).length]).toEqual([kind, 1]);
  });
});
