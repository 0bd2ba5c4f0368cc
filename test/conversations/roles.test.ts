import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { firstBrokenLink } from '../../data/operations/chain.ts';
import type { TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOf, textOfActivity } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, dan, eve, mallory, TENANT } from '../support/people.ts';

let t: TestBot;
beforeEach(async () => {
  t = await testBot();
});
afterEach(() => t.stop());

const record = async (id = '12345678') => (await t.bot.house.contracts.get(TENANT, id))!;
const wish = { contractId: '1234-5678', roles: 'productDownloadManager,productKeysReader', forMail: '', reason: 'New laptops' };

async function send(who: Who, more: Partial<typeof wish> = {}) {
  const form = await t.say(who, 'request role');
  return t.pressTitle(who, cardOf(form.sent[0]), 'Send request', { ...wish, ...more }, form.ids[0]);
}

/** The card that stands in somebody's own chat and asks to decide. */
const decideCard = (who: Who) => t.chat(who).findLast(({ body }) => actionsOf(cardOf(body)).some((a) => a['title'] === 'Approve'));

describe('requesting a role', () => {
  test('form, cards for every administrator, decision, every copy, the requester told', async () => {
    await t.install(anna);
    await t.install(bob);
    const sent = await send(cleo);
    expect(sent.inPlace && textOf(sent.inPlace)).toContain('2 administrators');
    const annas = decideCard(anna)!;
    const bobs = decideCard(bob)!;
    expect(textOfActivity(annas.body)).toContain('Product download manager, Product keys reader');
    expect(textOfActivity(bobs.body)).toContain('New laptops');

    const decided = await t.pressTitle(bob, cardOf(bobs.body), 'Approve', { comment: 'Fine *with* me' }, bobs.id);
    expect(decided.text).toContain('You approved this');

    for (const [who, id] of [[anna, annas.id], [bob, bobs.id]] as const) {
      const copy = t.chat(who).find((card) => card.id === id)!;
      const text = textOfActivity(copy.body);
      expect(text).toContain('Approved by');
      expect(text).toContain('Bob');
      expect(text).toContain('Fine *with* me');
      expect(text).toContain('{{DATE(2026-11-23T06:00:00Z');
      expect(actionsOf(cardOf(copy.body)).map((a) => a['title'])).toEqual(['Steps in the admin center', 'Mark as applied']);
    }
    const cleos = t.chat(cleo).map(({ body }) => textOfActivity(body));
    expect(cleos.at(-1)).toMatch(/Approved\. An administrator now enters/);
    // The card that was the form shows the decision too.
    expect(cleos.filter((text) => text.includes('Approved by'))).toHaveLength(2);

    const { assignments, events } = await record();
    expect(assignments.filter((a) => a.requestId !== undefined).map((a) => [a.role, a.state])).toEqual([['productDownloadManager', 'approved'], ['productKeysReader', 'approved']]);
    expect(firstBrokenLink(events)).toBeUndefined();
    expect((await t.say(cleo, 'my roles')).text).toContain('Product keys reader · approved, not yet applied');
  });

  test('a fault right after a decision keeps nobody from hearing of it: the cards follow with the next look', async () => {
    for (const who of [anna, bob]) await t.install(who);
    await send(cleo);
    const [annas, bobs] = [decideCard(anna)!, decideCard(bob)!];
    const { work } = t.bot.house;
    const broken = jest.spyOn(work, 'run').mockRejectedValue(new Error('the store is away'));
    expect((await t.pressTitle(bob, cardOf(bobs.body), 'Approve', {}, bobs.id)).text).toContain('You approved this');
    broken.mockRestore();
    const copy = (): string => textOfActivity(t.chat(anna).find(({ id }) => id === annas.id)!.body);
    expect(copy()).not.toContain('Approved by');
    await t.pass(30_000);
    expect(copy()).toContain('Approved by');
    expect(t.chat(cleo).map(({ body }) => textOfActivity(body)).at(-1)).toMatch(/Approved\. An administrator now enters/);
    const calls = t.channel.calls.length;
    await t.pass(30_000);
    expect(t.channel.calls).toHaveLength(calls);
  });

  test('denied with a comment; without one nothing happens and nothing typed is lost', async () => {
    await t.install(anna);
    await send(cleo);
    const card = decideCard(anna)!;
    const refused = await t.pressTitle(anna, cardOf(card.body), 'Deny', { comment: '  ' }, card.id);
    expect(refused.text).toContain('Please say in the comment');
    expect((await record()).requests[0]?.state).toBe('pending');
    const denied = await t.pressTitle(anna, refused.inPlace, 'Deny', { comment: 'Use the share' }, card.id);
    expect(denied.text).toContain('You denied this');
    expect(t.chat(cleo).map(({ body }) => textOfActivity(body)).at(-1)).toMatch(/Denied[\s\S]*Use the share/);
    expect((await record()).assignments.some((a) => a.requestId !== undefined)).toBe(false);
  });

  test('two presses at the same instant: one wins, the other sees the decision', async () => {
    await t.install(anna);
    await t.install(bob);
    await send(cleo);
    const [a, b] = [decideCard(anna)!, decideCard(bob)!];
    const both = await Promise.all([
      t.pressTitle(anna, cardOf(a.body), 'Approve', {}, a.id),
      t.pressTitle(bob, cardOf(b.body), 'Deny', { comment: 'No' }, b.id),
    ]);
    const texts = both.map((seen) => seen.text);
    expect(texts.filter((text) => text.includes('Somebody was faster'))).toHaveLength(1);
    expect(texts.filter((text) => /You (approved|denied) this/.test(text))).toHaveLength(1);
    const { requests, events } = await record();
    expect(events.filter((e) => e.act.kind === 'approved' || e.act.kind === 'denied')).toHaveLength(1);
    expect(requests[0]?.version).toBe(2);
  });

  test('nobody decides for himself: not the requester, not the one it is for', async () => {
    await t.install(anna);
    await t.install(bob);
    await send(anna, { roles: 'benefitsReader' });
    expect(decideCard(anna)).toBeUndefined();
    expect((await t.say(anna, 'approvals')).text).toContain('Nothing is waiting');
    const id = (await record()).requests[0]!.id;
    const own = await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', comment: '' });
    expect(own.text).toContain('cannot decide your own request');
    await send(cleo, { forMail: 'bob@example.com', roles: 'benefitsReader' });
    const forBob = (await record()).requests[1]!.id;
    expect((await t.press(bob, { verb: 'decide', request: forBob, version: 1, decision: 'approved', comment: '' })).text).toContain('cannot decide your own request');
    expect((await record()).requests.every((r) => r.state === 'pending')).toBe(true);
  });

  test.each([
    ['an administrator of another contract', eve, /Only an administrator|know no such request/],
    ['a stranger', dan, /Only an administrator|know no such request/],
    ['the requester', cleo, /Only an administrator/],
    ['somebody of another company', mallory, /know no such request/],
  ])('a forged card, pressed by %s, changes nothing and says so', async (_name, who, sentence) => {
    await send(cleo);
    const before = JSON.stringify(await record());
    const id = (await record()).requests[0]!.id;
    for (const decision of ['approved', 'denied']) {
      const seen = await t.press(who, { verb: 'decide', request: id, version: 1, decision, comment: 'x', by: anna.objectId, role: 'administrator', record: {} });
      expect(seen.text).toMatch(sentence);
    }
    expect(JSON.stringify(await record())).toBe(before);
  });

  test('a replayed press and an old version change nothing', async () => {
    await t.install(anna);
    await send(cleo);
    const card = decideCard(anna)!;
    await t.pressTitle(anna, cardOf(card.body), 'Approve', {}, card.id);
    const before = (await record()).events.length;
    const replayed = await t.pressTitle(anna, cardOf(card.body), 'Deny', { comment: 'changed my mind' }, card.id);
    expect(replayed.text).toMatch(/You have decided this already[\s\S]*Approved by/);
    expect((await record()).events).toHaveLength(before);
    await send(dan, { roles: 'benefitsReader' });
    const id = (await record()).requests[1]!.id;
    expect((await t.press(anna, { verb: 'decide', request: id, version: 7, decision: 'approved', comment: '' })).text).toContain('changed in the meantime');
  });

  test.each([
    [{ contractId: '99999999' }, 'I know no contract 99999999'],
    [{ contractId: '../x' }, 'not a contract ID'],
    [{ contractId: '' }, 'not a contract ID'],
    [{ contractId: '30009999' }, 'ended on 2024-03-31'],
    [{ contractId: '55500001' }, 'VL support team for a new VL profile'],
    [{ roles: '' }, 'at least one role'],
    [{ roles: 'globalAdministrator' }, 'at least one role'],
    [{ reason: '   ' }, 'give a reason'],
    [{ reason: 'x'.repeat(1001) }, 'too long'],
    [{ forMail: 'not a mail' }, 'not a sign-in email'],
  ])('%j is refused with the reason, and what was typed stays', async (more, sentence) => {
    const seen = await send(cleo, more);
    expect(seen.text).toContain(sentence);
    const values = JSON.stringify(seen.inPlace);
    expect(values).toContain('Send request');
    for (const value of Object.values({ ...wish, ...more })) if (value.trim() !== '' && value !== 'globalAdministrator') expect(values).toContain(value.slice(0, 900));
    for (const { requests } of await t.bot.house.contracts.all()) expect(requests).toEqual([]);
  });

  test('already pending and already held are refused', async () => {
    await t.install(anna);
    await send(cleo);
    expect((await send(cleo, { reason: 'Once more' })).text).toContain('already waiting');
    const card = decideCard(anna)!;
    await t.pressTitle(anna, cardOf(card.body), 'Approve', {}, card.id);
    expect((await send(cleo, { roles: 'productKeysReader' })).text).toContain('Already held');
  });

  test('sent twice by a double press, the form shows what was sent', async () => {
    const form = await t.say(cleo, 'request role');
    const press = () => t.pressTitle(cleo, cardOf(form.sent[0]), 'Send request', wish, form.ids[0]);
    const both = await Promise.all([press(), press()]);
    for (const seen of both) expect(seen.text).toContain('administrators of the contract may decide');
    expect((await record()).requests).toHaveLength(1);
  });

  test('for a colleague, the same is not asked twice, and the list says for whom', async () => {
    const press = () => t.press(cleo, { verb: 'sendRequest', ...wish, forMail: bob.mail, roles: 'benefitsReader' });
    await press();
    await press();
    expect((await record()).requests).toHaveLength(1);
    expect((await t.say(cleo, 'my requests')).text).toContain('For whom: bob@example.com');
    expect((await t.say(cleo, 'assign role')).text).toContain('I know no contract that you administer');
    expect((await t.say(eve, 'assign role 12345678')).text).toContain('Only an administrator of this contract');
  });

  test('no flood: ten requests of one person may wait on a contract', async () => {
    await t.say(cleo, 'hello');
    for (let n = 0; n < 10; n += 1) expect((await t.press(cleo, { verb: 'sendRequest', ...wish, forMail: `x${n}@example.com` })).text).toContain('may decide');
    expect((await t.press(cleo, { verb: 'sendRequest', ...wish, forMail: 'x10@example.com' })).text).toContain('10 requests of yours are waiting');
    expect(await t.bot.house.people.byMail(TENANT, 'x10@example.com')).toBeUndefined();
  });

  test('what nobody can see is no reason and no comment, and no date is made of what people type', async () => {
    expect((await send(cleo, { reason: '\u200b\u2060 ' })).text).toContain('give a reason');
    await t.install(anna);
    const sent = await send(cleo, { reason: 'until {{DATE(2030-01-01T00:00:00Z,SHORT)}}' });
    expect(sent.text).not.toContain('{{DATE(2030');
    const card = decideCard(anna)!;
    expect((await t.pressTitle(anna, cardOf(card.body), 'Deny', { comment: '\u2060' }, card.id)).text).toContain('say in the comment');
  });

  test('the last decider gone: the requester reads that nobody can decide', async () => {
    await t.install(anna);
    await send(anna, { roles: 'benefitsReader' });
    const bobId = (await t.bot.house.people.byMail(TENANT, bob.mail))!.id;
    const ofBob = (await record()).assignments.find((a) => a.personId === bobId)!;
    await t.press(anna, { verb: 'remove', contract: '12345678', assignment: ofBob.id, version: 1 });
    const mine = await t.say(anna, 'my requests');
    expect((await t.pressTitle(anna, cardOf(mine.sent[0]), 'Show')).text).toContain('Nobody can decide this at the moment');
  });

  test('the only administrator cannot ask himself', async () => {
    expect((await send(eve, { contractId: '87654321', roles: 'benefitsReader' })).text).toContain('assign roles directly');
  });

  test('withdrawn by the requester alone; every copy says so', async () => {
    await t.install(anna);
    await send(cleo);
    const id = (await record()).requests[0]!.id;
    expect((await t.press(dan, { verb: 'withdraw', request: id, version: 1 })).text).toMatch(/Only the person who made|no such request/);
    const mine = await t.say(cleo, 'my requests');
    const seen = await t.pressTitle(cleo, cardOf(mine.sent[0]), 'Withdraw', {}, mine.ids[0]);
    // The list stays a list.
    expect(seen.text).toMatch(/My requests[\s\S]*Withdrawn[\s\S]*New request/);
    expect(textOfActivity(t.chat(anna).at(-1)!.body)).toContain('withdrawn by the requester');
    expect((await t.say(anna, 'approvals')).text).toContain('Nothing is waiting');
  });

  test('an administrator who comes later gets the cards that did not reach him', async () => {
    await send(cleo);
    expect(t.chat(anna)).toEqual([]);
    await t.say(anna, 'hello there bot');
    expect(decideCard(anna)).toBeDefined();
  });

  test('a channel that refuses breaks nothing, and the card comes with the next word of that person', async () => {
    await t.install(anna);
    await t.install(bob);
    t.channel.misbehave = (method, path) => (method === 'POST' && path.includes(anna.id) ? 403 : undefined);
    await send(cleo);
    expect(decideCard(anna)).toBeUndefined();
    expect(decideCard(bob)).toBeDefined();
    t.channel.misbehave = undefined;
    await t.say(anna, 'help');
    expect(decideCard(anna)).toBeDefined();
    await t.say(anna, 'help');
    expect(t.chat(anna).filter(({ body }) => textOfActivity(body).includes('asks for access'))).toHaveLength(1);
  });

  test('a card that did not arrive comes by itself ten seconds later, once', async () => {
    await t.install(anna);
    await t.install(bob);
    t.channel.misbehave = (method, path) => (method === 'POST' && path.includes(anna.id) ? 403 : undefined);
    const began = performance.now();
    await send(cleo);
    t.channel.misbehave = undefined;
    await t.until(() => decideCard(anna) !== undefined);
    expect(performance.now() - began).toBeGreaterThan(9_900);
    for (const who of [anna, bob]) expect(t.chat(who).filter(({ body }) => textOfActivity(body).includes('asks for access'))).toHaveLength(1);
  });

  test('an update that fails is tried again, with the next word and after a start: no open card stays after a decision', async () => {
    await t.install(anna);
    await t.install(bob);
    await send(cleo);
    const [annas, bobs] = [decideCard(anna)!, decideCard(bob)!];
    t.channel.misbehave = (method) => (method === 'PUT' ? 403 : undefined);
    await t.pressTitle(bob, cardOf(bobs.body), 'Deny', { comment: 'No' }, bobs.id);
    expect(textOfActivity(t.chat(anna).find(({ id }) => id === annas.id)!.body)).toContain('asks for access');
    t.channel.misbehave = undefined;
    await t.say(anna, 'my roles');
    expect(textOfActivity(t.chat(anna).find(({ id }) => id === annas.id)!.body)).toContain('Denied by');
    await t.restart();
    await t.bot.house.background.idle(30_000);
    expect(textOfActivity(t.chat(bob).find(({ id }) => id === bobs.id)!.body)).toContain('Denied by');
  });

  test('a card that was on its way while another decided shows the decision', async () => {
    await t.install(bob);
    await t.say(anna, 'hello');
    await send(cleo);
    const request = (await record()).requests[0]!;
    const bobs = decideCard(bob)!;
    // Anna's card is sent, and before it can be noted Bob has decided.
    const opened = t.say(anna, 'approvals');
    const decided = t.pressTitle(bob, cardOf(bobs.body), 'Approve', {}, bobs.id);
    await Promise.all([opened, decided]);
    await t.bot.house.background.idle(30_000);
    expect((await record()).requests[0]?.state).toBe('approved');
    for (const { body } of t.chat(anna)) if (textOfActivity(body).includes(request.id)) expect(actionsOf(cardOf(body)).map((a) => a['title'])).not.toContain('Approve');
  });

  test('who becomes an administrator gets what is waiting; who is none any more does not see it', async () => {
    await t.install(anna);
    await t.install(bob);
    await t.install(dan);
    await send(cleo);
    await t.press(anna, { verb: 'assign', contractId: '12345678', roles: 'administrator', forMail: dan.mail });
    expect(decideCard(dan)).toBeDefined();
    const bobs = decideCard(bob)!;
    const bobId = (await t.bot.house.people.byMail(TENANT, bob.mail))!.id;
    const ofBob = (await record()).assignments.find((a) => a.personId === bobId)!;
    await t.press(anna, { verb: 'remove', contract: '12345678', assignment: ofBob.id, version: 1 });
    expect(textOfActivity(t.chat(bob).find(({ id }) => id === bobs.id)!.body)).toContain('You can no longer see this request');
    const dans = decideCard(dan)!;
    await t.pressTitle(dan, cardOf(dans.body), 'Deny', { comment: 'a secret reason' }, dans.id);
    expect(t.chat(bob).map(({ body }) => textOfActivity(body)).join()).not.toContain('a secret reason');
  });

  test('the requester reads when nobody could be reached, and when somebody was', async () => {
    await send(cleo);
    expect(textOfActivity(t.chat(cleo)[0]!.body)).toContain('none of them has opened this bot yet');
    await t.install(anna);
    await send(dan, { roles: 'benefitsReader' });
    expect(textOfActivity(t.chat(dan)[0]!.body)).toContain('Sent. 2 administrators');
  });

  test('what is not true any more is not approved: the contract ended, the person became administrator', async () => {
    await t.install(anna);
    await send(cleo, { roles: 'administrator' });
    await t.press(anna, { verb: 'assign', contractId: '12345678', roles: 'invoiceReader', forMail: cleo.mail });
    const id = (await record()).requests[0]!.id;
    expect((await t.press(anna, { verb: 'decide', request: id, version: 1, decision: 'approved', comment: '' })).text).toContain('Bill To');
    await send(dan, { roles: 'benefitsReader' });
    t.clock.advance(3 * 365 * 24 * 60 * 60_000);
    const late = (await record()).requests[1]!.id;
    expect((await t.press(anna, { verb: 'decide', request: late, version: 1, decision: 'approved', comment: '' })).text).toContain('ended on 2028-03-31');
    expect((await t.press(anna, { verb: 'decide', request: late, version: 1, decision: 'denied', comment: 'too late' })).text).toContain('You denied this');
  });

  test('a request for somebody else tells nothing about that person, and leaves no trace when refused', async () => {
    const seen = await send(dan, { forMail: 'bob@example.com', roles: 'administrator' });
    expect(seen.text).not.toContain('Already held');
    expect(seen.text).toContain('may decide');
    await send(dan, { contractId: '55500001', forMail: 'ghost@example.com' });
    expect(await t.bot.house.people.byMail(TENANT, 'ghost@example.com')).toBeUndefined();
  });

  test('killed between a decision and its cards: they follow after the start', async () => {
    await t.install(anna);
    await t.install(bob);
    await send(cleo);
    const card = decideCard(bob)!;
    t.channel.misbehave = (method) => (method === 'PUT' || method === 'POST' ? 503 : undefined);
    // The decision itself needs no channel.
    const { decideRequest } = await import('../../data/operations/decideRequest.ts');
    const person = (await t.bot.house.people.byMail(TENANT, anna.mail))!;
    await decideRequest(t.bot.house, person, { requestId: (await record()).requests[0]!.id, version: 1, decision: 'approved', comment: '' });
    t.channel.misbehave = undefined;
    await t.restart();
    await t.bot.house.background.idle(30_000);
    expect(textOfActivity(t.chat(bob).find(({ id }) => id === card.id)!.body)).toContain('Approved by');
    expect(t.chat(cleo).map(({ body }) => textOfActivity(body)).at(-1)).toContain('Approved.');
  });
});

describe('assigning', () => {
  test('directly, seen among the users, removed after a confirmation', async () => {
    const form = await t.say(anna, 'assign role 12345678');
    expect(JSON.stringify(form.sent)).toContain('"value":"12345678"');
    const done = await t.pressTitle(anna, cardOf(form.sent[0]), 'Assign', { contractId: '12345678', roles: 'benefitsReader', forMail: 'CLEO@example.com' }, form.ids[0]);
    expect(done.text).toContain('cleo@example.com now has on contract 12345678: Benefits reader');
    const users = await t.say(anna, 'users 1234 5678');
    expect(users.text).toContain('cleo@example.com');
    const carried = actionsOf(cardOf(users.sent[0])).filter((a) => a['title'] === 'Remove').map((a) => a['data']);
    expect(carried).toHaveLength(3);
    const assignment = (await record()).assignments.find((a) => a.role === 'benefitsReader')!;
    const ask = await t.press(anna, { verb: 'askRemove', contract: '12345678', assignment: assignment.id, version: 1 }, users.ids[0]);
    expect(ask.text).toContain('Remove “Benefits reader” from cleo@example.com');
    expect((await record()).assignments).toHaveLength(3);
    const kept = await t.pressTitle(anna, ask.inPlace, 'No', {}, users.ids[0]);
    expect(kept.text).toContain('Users of contract');
    const removed = await t.pressTitle(anna, ask.inPlace, 'Yes', {}, users.ids[0]);
    expect(removed.text).toContain('Removed: Benefits reader');
    expect((await t.pressTitle(anna, ask.inPlace, 'Yes', {}, users.ids[0])).text).toContain('already been removed');
    const audit = await t.say(anna, 'audit');
    expect(audit.text).toMatch(/Removed from cleo@example.com[\s\S]*Assigned to cleo@example.com/);
  });

  test('outside EA and EAS nobody becomes administrator and invoice reader, in whatever order (fact 75)', async () => {
    const give = (roles: string) => t.press(anna, { verb: 'assign', contractId: '12345678', roles, forMail: cleo.mail });
    expect((await give('administrator,invoiceReader')).text).toContain('Bill To');
    await give('invoiceReader');
    expect((await give('administrator')).text).toContain('Bill To');
    expect((await t.press(eve, { verb: 'assign', contractId: '87654321', roles: 'administrator,invoiceReader', forMail: cleo.mail })).text).toContain('now has on contract');
    expect((await t.press(anna, { verb: 'assign', contractId: '12345678', roles: 'benefitsReader', forMail: ' ' })).text).toContain('enter the sign-in email');
  });

  test('the last administrator of a contract cannot be removed', async () => {
    await t.say(anna, 'hello');
    const admins = (await record()).assignments;
    const remove = (i: number) => t.press(anna, { verb: 'remove', contract: '12345678', assignment: admins[i]!.id, version: 1 });
    await remove(1);
    expect((await remove(0)).text).toContain('last administrator');
    expect((await record()).assignments).toHaveLength(1);
    // Two who remove each other at the same instant: one stays.
    await t.press(anna, { verb: 'assign', contractId: '12345678', roles: 'administrator', forMail: 'bob@example.com' });
    const [a, b] = (await record()).assignments;
    await Promise.all([
      t.press(anna, { verb: 'remove', contract: '12345678', assignment: b!.id, version: 1 }),
      t.press(bob, { verb: 'remove', contract: '12345678', assignment: a!.id, version: 1 }),
    ]);
    expect((await record()).assignments).toHaveLength(1);
  });

  test.each([
    ['a user', cleo],
    ['an administrator of another contract', eve],
    ['somebody of another company with the same mail', mallory],
  ])('%s neither assigns nor sees nor removes', async (_name, who) => {
    const before = JSON.stringify(await record());
    const assignment = (await record()).assignments[0]!;
    const presses = [
      { verb: 'assign', contractId: '12345678', roles: 'administrator', forMail: who.mail },
      { verb: 'askRemove', contract: '12345678', assignment: assignment.id, version: 1 },
      { verb: 'remove', contract: '12345678', assignment: assignment.id, version: 1 },
      { verb: 'list', list: 'users', page: 0, contract: '12345678' },
      { verb: 'list', list: 'audit', page: 0, contract: '12345678' },
    ];
    for (const carried of presses) {
      const seen = await t.press(who, carried);
      // Mallory's own contract has the same number; nothing of ours shows.
      expect(seen.text).not.toContain('bob@example.com');
      if (who !== mallory) expect(seen.text).toContain('Only an administrator of this contract');
    }
    expect(JSON.stringify(await record())).toBe(before);
  });

  test('lists: contracts, roles, users of the only contract', async () => {
    expect((await t.say(anna, 'contracts')).text).toMatch(/12345678[\s\S]*ends 2028-03-31[\s\S]*2 people hold roles/);
    expect((await t.say(eve, 'contracts')).text).toContain('You are the only administrator');
    expect((await t.say(eve, 'users')).text).toContain('Users of contract 87654321');
    expect((await t.say(cleo, 'users')).text).toContain('do not administer any contract');
    expect((await t.say(anna, 'my roles')).text).toContain('Administrator · active');
    expect((await t.say(bob, '契約一覧')).text).toMatch(/30009999[\s\S]*終了済み/);
  });
});

test('who acts is who the channel says, never what the card or the text says', async () => {
  await send(cleo);
  const id = (await record()).requests[0]!.id;
  // A roster that answers for somebody else, and an activity without an object id.
  t.channel.members.clear();
  const body = { verb: 'decide', request: id, version: 1, decision: 'approved', comment: '' };
  const unknown = await t.press({ ...dan, objectId: '' }, body, undefined, { from: { id: dan.id, name: 'Anna' } });
  expect(unknown.text).toContain('could not find out who you are');
  // Another channel could say anything about aadObjectId.
  const other = await t.press(anna, body, undefined, { channelId: 'webchat' });
  expect(other.text).toContain('could not find out who you are');
  // Two tenants in one activity.
  const two = await t.press(anna, body, undefined, { channelData: { tenant: { id: mallory.tenantId } } });
  expect(two.text).toContain('could not find out who you are');
  expect((await record()).requests[0]?.state).toBe('pending');
});

test('a mail that is bound to somebody is not handed to the next one who has it', async () => {
  await t.say(anna, 'my roles');
  const usurper = { ...anna, id: '29:usurper', objectId: '99999999-1111-4111-8111-111111111111' };
  expect((await t.say(usurper, 'my roles')).text).toContain('could not find out who you are');
  expect((await t.say(usurper, 'users 12345678')).text).toContain('could not find out who you are');
});

test('what the channel sends can always be read back: a roster name without end, another client’s card', async () => {
  const long = { ...anna, name: `${'N'.repeat(400)}\u202e\nApproved by Anna` };
  await t.say(long, 'my roles');
  await send(cleo);
  await t.restart();
  const { name } = (await t.bot.house.people.byMail(TENANT, anna.mail))!;
  expect(name).toHaveLength(256);
  expect((await t.say(anna, 'users 12345678')).text).toContain('Administrator');
  expect((await record()).requests).toHaveLength(1);
  const mary = { ...dan, id: '29:mary', name: 'Mary\u202e\nApproved by', objectId: '77777777-1111-4111-8111-111111111111', mail: 'mary@example.com' };
  await t.say(mary, 'my roles');
  expect((await t.bot.house.people.byMail(TENANT, mary.mail))?.name).toBe('Mary Approved by');
});

test('a guest’s sign-in mail is one', async () => {
  const guest = { ...dan, id: '29:guest', objectId: '88888888-1111-4111-8111-111111111111', mail: 'dan_c.com#EXT#@t.onmicrosoft.com' };
  expect((await t.say(guest, 'my roles')).text).toContain('no VL role');
});

test('a client without Action.Execute whose card cannot be updated gets a new one', async () => {
  t.channel.misbehave = (method) => (method === 'PUT' ? 403 : undefined);
  const seen = await t.say(cleo, '', { value: { verb: 'sendRequest', ...wish }, replyToId: 'old' });
  expect(seen.status).toBe(200);
  expect(seen.text).toContain('may decide');
  expect((await record()).requests).toHaveLength(1);
});
