import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decideRequest } from '../../data/operations/decideRequest.ts';
import type { TestBot } from '../support/bot.ts';
import { testBot, textOfActivity } from '../support/bot.ts';
import { CHANNEL, deskOf } from '../support/desk.ts';
import type { FakeArm } from '../support/fakeArm.ts';
import { fakeArm } from '../support/fakeArm.ts';
import { anna, bob, cleo, dan, eve, TENANT } from '../support/people.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { postgresServer } from '../support/postgres.ts';

// Two bots on one database: what is to be done besides turns is done by one of them, and what a third one left that died is done too.

const DEFINITION = '99999999-2222-4333-8444-555555555555';

let server: PostgresServer;
let arm: FakeArm;
let url: string;
let environment: Record<string, string>;
let one: TestBot;
let other: TestBot;
beforeAll(async () => {
  [server, arm] = await Promise.all([postgresServer(), fakeArm()]);
});
afterAll(async () => {
  await arm.close();
  await server.stop();
});
beforeEach(async () => {
  url = await server.freshDatabase();
  environment = { DATABASE_URL: url, OPERATORS: dan.mail, PROVISIONER: 'on', ARM_HOST: arm.url, SIGN_IN_HOST: arm.url, PROVISIONER_TENANT_ID: TENANT, PROVISIONER_CLIENT_ID: 'client', PROVISIONER_CLIENT_SECRET: 'secret', PROVISIONER_ROLES: `benefitsReader=${DEFINITION}` };
  [one, other] = [await testBot({ environment }), await testBot({ environment })];
  await idle();
});
afterEach(async () => {
  await one.stop();
  await other.stop();
});

async function idle(): Promise<void> {
  for (const { bot } of [one, other, one, other]) await bot.house.background.idle(30_000);
}
async function tick(...bots: TestBot[]): Promise<void> {
  for (const { bot } of bots) bot.tick();
  await idle();
}
const told = (words: string): number => one.chat(cleo).filter(({ body }) => textOfActivity(body).includes(words)).length;

describe('each look by one', () => {
  beforeEach(async () => {
    await one.say(cleo, 'I never got the welcome mail');
    await server.sql(url, 'delete from work');
  });

  /** Cleo is to be asked again now. */
  async function remind(): Promise<void> {
    const { chats, guides, people, clock } = one.bot.house;
    const chat = (await chats.get(TENANT, `a:${cleo.id}`))!;
    const conversation = (await people.byMail(TENANT, cleo.mail))!.reference!;
    await chats.save({ ...chat, reminders: [{ at: clock.now().toISOString(), guide: [...guides.keys()][0]!, language: 'en', conversation }] });
  }
  const asked = (): number => one.chat(cleo).length;

  test('at the same moment', async () => {
    await remind();
    const before = asked();
    await tick(one, other);
    expect(asked()).toBe(before + 1);
  });

  test('and by nobody else for a while', async () => {
    await tick(one);
    await remind();
    const before = asked();
    await tick(other);
    expect(asked()).toBe(before);
    await tick(one);
    expect(asked()).toBe(before + 1);
  });
});

describe('cards about a contract', () => {
  /** A decision whose cards nobody has sent. */
  beforeEach(async () => {
    for (const who of [anna, bob, cleo]) await one.install(who);
    await one.press(cleo, { verb: 'sendRequest', contractId: '12345678', roles: 'productKeysReader', reason: 'x' });
    await idle();
    const { requests } = (await one.bot.house.contracts.get(TENANT, '12345678'))!;
    const decider = (await one.bot.house.people.byMail(TENANT, anna.mail))!;
    await decideRequest(one.bot.house, decider, { requestId: requests[0]!.id, version: 1, decision: 'approved', comment: '' });
  });

  test('at which two are at once go out once', async () => {
    expect(told('Approved.')).toBe(0);
    for (const { bot } of [one, other]) bot.house.settle(TENANT, '12345678');
    await idle();
    expect(told('Approved.')).toBe(1);
  });

  test('which a process left that died go out, but not while it may still be at them', async () => {
    await leave('notices 12345678', 20);
    await tick(other);
    expect(told('Approved.')).toBe(0);
    await leave('notices 12345678', -1);
    await tick(one, other);
    expect(told('Approved.')).toBe(1);
    expect(await server.sql(url, "select key from work where key like 'notices %'")).toEqual([]);
  });
});

test('cards of a ticket which a process left that died are drawn', async () => {
  const desk = deskOf(one);
  await one.say(dan, 'hello');
  await desk.say(dan, 'use as help desk');
  const { ticket } = await desk.ask(cleo, 'The page stays white');
  await idle();
  const drawn = (): number => one.channel.calls.filter(({ method }) => method === 'PUT').length;
  const before = drawn();
  await leave(`desk cards ${ticket}`, 20);
  await tick(other);
  expect(drawn()).toBe(before);
  await leave(`desk cards ${ticket}`, -1);
  await tick(other);
  expect(drawn()).toBeGreaterThan(before);
});

test('what a process had put off that ended is told by another one', async () => {
  const gone = await testBot({ environment });
  const desk = deskOf(gone);
  await gone.say(dan, 'hello');
  await desk.say(dan, 'use as help desk');
  gone.channel.misbehave = (method, path) => (method === 'POST' && path.includes(CHANNEL) ? 503 : undefined);
  const before = desk.threads().length;
  await desk.ask(cleo, 'The page stays white');
  await gone.bot.stop();
  gone.channel.misbehave = undefined;
  expect(desk.threads()).toHaveLength(before);
  // As if the time for which it was put off, and for which nobody else looks, were over.
  await server.sql(url, "update work set due_at = now() - interval '1 second'");
  await tick(other);
  expect(desk.threads()).toHaveLength(before + 1);
  await gone.channel.close();
  await gone.kept.remove();
});

test('a role that a process was about to enter that died is entered', async () => {
  await one.install(cleo);
  arm.misbehave = (_req, res) => (res.writeHead(403), res.end(), true);
  await one.press(eve, { verb: 'assign', contractId: '87654321', roles: 'benefitsReader', forMail: cleo.mail });
  await idle();
  const state = async () => (await one.bot.house.contracts.get(TENANT, '87654321'))!.assignments.at(-1)!.state;
  expect(await state()).toBe('approved');
  arm.misbehave = undefined;
  await leave('provisioning 87654321', 20);
  await tick(other);
  expect(await state()).toBe('approved');
  await leave('provisioning 87654321', -1);
  await tick(other);
  expect(await state()).toBe('applied');
  expect(await server.sql(url, "select key from work where key like 'provisioning %'")).toEqual([]);
});

/** As a process leaves its work that ends in the middle of it: it has a lease for so many seconds more. */
async function leave(key: string, seconds: number): Promise<void> {
  await server.sql(url, "insert into work (tenant_id, key, seq, due_at, leased_until, holder) values ($1, $2, 1, now() - interval '1 minute', now() + $3 * interval '1 second', 'gone') on conflict (tenant_id, key) do update set leased_until = excluded.leased_until", [TENANT, key, seconds]);
}
