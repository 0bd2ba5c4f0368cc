import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Seen, TestBot } from '../support/bot.ts';
import { actionsOf, cardOf, testBot, textOf, textOfActivity } from '../support/bot.ts';
import type { Who } from '../support/people.ts';
import { anna, bob, cleo, dan, eve, TENANT } from '../support/people.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

let t: TestBot;
beforeEach(async () => {
  t = await testBot({ environment: { OPERATORS: dan.mail } });
});
afterEach(() => t.stop());

const record = async (id = '12345678') => (await t.bot.house.contracts.get(TENANT, id))!;
const last = (who: Who): string => textOfActivity(t.chat(who).at(-1)?.body ?? {});
const texts = (who: Who): string => t.chat(who).map(({ body }) => textOfActivity(body)).join('\n---\n');

/** The time passes, and everything it is time for happens. */
async function pass(ms: number): Promise<void> {
  t.clock.advance(ms);
  t.bot.tick();
  await t.bot.house.background.idle(30_000);
  await t.bot.house.background.idle(30_000);
}

async function approved(roles = 'productDownloadManager', more: Record<string, unknown> = {}): Promise<Seen> {
  await t.install(anna);
  await t.install(bob);
  await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles, reason: 'x', ...more });
  const { id, version } = (await record()).requests.at(-1)!;
  return t.press(anna, { verb: 'decide', request: id, version, decision: 'approved' });
}

describe('doing it for real', () => {
  test('the way to click with the values to paste, marked as applied, asked when it is time, works', async () => {
    const decided = await approved();
    const steps = cardOf(decided.sent.at(-1));
    expect(textOf(steps!)).toContain('Verify and save user assignments');
    expect(textOf(steps!)).toContain(cleo.mail);
    expect(textOf(steps!)).toContain('12345678');
    expect(textOf(steps!)).toContain('welcome email');
    const applied = await t.pressTitle(anna, steps, 'Mark as applied');
    expect(applied.text).toContain('Marked as applied for Cleo');
    expect(applied.text).toContain('08:00');
    expect((await record()).assignments.at(-1)).toMatchObject({ state: 'applied', appliedBy: expect.any(String) });
    expect(texts(cleo)).toContain('were entered in the admin center');
    // The card of the request follows, for everybody.
    expect(texts(bob)).toContain('Applied');

    await pass(HOUR);
    expect(texts(cleo)).not.toContain('Do your roles on contract');
    await pass(HOUR + 1000);
    expect(last(cleo)).toContain('Do your roles on contract 12345678 work now');
    await pass(60_000);
    expect(texts(cleo).match(/Do your roles/g)).toHaveLength(1);
    const works = await t.pressTitle(cleo, cardOf(t.chat(cleo).at(-1)?.body), 'It works');
    expect(works.text).toContain('I noted that it works');
    expect((await record()).assignments.at(-1)).toMatchObject({ state: 'active' });
    expect((await record()).events.map(({ act }) => act.kind).slice(-3)).toEqual(['assigned', 'applied', 'confirmed']);
    expect((await t.say(cleo, 'my roles')).text).toContain('active');
  });

  test('not yet: the guide begins with what is known, the administrators are told, and it is listed', async () => {
    await approved();
    await t.press(bob, { verb: 'apply', contract: '12345678', assignments: [(await record()).assignments.at(-1)!.id] });
    await pass(2 * HOUR);
    const notYet = await t.pressTitle(cleo, cardOf(t.chat(cleo).at(-1)?.body), 'Not yet');
    // What happened, and when, is known: the guide goes right on to what to look at.
    expect(notYet.text).not.toContain('What happened?');
    expect(notYet.text).toMatch(/Step \d/);
    expect(last(anna)).toContain('Cleo says that the roles');
    expect((await record()).assignments.at(-1)).toMatchObject({ state: 'applied', notYetAt: expect.any(String) });
    expect(notYet.text).not.toContain('When were you given');
    await pass(9 * HOUR);
    expect((await t.say(anna, 'to do')).text).toContain('not confirmed yet');
    expect(texts(cleo).match(/Do your roles/g)).toHaveLength(2);
  });

  test('only an administrator marks, once; nobody confirms for another', async () => {
    await approved();
    const forged = { verb: 'apply', contract: '12345678', assignments: [(await record()).assignments.at(-1)!.id] };
    for (const who of [cleo, dan, eve]) expect((await t.press(who, forged)).text).toMatch(/Only an administrator/);
    expect((await t.press(anna, forged)).text).toContain('Marked as applied');
    expect((await t.press(bob, forged)).text).toContain('somebody did it already');
    expect((await t.press(dan, { verb: 'works', contract: '12345678', works: true, at: t.clock.now().toISOString() })).text).toContain('nothing to confirm');
    expect((await record()).assignments.at(-1)?.state).toBe('applied');
  });

  test('what is removed here is to be removed there, until somebody says so', async () => {
    await approved();
    const given = (await record()).assignments.at(-1)!;
    await t.press(anna, { verb: 'apply', contract: '12345678', assignments: [given.id] });
    const { version } = (await record()).assignments.at(-1)!;
    await t.press(anna, { verb: 'remove', contract: '12345678', assignment: given.id, version });
    expect((await t.say(bob, 'to do')).text).toContain('Remove: Cleo');
    const list = await t.say(bob, 'to do');
    const removed = await t.pressTitle(bob, cardOf(list.sent[0]), 'Mark as removed');
    expect(removed.text).toContain('Nothing is left to do');
    expect((await record()).leftovers).toEqual([]);
    // What was never entered leaves nothing behind.
    await approved('benefitsReader');
    const fresh = (await record()).assignments.at(-1)!;
    await t.press(anna, { verb: 'remove', contract: '12345678', assignment: fresh.id, version: fresh.version });
    expect((await record()).leftovers).toEqual([]);
  });
});

describe('the time', () => {
  test('reminders at growing distance, then the operators; decided, no more of them', async () => {
    await t.install(anna);
    await t.install(dan);
    await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'x' });
    const reminders = (): number => (texts(anna).match(/still waits for your decision/g) ?? []).length;
    await pass(3 * HOUR);
    expect(reminders()).toBe(0);
    await pass(HOUR);
    expect(reminders()).toBe(1);
    await pass(60_000);
    expect(reminders()).toBe(1);
    await pass(DAY);
    expect(reminders()).toBe(2);
    await pass(3 * DAY);
    expect(reminders()).toBe(3);
    expect(texts(dan)).not.toContain('after all reminders');
    await pass(3 * DAY);
    expect(last(dan)).toContain('after all reminders');
    expect(last(dan)).toContain(anna.mail);
    const { id, version } = (await record()).requests[0]!;
    await t.press(anna, { verb: 'decide', request: id, version, decision: 'denied', comment: 'no' });
    expect(reminders()).toBe(0);
  });

  test('a request that nobody decides expires, once, and says so', async () => {
    await t.install(anna);
    await t.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'benefitsReader', reason: 'x' });
    const { id, version } = (await record()).requests[0]!;
    await pass(14 * DAY + 1000);
    expect((await record()).requests[0]).toMatchObject({ state: 'expired' });
    expect(texts(cleo)).toContain('Expired: nobody decided in time');
    expect((await t.press(anna, { verb: 'decide', request: id, version, decision: 'approved' })).text).toMatch(/no longer|expired|Expired/);
    await pass(DAY);
    expect((await record()).events.filter(({ act }) => act.kind === 'expired')).toHaveLength(1);
  });

  test('nobody reachable: the requester is told at once, and the operators see it', async () => {
    await t.install(dan);
    const form = await t.say(cleo, 'request role');
    await t.pressTitle(cleo, cardOf(form.sent[0]), 'Send request', { contractId: '12345678', roles: 'benefitsReader', reason: 'x' }, form.ids[0]);
    expect(texts(cleo)).toContain('none of them has opened this bot');
    expect(last(dan)).toContain('could not be delivered to any of its administrators');
  });

  test('a temporary role warns before, can be renewed, and ends by itself', async () => {
    await approved('benefitsReader', { until: '2026-12-23' });
    const { personId, id: assignmentId } = (await record()).assignments.at(-1)!;
    await t.press(anna, { verb: 'apply', contract: '12345678', assignments: [assignmentId] });
    await pass(24 * DAY);
    expect(texts(bob)).toContain('ends after 2026-12-23');
    expect(texts(cleo)).toContain('ends after 2026-12-23');
    const warned = t.chat(bob).findLast(({ body }) => actionsOf(cardOf(body)).some((a) => a['title'] === 'Renew for 30 days'))!;
    const renewed = await t.pressTitle(bob, cardOf(warned.body), 'Renew for 30 days', {}, warned.id);
    expect(renewed.text).toContain('2027-01-22');
    await pass(20 * DAY);
    expect((await record()).assignments.some((a) => a.personId === personId)).toBe(true);
    await pass(40 * DAY);
    expect((await record()).assignments.some((a) => a.personId === personId)).toBe(false);
    expect(texts(bob)).toContain('has ended: Benefits reader');
    expect((await record()).leftovers).toHaveLength(1);
  });

  test('the last administrator does not end, even when temporary', async () => {
    await t.install(eve);
    await t.press(eve, { verb: 'assign', contractId: '87654321', roles: 'administrator', forMail: 'fay@example.com', until: '2026-12-01' });
    const [own, other] = (await record('87654321')).assignments;
    const away = { verb: 'remove', contract: '87654321', assignment: own!.id, version: own!.version };
    // Fay is not in the portal yet, so nobody there could enter her.
    expect((await t.press(eve, away)).text).toContain('not entered in the admin center yet');
    await t.press(eve, { verb: 'apply', contract: '87654321', assignments: [other!.id] });
    await t.press(eve, away);
    await pass(30 * DAY);
    expect((await record('87654321')).assignments.map((a) => a.id)).toEqual([other!.id]);
  });

  test('a sole administrator is told at most once a week, with a button that adds a second', async () => {
    await t.install(eve);
    await pass(1000);
    await pass(DAY);
    const told = (): number => (texts(eve).match(/You are the only administrator/g) ?? []).length;
    expect(told()).toBe(1);
    await pass(7 * DAY);
    expect(told()).toBe(2);
    const form = await t.pressTitle(eve, cardOf(t.chat(eve).at(-1)?.body), 'Add a second administrator');
    expect(JSON.stringify(cardOf(form.sent[0]))).toContain('"value":"administrator"');
  });

  test('before a contract ends its roles are looked through: keep or remove', async () => {
    await t.install(anna);
    await pass(Date.parse('2028-02-01T00:00:00Z') - Date.parse('2026-11-23T06:00:00Z'));
    expect(texts(anna)).toContain('Contract 12345678 Contoso Open Value ends on 2028-03-31');
    const due = t.chat(anna).findLast(({ body }) => actionsOf(cardOf(body)).some((a) => a['title'] === 'Start the review'))!;
    const review = await t.pressTitle(anna, cardOf(due.body), 'Start the review');
    expect(review.text).toContain('2 people left');
    const kept = await t.pressTitle(anna, review.inPlace, 'Keep');
    expect(kept.text).toContain('1 person left');
    expect((await record()).events.at(-1)?.act.kind).toBe('reviewed');
  });
});
