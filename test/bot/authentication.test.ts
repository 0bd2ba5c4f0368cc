/* oxlint-disable jest/expect-expect, jest/no-standalone-expect -- a helper asserts that nobody is let in, and every test ends with nothing having been sent */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../bot/config.ts';
import { createLog } from '../../bot/log.ts';
import type { Running } from '../../bot/start.ts';
import { start } from '../../bot/start.ts';
import { baseActivity } from '../support/bot.ts';
import type { FakeConnector } from '../support/fakeConnector.ts';
import { fakeConnector } from '../support/fakeConnector.ts';
import type { FakeOpenId } from '../support/fakeOpenId.ts';
import { fakeOpenId } from '../support/fakeOpenId.ts';
import type { Who } from '../support/people.ts';
import { anna, mallory, TENANT } from '../support/people.ts';

const APP = '12345678-1234-4234-8234-123456789abc';

let bot: Running;
let channel: FakeConnector;
let elsewhere: FakeConnector;
let openId: FakeOpenId;
let dir: string;
// The SDK writes to the console what it does not let in.
beforeEach(() => {
  jest.spyOn(console, 'error').mockReturnValue();
});
beforeAll(async () => {
  [channel, elsewhere, openId, dir] = await Promise.all([fakeConnector(), fakeConnector(), fakeOpenId(), mkdtemp(join(tmpdir(), 'vl-auth-'))]);
  bot = await startBot(dir, openId);
});
/** Those of this file move the clock; what is verified is kept by it. */
afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(async () => {
  await bot.stop();
  await Promise.all([channel.close(), elsewhere.close(), openId.close(), rm(dir, { recursive: true })]);
});

function startBot(dataDir: string, { environment }: FakeOpenId): Promise<Running> {
  const settings = readSettings({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, MicrosoftAppId: APP, MicrosoftAppPassword: 'x', MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: TENANT, ...environment });
  return start(settings, { log: createLog('silent') });
}

async function post(authorization: string | undefined, who: Who = anna, more: Record<string, unknown> = {}): Promise<Response> {
  return fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify({ ...baseActivity(channel, who), type: 'message', text: 'help', ...more }),
  });
}

/** What came back, and whether anything was sent anywhere. */
async function outcome(authorization: string | undefined, more: Record<string, unknown> = {}): Promise<{ status: number; body: string; isSent: boolean }> {
  const before = channel.calls.length + elsewhere.calls.length;
  const response = await post(authorization, anna, more);
  const body = await response.text();
  await bot.house.background.idle(5_000);
  return { status: response.status, body, isSent: channel.calls.length + elsewhere.calls.length > before };
}

const REFUSED = { status: 401, body: '', isSent: false };
const LET_IN = { status: 200, body: '', isSent: true };
/** So many seconds from now, for all that asks for the time. */
function later(seconds: number): void {
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + seconds * 1000);
}

const good = (): Record<string, unknown> => ({ aud: APP, serviceurl: channel.url });

test('the channel’s own token is let in, and the bot answers with its own', async () => {
  channel.calls.length = 0;
  const response = await post(`Bearer ${openId.sign(good())}`);
  expect(response.status).toBe(200);
  expect(JSON.stringify(channel.calls.at(-1)?.body)).toContain('What I can do');
});

describe('everything else is a 401, without a word about why, and nothing is sent', () => {
  const now = Math.floor(Date.now() / 1000);
  const bearer = (...how: Parameters<FakeOpenId['sign']>): string => `Bearer ${openId.sign(...how)}`;
  test.each<[string, () => string | undefined]>([
    ['no token', () => undefined],
    ['not a token', () => 'Bearer x'],
    ['another scheme', () => 'Basic eDp5'],
    ['wrong signature', () => bearer(good(), { withOtherKey: true })],
    ['cut signature', () => bearer(good(), { signature: '' })],
    ['alg none', () => bearer(good(), { header: { alg: 'none' }, signature: '' })],
    ['alg None', () => bearer(good(), { header: { alg: 'None' }, signature: '' })],
    ['HS256 under the public key (SPKI)', () => bearer(good(), { header: { alg: 'HS256' }, hmacOf: openId.publicKeys[0]! })],
    ['HS256 under the public key (PKCS 1)', () => bearer(good(), { header: { alg: 'HS256' }, hmacOf: openId.publicKeys[1]! })],
    ['unknown key', () => bearer(good(), { header: { kid: 'k9' } })],
    ['no key named', () => bearer(good(), { header: { kid: undefined } })],
    ['a list of keys named', () => bearer(good(), { header: { kid: ['k1'] } })],
    ['a path for a key', () => bearer(good(), { header: { kid: '../../../dev/null' }, hmacOf: '' })],
    ['a property of every object for a key', () => bearer(good(), { header: { kid: '__proto__' } })],
    ['a key of its own in the header', () => bearer(good(), { header: { kid: 'k9', jwk: openId.keys[0], jku: `${channel.url}keys`, x5u: `${channel.url}keys` }, withOtherKey: true })],
    ['another bot', () => bearer({ ...good(), aud: 'someone-else' })],
    ['several bots, and not this one', () => bearer({ ...good(), aud: ['someone-else', 'x'] })],
    ['no bot', () => bearer({ serviceurl: channel.url })],
    ['expired', () => bearer({ ...good(), exp: now - 3600, nbf: now - 7200 })],
    ['not yet valid', () => bearer({ ...good(), nbf: now + 3600, exp: now + 7200 })],
    ['another issuer', () => bearer({ ...good(), iss: 'https://evil.example.com' })],
    ['another service URL', () => bearer({ ...good(), serviceurl: 'https://evil.example.com/' })],
    ['no service URL', () => bearer({ aud: APP })],
    ['two tokens', () => `${bearer(good())} ${openId.sign(good())}`],
  ])('%s', async (_name, token) => {
    expect(await outcome(token())).toEqual(REFUSED);
  });

  test('a service outside of the settings, though the token names it', async () => {
    for (const serviceUrl of ['https://evil.example.com/', 'https://127.0.0.1.evil.example.com/', 'https://evil.example.com/@127.0.0.1', 'https://x@127.0.0.1/', 'http://[::1]/']) expect(await outcome(bearer({ aud: APP, serviceurl: serviceUrl }), { serviceUrl })).toEqual(REFUSED);
  });

  test('a service that the token does not name, though a token for another was let in just now', async () => {
    const token = bearer(good());
    expect(await outcome(token)).toEqual(LET_IN);
    expect(await outcome(token, { serviceUrl: elsewhere.url })).toEqual(REFUSED);
  });

  test('a channel that the key does not vouch for, though the token was let in for another just now', async () => {
    const token = bearer(good());
    expect(await outcome(token)).toEqual(LET_IN);
    expect(await outcome(token, { channelId: 'webchat' })).toEqual(REFUSED);
    expect(await outcome(bearer(good()), { channelId: 'directline' })).toEqual(REFUSED);
  });

  test('a token that was let in, once it has expired: five minutes are for clocks that differ', async () => {
    const token = bearer({ ...good(), exp: now + 60 });
    expect(await outcome(token)).toEqual(LET_IN);
    later(60 + 301);
    expect(await outcome(token)).toEqual(REFUSED);
  });

  test('a token that was let in, with another signature, payload or header', async () => {
    const [header = '', payload = '', signature = ''] = openId.sign(good()).split('.');
    expect(await outcome(`Bearer ${header}.${payload}.${signature}`)).toEqual(LET_IN);
    const forged = Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), exp: now + 9999 })).toString('base64url');
    for (const parts of [[header, payload, 'x'], [header, forged, signature], ['e30', payload, signature]]) expect(await outcome(`Bearer ${parts.join('.')}`)).toEqual(REFUSED);
  });
});

describe('keys', () => {
  let own: { bot: Running; openId: FakeOpenId; folder: string; status: (token: string) => Promise<number> };
  beforeEach(async () => {
    const [provider, folder] = [await fakeOpenId(), await mkdtemp(join(tmpdir(), 'vl-keys-'))];
    const started = await startBot(folder, provider);
    const status = async (token: string): Promise<number> => (await fetch(`${started.url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ ...baseActivity(channel, anna), type: 'message', text: 'help' }) })).status;
    own = { bot: started, openId: provider, folder, status };
  });
  afterEach(async () => {
    await own.bot.stop();
    await Promise.all([own.openId.close(), rm(own.folder, { recursive: true })]);
  });

  test('a provider that is down is a 401 and no fault, and the next token is let in once it is up', async () => {
    for (const status of [500, 503, 404]) {
      own.openId.fails = status;
      expect(await own.status(own.openId.sign(good()))).toBe(401);
    }
    own.openId.fails = undefined;
    expect(await own.status(own.openId.sign(good()))).toBe(200);
  });

  test('keys that are none, or of another kind, let nobody in', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const kinds = [{ ...publicKey.export({ format: 'jwk' }) }, { kty: 'oct', k: Buffer.from('secret').toString('base64url') }, { kty: 'RSA' }, { kty: 'RSA', n: 'AQAB', e: 'AQAB' }];
    for (const kind of kinds) {
      own.openId.keys = [{ ...kind, kid: 'k1', endorsements: ['msteams'] }];
      later(25 * 3600);
      expect(await own.status(own.openId.sign(good()))).toBe(401);
      expect(await own.status(own.openId.sign(good(), { header: { alg: 'HS256' }, hmacOf: 'secret' }))).toBe(401);
      expect(await own.status(own.openId.sign(good(), { header: { alg: 'ES256' } }))).toBe(401);
    }
  });

  test('when the keys change, the new one is let in and the one before is not', async () => {
    expect(await own.status(own.openId.sign(good()))).toBe(200);
    own.openId.rollOver('k2');
    later(3_700);
    expect(await own.status(own.openId.sign(good()))).toBe(200);
    expect(await own.status(own.openId.sign(good(), { header: { kid: 'k1' }, withOtherKey: true }))).toBe(401);
    expect(await own.status(own.openId.sign(good(), { withOtherKey: true }))).toBe(401);
  });
});

test('a tenant that is not on the list is not served', async () => {
  channel.calls.length = 0;
  await post(`Bearer ${openId.sign(good())}`, mallory);
  expect(channel.calls.at(-1)?.body.text).toBe('This bot does not serve your organization.');
  await post(`Bearer ${openId.sign(good())}`, anna, { channelData: {}, conversation: { id: 'a:1' } });
  expect(channel.calls.at(-1)?.body.text).toBe('This bot does not serve your organization.');
});
