import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { TestBot } from '../support/bot.ts';
import { cardOf, testBot, textOfActivity } from '../support/bot.ts';
import { deskOf } from '../support/desk.ts';
import type { FakeDesk } from '../support/fakeDesk.ts';
import { fakeDesk } from '../support/fakeDesk.ts';
import type { Who } from '../support/people.ts';
import { anna, cleo, dan, mallory, TENANT } from '../support/people.ts';

// A help desk that works in another system, and channels that have one of their own.

const KEY = 'k'.repeat(32);
interface Document {
  paths: Record<string, Record<string, { requestBody?: unknown; responses: Record<string, unknown> }>>;
}
const document = parse(readFileSync('bot/desk/openapi.yaml', 'utf8')) as Document;
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'openapi', ...document });

let t: TestBot;
let other: FakeDesk;
beforeEach(async () => {
  other = await fakeDesk();
  t = await testBot({ environment: { OPERATORS: dan.mail, HELP_DESK_WEBHOOK_URL: other.url, HELP_DESK_WEBHOOK_SECRET: other.secret, HELP_DESK_API_KEY: KEY, HELP_DESK_TENANT: TENANT } });
});
afterEach(async () => {
  await t.stop();
  await other.close();
});

const lastOf = (who: Who): string => textOfActivity(t.chat(who).at(-1)?.body ?? {}).trim();

/** Calls the API, and checks request and answer against the document. */
async function call(method: 'get' | 'post', path: string, body?: object, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const written = path.replace(/T-[0-9A-Z]+/, '{id}');
  const operation = document.paths[written]?.[method];
  if (!operation) throw new Error(`${method} ${written} is not in openapi.yaml`);
  const response = await fetch(`${t.bot.url}/api/help-desk${path}`, { method, headers: { authorization: `Bearer ${KEY}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) });
  const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
  await t.bot.house.background.idle(10_000);
  const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
  const declared = operation.responses[String(response.status)] as { $ref?: string; content?: unknown } | undefined;
  if (!declared) throw new Error(`${method} ${written}: ${response.status} is not in openapi.yaml`);
  const base = declared.$ref ?? `#/paths/${pointer(written)}/${method}/responses/${response.status}`;
  const validate = ajv.compile({ $ref: `openapi${base}/content/application~1json/schema` });
  expect([path, validate(answer.body), validate.errors]).toEqual([path, true, null]);
  return answer;
}

async function asked(who: Who, question = 'The page stays white'): Promise<string> {
  await t.say(who, 'person');
  await t.say(who, question);
  return String(other.taken.findLast(({ type }) => type === 'ticket.opened')?.id).split('.')[0] ?? '';
}

/** Beside a channel in Teams: asked there, and claimed elsewhere. */
async function claimedElsewhere() {
  const desk = deskOf(t);
  await t.say(anna, 'hello');
  await desk.say(dan, 'use as help desk');
  const id = await asked(cleo);
  const [thread] = desk.threads().slice(-1);
  await call('post', `/tickets/${id}/claim`, { helper: { name: 'Yuki' } });
  return { desk, id, thread };
}

describe('the webhook', () => {
  test('each event once, in order, signed; without any channel in Teams', async () => {
    const id = await asked(cleo);
    expect(id).toMatch(/^T-/);
    await call('post', `/tickets/${id}/claim`, { helper: { name: 'Yuki' } });
    await t.say(cleo, 'Hello');
    await t.say(cleo, 'end');
    expect(other.taken.map(({ type }) => type)).toEqual(['ticket.opened', 'ticket.claimed', 'ticket.said', 'ticket.closed']);
    expect(other.taken.map((event) => event.id)).toEqual([0, 1, 2, 3].map((n) => `${id}.${n}`));
    expect(other.taken.every(({ isSigned }) => isSigned)).toBe(true);
    expect(other.taken[2]?.data).toMatchObject({ content: { text: 'Hello' }, ticket: { state: 'claimed', person: { name: 'Cleo', mail: cleo.mail }, helper: { name: 'Yuki' } } });
    const validate = ajv.compile({ $ref: 'openapi#/components/schemas/Event' });
    for (const { id: key, type, data } of other.taken) expect([type, validate({ id: key, type, timestamp: '2026-11-23T06:00:00.000Z', data }), validate.errors]).toEqual([type, true, null]);
  });

  test('tried again with the same id until it is taken, over a restart; a lost answer comes twice under one id', async () => {
    let refusals = 2;
    other.misbehave = () => (refusals-- > 0 ? 503 : undefined);
    await t.say(cleo, 'person');
    await t.say(cleo, 'x');
    await t.restart();
    await t.until(() => other.taken.length === 1);
    let lost = 1;
    other.misbehave = () => (lost-- > 0 ? 'lost' : undefined);
    await t.say(cleo, 'end');
    await t.until(() => other.taken.length === 3);
    expect(new Set(other.taken.map(({ id }) => id)).size).toBe(2);
  });

  test('the other tenant’s people do not go there', async () => {
    expect((await t.say(mallory, 'person')).text).toContain('No help desk is connected');
    expect(other.taken).toEqual([]);
  });
});

describe('the API', () => {
  test('claims, writes, closes; the person sees it in the own chat', async () => {
    const id = await asked(cleo);
    expect((await call('get', '/tickets')).body).toMatchObject({ tickets: [{ id, state: 'waiting', question: 'The page stays white' }] });
    expect((await call('post', `/tickets/${id}/claim`, { helper: { name: 'Yuki' } })).body).toMatchObject({ ticket: { state: 'claimed' } });
    expect(lastOf(cleo)).toContain('Yuki from the help desk is here now');
    const write = () => call('post', `/tickets/${id}/messages`, { helper: { name: 'Yuki' }, text: 'Which browser?\nAnd which *page*?' }, { 'idempotency-key': 'm-1' });
    await write();
    await write();
    expect(t.chat(cleo).filter(({ body }) => textOfActivity(body).includes('Which browser?'))).toHaveLength(1);
    expect(lastOf(cleo)).toBe('Yuki: Which browser?\nAnd which *page*?');
    expect((await call('get', `/tickets/${id}`)).body['log']).toHaveLength(3);
    await call('post', `/tickets/${id}/close`, { helper: { name: 'Yuki' }, reason: 'Done' });
    expect(lastOf(cleo)).toContain('Yuki closed this conversation: Done');
    expect((await call('get', '/tickets')).body).toEqual({ tickets: [] });
  });

  test('a lost answer in the thread is offered there, not said twice', async () => {
    const { desk, id, thread } = await claimedElsewhere();
    let drops = 1;
    t.channel.drops = (method, path, raw) => method === 'POST' && path.includes(';messageid=') && raw.includes('From afar') && drops-- > 0;
    await call('post', `/tickets/${id}/messages`, { helper: { name: 'Yuki' }, text: 'From afar' }, { 'idempotency-key': 'm' });
    await t.until(() => desk.thread(thread!.id).some((line) => line.includes('may have arrived')));
    expect(desk.thread(thread!.id).filter((line) => line === 'Yuki: From afar')).toHaveLength(1);
  });

  test('tells nothing that was deleted, no whole contract ID and nobody’s ids', async () => {
    const id = await asked(cleo, 'My contract is 12345678');
    await call('post', `/tickets/${id}/claim`, { helper: { name: 'Yuki' } });
    await t.say(cleo, 'wrong line', { id: 'x1' });
    await t.say(cleo, 'it is 1234-5678', { id: 'x2' });
    await t.deliver(cleo, { type: 'messageDelete', id: 'x1' });
    const read = JSON.stringify((await call('get', `/tickets/${id}`)).body);
    expect(read).toContain('…5678');
    expect(read).not.toContain('wrong line');
    expect(`${read}${JSON.stringify(other.taken)}`).not.toMatch(/1234-?5678|objectId|p-[0-9a-f]{8}|29:cleo/);
  });

  test('refuses with a sentence, and changes nothing', async () => {
    const id = await asked(cleo);
    const helper = { name: 'Yuki' };
    expect(await call('post', `/tickets/${id}/messages`, { helper, text: 'x' }, { 'idempotency-key': 'm' })).toMatchObject({ status: 409, body: { error: 'notClaimed' } });
    expect(await call('post', `/tickets/${id}/claim`, { helper: { name: ' ' } })).toMatchObject({ status: 400, body: { error: 'invalid' } });
    expect(await call('post', `/tickets/T-AAAAAAAA/claim`, { helper })).toMatchObject({ status: 404 });
    await call('post', `/tickets/${id}/claim`, { helper });
    expect(await call('post', `/tickets/${id}/claim`, { helper: { name: 'Ken' } })).toMatchObject({ status: 409, body: { error: 'alreadyClaimed', message: 'It is claimed by Yuki.' } });
    expect(await call('post', `/tickets/${id}/messages`, { helper, text: 'x' })).toMatchObject({ status: 400 });
    await call('post', `/tickets/${id}/close`, { helper });
    expect(await call('post', `/tickets/${id}/close`, { helper })).toMatchObject({ status: 409, body: { error: 'ticketClosed' } });
  });

  test('lets nobody in without the key', async () => {
    const id = await asked(cleo);
    for (const authorization of ['', 'Bearer', `Bearer ${KEY}x`, `bearer ${KEY.slice(1)}`, `Basic ${KEY}`]) {
      expect((await call('get', '/tickets', undefined, { authorization })).status).toBe(401);
      expect((await call('post', `/tickets/${id}/close`, { helper: { name: 'x' } }, { authorization })).status).toBe(401);
    }
    expect((await t.bot.house.tickets.get(TENANT, id))!.log).toHaveLength(1);
  });

  test('beside a channel in Teams both see everything, and one of them has it', async () => {
    const { desk, id, thread } = await claimedElsewhere();
    expect((await desk.press(anna, thread!.id, 'Assign')).status).toBe(200);
    await call('post', `/tickets/${id}/messages`, { helper: { name: 'Yuki' }, text: 'From afar' }, { 'idempotency-key': 'm' });
    expect(desk.thread(thread!.id).at(-1)).toBe('Yuki: From afar');
  });

  test('every path of the document is there, and there are no others', async () => {
    const routes = Object.entries(document.paths).flatMap(([path, of]) => Object.keys(of).filter((key) => key !== 'parameters').map((method) => `${method} ${path}`));
    expect(routes.toSorted()).toEqual(['get /tickets', 'get /tickets/{id}', 'post /tickets/{id}/claim', 'post /tickets/{id}/close', 'post /tickets/{id}/messages']);
  });

  test('without a key in the settings there is none', async () => {
    const without = await testBot();
    expect((await fetch(`${without.bot.url}/api/help-desk/tickets`)).status).toBe(404);
    await without.stop();
  });
});

describe('channels with a help desk of their own', () => {
  const web = { channelId: 'directline', conversation: { id: 'web-1', tenantId: TENANT } };

  test('handoff.initiate with the transcript; accepted, silent; completed, back', async () => {
    await t.say(cleo, 'I never got the welcome email', web);
    const seen = await t.say(cleo, 'person', web);
    const event = t.channel.calls.findLast(({ body }) => body.type === 'event')!.body as { name?: string; value?: unknown; attachments?: { content: unknown }[] };
    expect(event).toMatchObject({ name: 'handoff.initiate', value: { Language: 'en', Question: 'I never got the welcome email' } });
    expect(JSON.stringify(event.attachments)).toContain('I never got the welcome email');
    expect(seen.text).toContain('I have asked for a person');
    const status = (state: string) => t.deliver(cleo, { type: 'event', name: 'handoff.status', value: { state }, ...web });
    expect((await status('accepted')).text).toContain('A person is here now');
    expect((await t.say(cleo, 'hello', web)).sent).toEqual([]);
    expect((await status('completed')).text).toContain('I am back');
    expect((await t.say(cleo, 'hello', web)).sent).not.toEqual([]);
    await t.say(cleo, 'person', web);
    expect((await status('failed')).text).toContain('Nobody can be reached');
    expect((await status('nonsense')).sent).toEqual([]);
  });

  test('in Teams no such event is ever sent', async () => {
    await t.say(cleo, 'person');
    expect(cardOf(t.chat(cleo).at(-1)?.body)).toBeDefined();
    expect(t.channel.calls.some(({ body }) => body.type === 'event')).toBe(false);
  });
});
