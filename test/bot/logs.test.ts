import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readSettings } from '../../bot/config.ts';
import { faultForLog } from '../../bot/faultForLog.ts';
import { createLog } from '../../bot/log.ts';
import { start } from '../../bot/start.ts';
import { Chat } from '../../data/model/chat.ts';
import { fileName } from '../../data/store/json/fileName.ts';
import { openJsonStore } from '../../data/store/json/open.ts';
import type { TestBot } from '../support/bot.ts';
import { baseActivity, testBot } from '../support/bot.ts';
import { CHANNEL, claimedBy, deskOf } from '../support/desk.ts';
import { fakeConnector } from '../support/fakeConnector.ts';
import { fakeOpenId } from '../support/fakeOpenId.ts';
import type { Who } from '../support/people.ts';
import { TENANT } from '../support/people.ts';

// What the log may never hold: each of these is said, sent or stored below.

const zyx: Who = { id: '29:zyxchat', objectId: '12121212-3434-4111-8111-565656565656', mail: 'zyx.quillfeather@contoso-mail.example', name: 'Zyx Quillfeather', tenantId: TENANT };
const orla: Who = { id: '29:orlachat', objectId: '23232323-4545-4111-8111-676767676767', mail: 'orla.brightwater@contoso-mail.example', name: 'Orla Brightwater', tenantId: TENANT };
const KEY = 'VK7JG-NPHTM-C97JM-9MPGT-3V66T';
const CONTRACT = '98761234';
const PRIVATE = ['Quillfeather', 'Brightwater', 'quillfeather', 'brightwater', 'contoso-mail', zyx.objectId, orla.objectId, 'zyxchat', 'orlachat', 'platypus', 'hunter22', KEY, 'NPHTM', CONTRACT, 'Fabrikam', 'okapi', 'narwhal', 'tok3n', 'p4ssphrase'];

const CSV = `contract_id,name,tenant_id,program,cloud,parent_id,end_date,primary_contact,notices_contact,admins
${CONTRACT},Fabrikam Tools,${TENANT},Open Value,public,,2028-03-31,,,${orla.mail}
`;

let lines: string[];
const log = () => createLog('debug', { write: (line: string) => void lines.push(line) });
let t: TestBot;
beforeEach(async () => {
  lines = [];
  t = await testBot({ csv: CSV, log: log(), environment: { OPERATORS: orla.mail } });
});
afterEach(() => t.stop());

function expectNothingPrivate(...messages: string[]): void {
  const text = lines.join('');
  for (const message of messages) expect(text).toContain(`"msg":"${message}"`);
  expect(PRIVATE.filter((one) => text.includes(one))).toEqual([]);
}

test('conversations, requests, tickets and files', async () => {
  const desk = deskOf(t);
  for (const who of [zyx, orla]) await t.say(who, 'hello');
  await desk.say(orla, 'use as help desk');
  for (const said of ['where is the platypus', `my key is ${KEY}`, 'the password is hunter22', `users ${CONTRACT}`, `I am ${zyx.name}, ${zyx.mail}`, 'x'.repeat(3_000)]) await t.say(zyx, said);
  await t.press(zyx, { verb: 'sendRequest', contractId: CONTRACT, roles: 'benefitsReader', reason: 'for the okapi' });
  const request = (await t.bot.house.contracts.get(TENANT, CONTRACT))?.requests[0]?.id;
  await t.press(orla, { verb: 'decide', request, version: 1, decision: 'denied', comment: 'no narwhal' });
  await t.press(zyx, { verb: 'okapi', text: 'platypus' });
  await t.press(orla, { verb: 'auditFile', contract: CONTRACT, format: 'csv' });
  await t.deliver(orla, { type: 'invoke', name: 'fileConsent/invoke', value: { action: 'accept', context: { contract: CONTRACT, format: 'csv' }, uploadInfo: { uploadUrl: 'https://narwhal.example/x' } } });
  await t.deliver(zyx, { type: 'unheardOf', name: 'okapi' });
  const asked = await claimedBy(desk, orla, zyx, 'The platypus is white');
  await desk.write(orla, 'Which narwhal?', asked.thread);
  t.channel.misbehave = (method) => (method === 'POST' ? 403 : undefined);
  await desk.write(orla, 'An okapi', asked.thread);
  await t.say(zyx, 'the narwhal');
  t.channel.misbehave = undefined;
  t.channel.members.clear();
  await t.post({ ...baseActivity(t.channel, { ...zyx, objectId: orla.objectId.replace('2', '9') }), type: 'message', text: 'who is the platypus' });
  await t.post('{"type":"message","text":"platypus');
  await t.post({ type: 'message', text: 'platypus' });
  expect(t.channel.calls.some(({ conversation }) => conversation.startsWith(CHANNEL))).toBe(true);
  expectNothingPrivate('turn', 'ignored an activity', 'the Teams roster did not answer', 'the channel refused a message of a ticket');
});

test('a store that fails, and tells the row; whoever is in it is not in the log', async () => {
  await t.say(zyx, 'hello');
  const row = Object.assign(new Error(`duplicate key value violates "people_mail" for ${zyx.mail}`), { code: '23505', detail: `Key (mail)=(${zyx.mail}) already exists.`, where: zyx.name, parameters: [zyx.name, 'platypus'] });
  const { chats } = t.bot.house;
  jest.spyOn(chats, 'get').mockRejectedValue(row);
  expect((await t.say(zyx, 'where is the platypus')).text).toMatch(/[0-9A-F]{8}/);
  jest.spyOn(chats, 'get').mockImplementation(async () => JSON.parse('{"said":"where is the platypus'));
  await t.say(zyx, 'where is the platypus');
  jest.restoreAllMocks();
  expectNothingPrivate('a turn failed');
  expect(lines.join('')).toContain('"code":"23505"');
});

test('damaged files of questions and conversations are named, and neither of what they are about is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vl-log-'));
  const store = await openJsonStore(folder, () => undefined);
  const at = '2026-11-23T06:00:00.000Z';
  await store.gaps.save({ version: 0, tenantId: TENANT, language: 'en', question: 'where is the platypus', near: [], times: 1, at });
  await store.chats.save(Chat.parse({ version: 0, tenantId: TENANT, conversationId: `a:${zyx.id}`, at }));
  await store.close();
  // Beside those of today what an earlier version wrote.
  await writeFile(join(folder, 'gaps', fileName(`${TENANT}/en/who is the narwhal`)), '{"cut');
  await writeFile(join(folder, 'chats', fileName(`a:${orla.id}`)), '{"version":1}');
  for (const kind of ['gaps', 'chats']) for (const name of await readdir(join(folder, kind))) await truncate(join(folder, kind, name), 20);
  const bot = await start(readSettings({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, DOCTOR: 'off' }), { log: log() });
  await bot.stop();
  for (const kind of ['gaps', 'chats']) expect((await readdir(join(folder, kind))).filter((name) => /^x[0-9a-f]{64}\.json\.damaged-/.test(name))).toHaveLength(2);
  await rm(folder, { recursive: true });
  expectNothingPrivate('something that is stored is damaged');
  expect(lines.filter((line) => line.includes('set aside as'))).toHaveLength(4);
});

/** What JSON.parse throws of a text that is none. */
function syntaxFault(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

test('a fault keeps its kind, its code and where it was, and loses what is quoted', () => {
  const schema = z.object({ role: z.enum(['reader']) }).safeParse({ role: 'platypus' });
  const parsed = (): unknown => JSON.parse('{"name": Quillfeather}');
  const said = (fault: unknown): string => JSON.stringify(faultForLog(fault));
  expect(said(schema.error)).toContain('role: invalid_enum_value');
  expect(said(schema.error)).not.toContain('platypus');
  try {
    parsed();
  } catch (error) {
    expect(said(error)).toContain('SyntaxError');
    expect(said(error)).not.toContain('Quillfeather');
  }
  // Quotation marks in what is quoted, and one that nobody closes.
  for (const text of ['{"a":"x","b": Quillfeather}', '[1,"Quillfeather" "x","y"Quillfeather"', '"Quillfeather']) {
    for (const fault of [syntaxFault(text), new Error(`could not read "${text}", at "Quillfeather`), `could not read ${text}`]) expect(said(fault)).not.toContain('Quillfeather');
  }
  expect(faultForLog(syntaxFault('{'))).toMatchObject({ type: 'SyntaxError', message: '…' });
  expect(faultForLog(Object.assign(new Error('the disk is full'), { code: 'ENOSPC', path: '/x/zyx' }))).toMatchObject({ type: 'Error', message: 'the disk is full', code: 'ENOSPC', stack: expect.stringContaining('logs.test') });
});

test('tokens and passwords, those of the channel and the bot’s own', async () => {
  jest.spyOn(console, 'error').mockReturnValue();
  const [openId, channel, folder] = await Promise.all([fakeOpenId(), fakeConnector(), mkdtemp(join(tmpdir(), 'vl-log-'))]);
  openId.token = 'tok3n-of-the-bot';
  const app = '12345678-1234-4234-8234-123456789abc';
  const bot = await start(readSettings({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, MicrosoftAppId: app, MicrosoftAppPassword: 'p4ssphrase', MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: TENANT, ...openId.environment }), { log: log() });
  const good = openId.sign({ aud: app, serviceurl: channel.url });
  const tokens = [good, openId.sign({ aud: 'another-bot', serviceurl: channel.url }), openId.sign({ aud: app, serviceurl: channel.url }, { withOtherKey: true }), 'tok3n'];
  const post = async (token: string): Promise<number> => (await fetch(`${bot.url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ ...baseActivity(channel, zyx), type: 'message', text: 'platypus' }) })).status;
  expect(await Promise.all(tokens.map(post))).toEqual([200, 401, 401, 401]);
  openId.refuses = 401;
  await post(good);
  await bot.stop();
  await Promise.all([openId.close(), channel.close(), rm(folder, { recursive: true })]);
  jest.restoreAllMocks();
  expectNothingPrivate('turn', 'a request was not authenticated');
  expect(tokens.filter((token) => lines.join('').includes(token))).toEqual([]);
});
