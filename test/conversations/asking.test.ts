import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { roleNamed } from '../../data/text/roleNames.ts';
import type { Seen, TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOf, textOfActivity } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, CONTRACTS, dan, eve, TENANT } from '../support/people.ts';

const MORE = `${CONTRACTS}22220001,Gov,${TENANT},Open Value,gcchigh,,2028-03-31,,,anna@example.com
33330001,Child of Open Value,${TENANT},Open Value,public,12345678,2028-03-31,,,
`;

let t: TestBot;
beforeEach(async () => {
  t = await testBot({ csv: MORE, environment: { REQUESTS_PER_HOUR: '5' } });
});
afterEach(() => t.stop());

const record = async (id = '12345678') => (await t.bot.house.contracts.get(TENANT, id))!;
const ask = (who: Who, more: Record<string, unknown> = {}): Promise<Seen> => t.press(who, { verb: 'sendRequest', contractId: '12345678', roles: 'productKeysReader', reason: 'Because', ...more });
const last = (who: Who): string => textOfActivity(t.chat(who).at(-1)?.body ?? {});

describe('one form, several contracts', () => {
  test('a pasted list in any shape, each once; what is unknown is named and stops nothing', async () => {
    const seen = await ask(cleo, { contractId: '１２３４-５６７８\n8765 4321、12345678, 99990000' });
    expect(seen.text).toContain('2 requests sent');
    expect(seen.text).toContain('99990000');
    expect(seen.text).toContain('I know no contract');
    expect((await record()).requests).toHaveLength(1);
    expect((await record('87654321')).requests).toHaveLength(1);
  });

  test('two IDs with a blank between are two, one with a blank inside is one', async () => {
    expect((await ask(cleo, { contractId: '12345678 87654321' })).text).toContain('2 requests sent');
    expect((await ask(dan, { contractId: '1234 5678' })).text).toContain('may decide');
  });

  test('nothing known: the form again, with everything that was typed', async () => {
    const seen = await ask(cleo, { contractId: '1111\n2222', reason: 'My words', ticket: 'INC-1', until: '2027-01-31' });
    expect(seen.text).toContain('1111: I know no contract');
    for (const typed of ['My words', 'INC-1', '2027-01-31', '1111\\n2222']) expect(JSON.stringify(seen.inPlace)).toContain(typed);
  });
});

describe('refused before it is sent, with the reason', () => {
  test.each([
    ['another cloud', { contractId: '22220001' }, 'This contract is on GCC High'],
    ['a mail that shows another cloud', { forMail: 'x@contoso.onmicrosoft.us' }, 'cannot reach it'],
    ['somebody from outside on EA', { contractId: '87654321', external: 'true', forMail: 'x@partner.com' }, 'nobody from outside'],
    ['what comes by itself', { roles: 'invoiceReader' }, 'Bill To contact has it automatically'],
    ['a day that is over', { until: '2026-11-01' }, 'a date from today on'],
    ['a day after the contract', { until: '2029-01-01' }, 'not after the end of the contract'],
    ['no reason', { reason: '' }, 'give a reason'],
    ['a contract of nobody', { contractId: '55500001' }, 'no administrator'],
    ['a colleague nobody knows', { forPerson: 'aaaaaaaa-1111-4111-8111-111111111111' }, 'do not know that colleague'],
  ])('%s', async (_name, more, sentence) => {
    expect((await ask(cleo, more)).text).toContain(sentence);
    expect((await record()).requests).toHaveLength(0);
  });

  test('on the right cloud, from outside and on EA it is taken', async () => {
    expect((await ask(cleo, { contractId: '22220001', forMail: 'x@contoso.onmicrosoft.us' })).text).toContain('may decide');
    expect((await ask(cleo, { external: 'true', forMail: 'x@partner.com' })).text).toContain('Outside');
    expect((await ask(cleo, { contractId: '87654321', roles: 'invoiceReader' })).text).toContain('may decide');
  });

  test('a flood is refused politely, and goes on an hour later', async () => {
    for (let i = 0; i < 5; i += 1) {
      await ask(dan, { forMail: `p${i}@example.com` });
      const { id, version } = (await record()).requests.at(-1)!;
      await t.press(dan, { verb: 'withdraw', request: id, version });
    }
    expect((await ask(dan)).text).toContain('very many requests at once. Please go on in 60 minutes');
    t.clock.advance(60 * 60_000);
    expect((await ask(dan)).text).toContain('may decide');
  });
});

test.each([
  ['download software', 'productDownloadManager'], ['ダウンロード', 'productDownloadManager'], ['Licensing Info Viewer', 'licensePositionReader'], ['Software Assurance Manager', 'benefitsReader'],
  ['プロダクト キー', 'productKeysReader'], ['see invoices', 'invoiceReader'], ['Product keys', 'productKeysReader'], ['オンライン サービス マネージャー', 'onlineServicesManager'],
])('%s means %s', (typed, role) => {
  expect(roleNamed(typed)).toBe(role);
});

test.each([['request role download', 'productDownloadManager'], ['Request role for Licensing Info Viewer', 'licensePositionReader'], ['ロールを申請 プロダクト キー', 'productKeysReader']])('%s opens the form with it', async (typed, role) => {
  const form = await t.say(cleo, typed);
  expect(JSON.stringify(cardOf(form.sent[0]))).toContain(`"value":"${role}"`);
  expect(JSON.stringify(cardOf(form.sent[0]))).toContain('sendRequest');
});

test('what somebody wants to do is the smallest role that does it', async () => {
  const seen = await ask(cleo, { roles: '', tasks: 'productDownloadManager' });
  expect(seen.text).toContain('Product download manager');
  expect((await ask(dan, { roles: '', tasks: '' })).text).toContain('at least one role');
});

test('a colleague is picked by the object id that the client gives', async () => {
  await t.install(dan);
  const seen = await ask(cleo, { forPerson: dan.objectId });
  expect(seen.text).toContain('Dan');
});

describe('the own request', () => {
  test('is corrected: the administrators see the new version and decide on that', async () => {
    await t.install(anna);
    await ask(cleo);
    const list = await t.say(cleo, 'my requests');
    expect(list.text).toContain('2 administrators');
    const form = await t.pressTitle(cleo, cardOf(list.sent[0]), 'Correct');
    const saved = await t.pressTitle(cleo, form.inPlace, 'Save changes', { roles: 'productKeysReader,benefitsReader', reason: 'Better reason', ticket: 'INC-2', until: '' });
    expect(saved.text).toContain('Better reason');
    expect(last(anna)).toContain('Better reason');
    const { id, version } = (await record()).requests[0]!;
    expect(version).toBe(2);
    expect((await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved' })).text).toContain('changed');
    expect((await t.press(dan, { verb: 'sendCorrection', request: id, version: 2, roles: 'administrator', reason: 'x' })).text).toContain('Only the person who made the request');
    const refused = await t.press(cleo, { verb: 'sendCorrection', request: id, version: 2, roles: '', reason: 'x' });
    expect(refused.text).toContain('at least one role');
  });
});

describe('deciding', () => {
  test('fewer roles than asked, and never more', async () => {
    await ask(cleo, { roles: 'productKeysReader,benefitsReader' });
    const { id } = (await record()).requests[0]!;
    expect((await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', roles: 'administrator' })).text).toContain('Only roles that were asked for');
    expect((await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', roles: '' })).text).toContain('at least one role');
    expect((await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', roles: 'benefitsReader,administrator' })).text).toContain('Only roles that were asked for');
    const seen = await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', roles: 'benefitsReader' });
    expect(seen.text).toContain('Approved roles');
    expect((await record()).assignments.filter((a) => a.requestId === id).map((a) => a.role)).toEqual(['benefitsReader']);
  });

  test('several at once, each as it was looked at; the loser of a race sees who decided', async () => {
    await t.install(anna);
    for (const who of [cleo, dan, eve]) await ask(who);
    const list = await t.say(anna, 'approvals');
    const several = cardOf(list.sent.find((one) => textOf(cardOf(one) ?? {}).includes('Approve several')));
    const picked = (await record()).requests.map((r) => `${r.id}:${r.version}`);
    const third = (await record()).requests[2]!;
    await t.press(bob, { verb: 'decide', request: third.id, version: 1, decision: 'denied', comment: 'no' });
    const seen = await t.pressTitle(anna, several, 'Approve selected', { picked: picked.join(',') });
    expect(seen.text).toContain('Somebody was faster: Bob');
    expect((await record()).requests.map((r) => r.state)).toEqual(['approved', 'approved', 'denied']);
    expect((await t.pressTitle(anna, several, 'Approve selected', { picked: '' })).text).toContain('select at least one');
  });

  test('who inherits from the parent contract administers it', async () => {
    await t.install(anna);
    await ask(cleo, { contractId: '33330001' });
    expect(last(anna)).toContain('33330001');
    const { id } = (await record('33330001')).requests[0]!;
    expect((await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved' })).text).toContain('You approved this');
    expect((await t.press(eve, { verb: 'list', list: 'users', page: 0, contract: '33330001' })).text).toContain('Only an administrator');
    const users = await t.say(anna, 'users 33330001');
    expect(users.text).toContain('inherited');
    expect(actionsOf(cardOf(users.sent[0])).filter((a) => a['verb'] === 'askRemove')).toHaveLength(1);
  });
});

describe('two approvals for the Administrator role', () => {
  test('the first leaves it waiting, the second gives it; never both by one', async () => {
    await t.stop();
    t = await testBot({ csv: MORE, environment: { ADMINISTRATOR_APPROVALS: '2' } });
    await t.install(bob);
    await ask(cleo, { roles: 'administrator' });
    const { id } = (await record()).requests[0]!;
    const first = await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', comment: 'Known' });
    expect(first.text).toContain('needs a second approval');
    expect((await record()).requests[0]).toMatchObject({ state: 'pending', version: 2 });
    expect((await t.press(anna, { verb: 'decide', request: id, version: 2, decision: 'approved' })).text).toContain('has to come from another');
    expect(last(bob)).toContain('First approval');
    expect((await t.press(bob, { verb: 'decide', request: id, version: 2, decision: 'approved' })).text).toContain('You approved this');
    expect((await record()).assignments.at(-1)).toMatchObject({ role: 'administrator', state: 'approved' });
    expect((await ask(dan, { contractId: '87654321', roles: 'administrator' })).text).toContain('needs two approvals');
  });
});
