import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Seen, TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOfActivity } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, dan, eve, CONTRACTS, TENANT } from '../support/people.ts';

const MORE = `${CONTRACTS}40000001,Fourth,${TENANT},Open Value,public,,2028-03-31,,,anna@example.com
`;

let t: TestBot;
beforeEach(async () => {
  t = await testBot({ csv: MORE });
  await t.install(anna);
  await t.install(bob);
});
afterEach(() => t.stop());

const record = async (id = '12345678') => (await t.bot.house.contracts.get(TENANT, id))!;
const assign = (who: Who, more: Record<string, unknown> = {}): Promise<Seen> => t.press(who, { verb: 'assign', contractId: '12345678', roles: 'benefitsReader', forMail: 'kai@example.com', ...more });
const personOf = async (mail: string): Promise<string> => (await t.bot.house.people.byMail(TENANT, mail))!.id;
const last = (who: Who): string => textOfActivity(t.chat(who).at(-1)?.body ?? {});

describe('several people on several contracts', () => {
  test('a preview, one confirmation; what cannot be is named', async () => {
    const seen = await assign(anna, { contractId: '12345678\n40000001\n87654321', forMail: 'kai@example.com, lea@example.com', roles: 'benefitsReader,productKeysReader' });
    expect(seen.text).toContain('4 assignments will be made');
    expect(seen.text).toContain('87654321 · kai@example.com: Only an administrator');
    expect((await record()).assignments).toHaveLength(2);
    const done = await t.pressTitle(anna, seen.inPlace, 'Confirm');
    expect(done.text).toContain('4 assignments made');
    expect((await record()).assignments).toHaveLength(6);
    expect((await record('40000001')).assignments).toHaveLength(5);
    // The same press again does nothing more.
    expect((await t.pressTitle(anna, seen.inPlace, 'Confirm')).text).toContain('no longer valid');
    expect((await record()).assignments).toHaveLength(6);
  });

  test('the preview before is not confirmed for the newer one', async () => {
    const older = await assign(anna, { forMail: 'kai@example.com lea@example.com' });
    await assign(anna, { forMail: 'mia@example.com noa@example.com' });
    expect((await t.pressTitle(anna, older.inPlace, 'Confirm')).text).toContain('no longer valid');
    expect((await record()).assignments).toHaveLength(2);
  });

  test('a plan of one is nobody else’s, and nothing of it comes from the button', async () => {
    const seen = await assign(anna, { forMail: 'kai@example.com lea@example.com' });
    const { plan } = actionsOf(seen.inPlace).find((a) => a['verb'] === 'confirmPlan')!['data'] as { plan: string };
    expect((await t.press(bob, { verb: 'confirmPlan', plan })).text).toContain('no longer valid');
    await t.press(anna, { verb: 'confirmPlan', plan, wishes: [{ contractId: '12345678', forMail: 'evil@example.com', roles: ['administrator'] }] });
    expect(await t.bot.house.people.byMail(TENANT, 'evil@example.com')).toBeUndefined();
    expect((await record()).assignments).toHaveLength(4);
  });
});

describe('one person', () => {
  test('is changed: given, removed, limited in one step; a stale card changes nothing', async () => {
    await assign(anna);
    const users = await t.say(anna, 'users 12345678');
    expect(users.text).toContain('given by Anna');
    const person = await personOf('kai@example.com');
    const card = (await t.press(anna, { verb: 'openUser', contract: '12345678', person })).inPlace!;
    const saved = await t.pressTitle(anna, card, 'Save changes', { roles: 'productKeysReader,licensePositionReader', until: '2027-03-31' });
    expect(saved.text).toContain('Removed: Benefits reader');
    expect((await record()).assignments.filter((a) => a.personId === person).map((a) => [a.role, a.until])).toEqual([['productKeysReader', '2027-03-31'], ['licensePositionReader', '2027-03-31']]);
    expect((await t.pressTitle(anna, card, 'Save changes', { roles: 'administrator', until: '' })).text).toContain('changed');
    expect((await record()).assignments.filter((a) => a.personId === person)).toHaveLength(2);
  });

  test('nobody locks himself out unasked, and the last administrator stays', async () => {
    const own = await personOf(anna.mail);
    const card = (await t.press(anna, { verb: 'openUser', contract: '12345678', person: own })).inPlace!;
    expect((await t.pressTitle(anna, card, 'Save changes', { roles: 'benefitsReader', until: '' })).text).toContain('your own Administrator role');
    await t.install(eve);
    const eves = await personOf(eve.mail);
    expect((await t.press(eve, { verb: 'removePerson', contract: '87654321', person: eves, version: 1 })).text).toContain('last administrator');
    expect((await record('87654321')).assignments).toHaveLength(1);
  });

  test('strangers open, change and remove nothing', async () => {
    const person = await personOf(bob.mail);
    for (const forged of [
      { verb: 'openUser', contract: '12345678', person }, { verb: 'changeUser', contract: '12345678', person, version: 1, roles: 'benefitsReader' }, { verb: 'removePerson', contract: '12345678', person, version: 1 },
      { verb: 'askRemovePerson', contract: '12345678', person }, { verb: 'copyRoles', contract: '12345678', contractId: '87654321' }, { verb: 'copyForm', contract: '12345678' },
    ]) {
      for (const who of [cleo, eve]) expect([forged.verb, (await t.press(who, forged)).text]).toEqual([forged.verb, expect.stringContaining('Only an administrator')]);
    }
    expect((await record()).assignments).toHaveLength(2);
  });
});

test('all roles of a contract are copied to another, after a preview', async () => {
  await assign(anna);
  const form = await t.press(anna, { verb: 'copyForm', contract: '12345678' });
  const preview = await t.pressTitle(anna, form.inPlace, 'Preview', { contractId: '40000001' });
  expect(preview.text).toContain('2 assignments will be made');
  await t.pressTitle(anna, preview.inPlace, 'Confirm');
  const mails = await Promise.all((await record('40000001')).assignments.map(async (a) => (await t.bot.house.people.get(TENANT, a.personId))?.mail));
  expect(mails.map(String).toSorted()).toEqual(['anna@example.com', 'bob@example.com', 'kai@example.com']);
  expect((await t.press(anna, { verb: 'copyRoles', contract: '12345678', contractId: '87654321' })).text).toContain('Only an administrator');
});

test('who leaves is removed from every contract at once, but stays where nobody else administers', async () => {
  await assign(anna, { contractId: '40000001', forMail: bob.mail, roles: 'administrator' });
  await t.press(anna, { verb: 'apply', contract: '40000001', assignments: [(await record('40000001')).assignments.at(-1)!.id] });
  await t.say(anna, 'leaver');
  const shown = await t.press(bob, { verb: 'leaver', forMail: anna.mail });
  expect(shown.text).toContain('40000001');
  const removed = await t.pressTitle(bob, shown.inPlace, 'Remove from 2 contracts');
  expect(removed.text).toContain('12345678: removed');
  expect((await record()).leftovers).toHaveLength(1);
  expect((await t.press(bob, { verb: 'leaver', forMail: 'nobody@example.com' })).text).toContain('I know nobody');
  expect((await t.press(cleo, { verb: 'removeLeaver', person: await personOf(bob.mail), version: 0 })).text).toContain('nothing to change');
  const sole = await t.press(bob, { verb: 'leaver', forMail: bob.mail });
  expect(sole.text).toContain('last administrator');
});

test('away: the others are asked, the deputy is told for whom; back again', async () => {
  const form = await t.say(anna, 'away');
  const bobs = await personOf(bob.mail);
  await t.pressTitle(anna, cardOf(form.sent[0]), 'Save', { until: '2026-12-01', deputy: bobs });
  const before = t.chat(anna).length;
  await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'x' });
  expect(t.chat(anna)).toHaveLength(before);
  expect(last(bob)).toContain('You stand in for Anna');
  // Alone, one is asked although away.
  await t.press(dan, { verb: 'sendRequest', contractId: '40000001', roles: 'benefitsReader', reason: 'x' });
  expect(last(anna)).toContain('40000001');
  expect((await t.press(anna, { verb: 'setAway', until: '2020-01-01', deputy: '' })).text).toContain('from today on');
  await t.press(anna, { verb: 'backFromAway' });
  expect(t.chat(anna).map(({ body }) => textOfActivity(body)).join()).toContain('12345678 Contoso Open Value');
});
