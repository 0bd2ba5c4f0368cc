import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProvisionedRole, Provisioner } from '../../data/ports.ts';
import { reconcile } from '../../data/operations/reconcile.ts';
import { readPortalList } from '../../data/operations/portalListCsv.ts';
import { ok } from '../../data/model/result.ts';
import type { Seen, TestBot } from '../support/bot.ts';
import { cardOf, testBot, textOfActivity } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, CONTRACTS, dan, eve, TENANT } from '../support/people.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const MORE = `${CONTRACTS}33330001,Child of Open Value,${TENANT},Open Value,public,12345678,2028-03-31,,,
40000001,Fourth,${TENANT},Open Value,public,,2028-03-31,,,anna@example.com
`;

let t: TestBot;
const begin = async (environment: Record<string, string> = {}): Promise<void> => {
  t = await testBot({ csv: MORE, environment: { OPERATORS: dan.mail, ...environment } });
};
beforeEach(() => begin());
afterEach(() => t.stop());

const record = async (id = '12345678') => (await t.bot.house.contracts.get(TENANT, id))!;
const texts = (who: Who): string => t.chat(who).map(({ body }) => textOfActivity(body)).join('\n---\n');
const ask = (who: Who, more: Record<string, unknown> = {}): Promise<Seen> => t.press(who, { verb: 'sendRequest', contractId: '12345678', roles: 'productKeysReader', reason: 'Because', ...more });
const assign = (who: Who, more: Record<string, unknown> = {}): Promise<Seen> => t.press(who, { verb: 'assign', contractId: '12345678', roles: 'benefitsReader', forMail: cleo.mail, ...more });
async function pass(ms: number): Promise<void> {
  t.clock.advance(ms);
  t.bot.tick();
  await t.bot.house.background.idle(30_000);
  await t.bot.house.background.idle(30_000);
}

describe('two approvals', () => {
  beforeEach(async () => {
    await t.stop();
    await begin({ ADMINISTRATOR_APPROVALS: '2' });
  });

  test('nobody gives the Administrator role alone, not directly either', async () => {
    expect((await assign(anna, { roles: 'administrator' })).text).toContain('needs two approvals');
    expect((await record()).assignments).toHaveLength(2);
  });

  test('the approval of somebody who lost the right since is none', async () => {
    await ask(cleo, { roles: 'administrator' });
    const { id } = (await record()).requests[0]!;
    await t.press(bob, { verb: 'decide', request: id, version: 1, decision: 'approved' });
    const bobs = (await record()).assignments[1]!;
    await t.press(anna, { verb: 'remove', contract: '12345678', assignment: bobs.id, version: bobs.version });
    await t.press(anna, { verb: 'decide', request: id, version: 2, decision: 'approved' });
    expect((await record()).requests[0]?.state).toBe('pending');
    expect((await record()).assignments).toHaveLength(1);
  });

  test('a correction voids the first approval', async () => {
    await ask(cleo, { roles: 'administrator' });
    const { id } = (await record()).requests[0]!;
    await t.press(bob, { verb: 'decide', request: id, version: 1, decision: 'approved' });
    await t.press(cleo, { verb: 'sendCorrection', request: id, version: 2, roles: 'administrator,benefitsReader', reason: 'more' });
    await t.press(anna, { verb: 'decide', request: id, version: 3, decision: 'approved' });
    expect((await record()).requests[0]).toMatchObject({ state: 'pending', version: 4 });
  });
});

describe('nobody is told twice, too late or never', () => {
  test('an administrator who opens the bot late gets one card, not the reminders of the days before', async () => {
    await t.install(anna);
    await ask(cleo);
    await pass(5 * HOUR);
    await pass(2 * DAY);
    await t.install(bob);
    await pass(1000);
    expect(texts(bob).match(/asks for access|still waits/g)).toHaveLength(1);
  });

  test('whether it works is asked when the person comes, however late', async () => {
    await t.install(anna);
    await assign(anna, { forMail: 'cleo@example.com' });
    await t.press(anna, { verb: 'apply', contract: '12345678', assignments: [(await record()).assignments.at(-1)!.id] });
    for (const hours of [3, 1, 1, 20]) await pass(hours * HOUR);
    await t.install(cleo);
    await pass(1000);
    expect(texts(cleo)).toContain('Do your roles on contract 12345678 work now');
  });

  test('a warning of an end is not repeated because somebody else is not reached', async () => {
    await t.install(cleo);
    await assign(anna, { until: '2026-11-28' });
    for (let i = 0; i < 4; i += 1) await pass(HOUR);
    expect(texts(cleo).match(/ends after 2026-11-28/g)).toHaveLength(1);
  });

  test('who newly administers the parent gets the cards of its children', async () => {
    await t.install(bob);
    await t.install(dan);
    await ask(cleo, { contractId: '33330001' });
    expect(texts(dan)).not.toContain('33330001');
    await assign(bob, { roles: 'administrator', forMail: dan.mail });
    expect(texts(dan)).toContain('33330001');
  });

  test('what could not be updated after a decision is listed', async () => {
    await t.install(anna);
    await t.install(bob);
    await ask(cleo);
    t.channel.misbehave = (method, path) => (path.includes(bob.id) && method === 'PUT' ? 403 : undefined);
    const { id } = (await record()).requests[0]!;
    await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'denied', comment: 'no' });
    expect((await t.say(dan, 'health')).text).toContain(`${id} (contract 12345678): 1 person not reached`);
  });
});

describe('what is copied, planned and approved', () => {
  test('a copy keeps end dates and who is from outside', async () => {
    await assign(anna, { until: '2027-01-31', external: true, forMail: 'x@partner.com' });
    const preview = await t.press(anna, { verb: 'copyRoles', contract: '12345678', contractId: '40000001' });
    expect(preview.text).toContain('until 2027-01-31');
    await t.pressTitle(anna, preview.inPlace, 'Confirm');
    expect((await record('40000001')).assignments.at(-1)).toMatchObject({ until: '2027-01-31', external: true });
    expect((await t.press(eve, { verb: 'copyRoles', contract: '12345678', contractId: '87654321' })).text).toContain('Only an administrator');
  });

  test('a plan that was cancelled is not confirmed', async () => {
    const preview = await assign(anna, { forMail: 'a@example.com b@example.com' });
    await t.pressTitle(anna, preview.inPlace, 'Cancel');
    expect((await t.pressTitle(anna, preview.inPlace, 'Confirm')).text).toContain('no longer valid');
    expect((await record()).assignments).toHaveLength(2);
  });

  test('what was asked for until a day that is over is not approved', async () => {
    await ask(cleo, { until: '2026-11-25' });
    t.clock.advance(5 * DAY);
    const { id } = (await record()).requests[0]!;
    expect((await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved' })).text).toContain('a date from today on');
  });

  test('one more role for oneself puts no end on one’s own Administrator role', async () => {
    const own = (await record()).assignments[0]!;
    const card = (await t.press(anna, { verb: 'openUser', contract: '12345678', person: own.personId })).inPlace!;
    await t.pressTitle(anna, card, 'Save changes', { roles: 'administrator,benefitsReader', until: '2027-01-31' });
    expect((await record()).assignments.filter((a) => a.personId === own.personId).map((a) => [a.role, a.until])).toEqual([['administrator', undefined], ['benefitsReader', '2027-01-31']]);
  });
});

describe('the list of the admin center', () => {
  const compare = async (csv: string) => {
    const { rows, problems } = readPortalList(csv);
    expect(problems).toEqual([]);
    const result = await reconcile(t.bot.house, async () => ok(await record()), undefined, rows);
    return result.ok ? (result.value.reconciliation?.differences ?? []) : [];
  };

  test('somebody on several lines holds all of them', async () => {
    expect(await compare('Sign-in email,Roles\nanna@example.com,Administrator\nanna@example.com,Benefits reader\nbob@example.com,Administrator\n')).toMatchObject([{ kind: 'notHere', mail: 'anna@example.com', role: 'benefitsReader' }]);
  });

  test('what is not named for certain does not work: without roles, or without Active', async () => {
    await assign(anna);
    for (const csv of ['Sign-in email,Status\nanna@example.com,Active\nbob@example.com,Active\ncleo@example.com,Active\n', 'Sign-in email,Roles\nanna@example.com,Administrator\nbob@example.com,Administrator\ncleo@example.com,Benefits reader\n']) expect(await compare(csv)).toEqual([]);
    expect(readPortalList('Sign-in email,Status\nanna@example.com,Pending approval\n').problems).toHaveLength(1);
    expect(readPortalList('Sign-in email,状態\nanna@example.com,失敗\n').rows[0]?.status).toBe('failed');
  });

  test('what was removed here and is still there is no news; what is gone there is done', async () => {
    await assign(anna);
    await t.press(anna, { verb: 'apply', contract: '12345678', assignments: [(await record()).assignments.at(-1)!.id] });
    const given = (await record()).assignments.at(-1)!;
    await t.press(anna, { verb: 'remove', contract: '12345678', assignment: given.id, version: given.version });
    expect(await compare('Sign-in email,Roles\nanna@example.com,Administrator\nbob@example.com,Administrator\ncleo@example.com,Benefits reader\n')).toEqual([]);
    expect((await record()).leftovers).toHaveLength(1);
    await compare('Sign-in email,Roles\nanna@example.com,Administrator\nbob@example.com,Administrator\n');
    expect((await record()).leftovers).toEqual([]);
  });
});

test('a role that is removed while the provisioner enters it is removed there too', async () => {
  await t.stop();
  const there = new Map<string, ProvisionedRole>();
  let entering = (): void => undefined;
  const provisioner: Provisioner = {
    enters: () => true,
    put: async (role) => {
      there.set(role.assignmentId, role);
      entering();
      await new Promise((resolve) => setTimeout(resolve, 200));
    },
    remove: async ({ assignmentId }) => void there.delete(assignmentId),
    list: async () => [],
  };
  await begin();
  t.bot.house.provisioner = provisioner;
  await t.install(cleo);
  const isEntering = new Promise<void>((resolve) => (entering = resolve));
  const assigned = assign(eve, { contractId: '87654321' });
  await isEntering;
  const given = (await record('87654321')).assignments.at(-1)!;
  await t.press(eve, { verb: 'remove', contract: '87654321', assignment: given.id, version: given.version });
  await assigned;
  await pass(1000);
  expect([...there.keys()]).toEqual([]);
  expect((await record('87654321')).leftovers).toEqual([]);
});

test('an import in the chat is in the history with who did it, and gives no right where somebody has it', async () => {
  const { importContracts } = await import('../../data/operations/importContracts.ts');
  await t.install(dan);
  const operator = (await t.bot.house.people.byMail(TENANT, dan.mail))!;
  const file = MORE.split('\n').filter((line) => line.startsWith('contract_id') || (line.startsWith('12345678') && line.includes(TENANT))).join('\n');
  await importContracts(t.bot.house, file.replace('Contoso Open Value', 'Renamed').replace('anna@example.com;bob@example.com', `${dan.mail};anna@example.com`), operator);
  const { assignments, events } = await record();
  expect(assignments).toHaveLength(2);
  expect(events.at(-1)?.act).toMatchObject({ kind: 'imported', by: operator.id, before: expect.stringContaining('Contoso Open Value'), after: expect.stringContaining('Renamed') });
  expect((await t.say(dan, 'contracts')).text).toContain('You do not administer any contract');
});

test('cancelling a correction shows the request again, unchanged', async () => {
  await ask(cleo);
  const { id } = (await record()).requests[0]!;
  const form = await t.press(cleo, { verb: 'correct', request: id });
  const seen = await t.pressTitle(cleo, form.inPlace, 'Cancel');
  expect(seen.text).toContain(id);
  expect(seen.text).toContain('Your request still stands');
  expect(cardOf(seen.sent[0])).toBeUndefined();
  expect((await record()).requests[0]).toMatchObject({ state: 'pending', version: 1 });
});

describe('what an attacker tried', () => {
  const header = 'contract_id,name,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins';
  const imported = async (line: string): Promise<string[]> => {
    const { importContracts } = await import('../../data/operations/importContracts.ts');
    await t.install(dan);
    const report = await importContracts(t.bot.house, `${header}\n${line}\n`, await t.bot.house.people.byMail(TENANT, dan.mail));
    return report.problems.map(({ reason }) => reason);
  };

  test('a contract is not its own parent, and a circle of parents goes round once', async () => {
    expect(await imported(`12345678,C,${TENANT},EA,public,12345678,2028-03-31,,,`)).toEqual(['contract 12345678 is its own parent']);
    const { importContracts } = await import('../../data/operations/importContracts.ts');
    await importContracts(t.bot.house, `${header}\n71000001,A,${TENANT},EA,public,71000002,2028-03-31,,,anna@example.com\n71000002,B,${TENANT},EA,public,71000001,2028-03-31,,,bob@example.com\n`);
    await t.install(anna);
    expect((await ask(cleo, { contractId: '71000001' })).text).toContain('may decide');
    expect((await fetch(`${t.bot.url}/healthz`).catch(() => ({ status: 0 }))).status).not.toBe(0);
  });

  test('an operator changes no parent, and so gives and takes no right', async () => {
    await imported(`87654321,Contoso EA,${TENANT},EA,public,12345678,2028-03-31,,,`);
    expect((await record('87654321')).inherited).toEqual([]);
    await imported(`33330001,Child,${TENANT},Open Value,public,,2028-03-31,,,cleo@example.com`);
    expect((await record('33330001')).inherited).toHaveLength(2);
    expect((await record('33330001')).assignments).toEqual([]);
  });

  test('a list gives no more than its sender may give alone, and an old one gives nothing', async () => {
    await t.stop();
    await begin({ ADMINISTRATOR_APPROVALS: '2' });
    const { acceptDifference } = await import('../../data/operations/reconcile.ts');
    await t.install(anna);
    const actor = (await t.bot.house.people.byMail(TENANT, anna.mail))!;
    const compare = async (line: string): Promise<string> => {
      const { rows } = readPortalList(`Sign-in email,Roles,Status\nanna@example.com,Administrator,Active\nbob@example.com,Administrator,Active\n${line}\n`);
      await reconcile(t.bot.house, async () => ok(await record()), actor, rows);
      return (await record()).reconciliation!.differences[0]!.id;
    };
    const accept = (differenceId: string) => acceptDifference(t.bot.house, actor, { contractId: '12345678', differenceId });
    expect(await accept(await compare('cleo@example.com,Administrator,Active'))).toMatchObject({ ok: false, refusal: { kind: 'needsTwoApprovals' } });
    const stale = await compare('cleo@example.com,Benefits reader,Active');
    await assign(anna);
    const given = (await record()).assignments.at(-1)!;
    await t.press(anna, { verb: 'remove', contract: '12345678', assignment: given.id, version: given.version });
    expect(await accept(stale)).toMatchObject({ ok: false, refusal: { kind: 'stale' } });
    const old = await compare('cleo@example.com,Benefits reader,Active');
    t.clock.advance(8 * DAY);
    expect(await accept(old)).toMatchObject({ ok: false, refusal: { kind: 'differenceUnknown' } });
  });

  test('renewing neither limits what has no end nor shortens, and takes no day beyond ten years', async () => {
    const own = (await record()).assignments[0]!;
    expect((await t.press(bob, { verb: 'renew', contract: '12345678', assignment: own.id, version: own.version, days: 30 })).text).toContain('nothing to change');
    expect((await assign(anna, { until: '9999-12-31' })).text).toContain('a date from today on');
    await assign(anna, { until: '2028-03-31' });
    const last = (await record()).assignments.at(-1)!;
    expect((await t.press(anna, { verb: 'renew', contract: '12345678', assignment: last.id, version: last.version, days: 90 })).text).toContain('nothing to change');
  });

  test('who administers is not told by whom a request is for (fact 78)', async () => {
    const said = [];
    for (const mail of [anna.mail, bob.mail, eve.mail, 'nobody@example.com']) said.push(/\d administrators?/.exec((await ask(cleo, { forMail: mail })).text)?.[0]);
    expect(new Set(said).size).toBe(1);
    expect((await ask(cleo, { contractId: '87654321', forMail: eve.mail })).text).toContain('1 administrator');
  });

  test('corrections count in the flood too, and the first of two approvers is not named to the requester', async () => {
    await t.stop();
    await begin({ ADMINISTRATOR_APPROVALS: '2', REQUESTS_PER_HOUR: '3' });
    await ask(cleo, { roles: 'administrator' });
    const { id } = (await record()).requests[0]!;
    await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', comment: 'INTERNAL' });
    expect((await t.press(cleo, { verb: 'showRequest', request: id })).text).not.toContain('INTERNAL');
    expect((await t.press(bob, { verb: 'showRequest', request: id })).text).toContain('INTERNAL');
    for (const version of [2, 3]) await t.press(cleo, { verb: 'sendCorrection', request: id, version, roles: 'administrator', reason: `again ${version}` });
    expect((await t.press(cleo, { verb: 'sendCorrection', request: id, version: 4, roles: 'administrator', reason: 'x' })).text).toContain('very many requests');
  });

  test('news that one administrator got reaches the other when he can be reached again', async () => {
    await t.install(anna);
    await t.install(bob);
    t.channel.misbehave = (method, path) => (method === 'POST' && path.includes(bob.id) ? 403 : undefined);
    await assign(anna, { until: '2026-11-28' });
    await pass(1000);
    expect(texts(anna).match(/ends after 2026-11-28/g)).toHaveLength(1);
    t.channel.misbehave = undefined;
    await pass(2 * 60_000);
    expect(texts(bob).match(/ends after 2026-11-28/g)).toHaveLength(1);
    await pass(HOUR);
    expect(texts(anna).match(/ends after 2026-11-28/g)).toHaveLength(1);
  });

  test('one person typed three ways is one, and a name is no link', async () => {
    expect((await assign(anna, { forMail: 'Zoe@example.com zoe@example.com ZOE@example.com' })).text).toContain('zoe@example.com now has');
    const evil: Who = { ...cleo, name: '[Approve](https://evil.example) **x**' };
    await t.install(evil);
    await assign(anna, { forMail: evil.mail });
    const shown = await t.press(anna, { verb: 'leaver', forMail: evil.mail });
    expect(JSON.stringify(shown.inPlace)).not.toContain('[Approve](https');
  });
});
