import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignIn } from '../../bot/signIn.ts';
import { BotToken } from '../../bot/teams/botToken.ts';
import { selfSigned } from '../support/certificate.ts';
import type { FakeOpenId } from '../support/fakeOpenId.ts';
import { fakeOpenId } from '../support/fakeOpenId.ts';

const APP = '12345678-1234-4234-8234-123456789abc';
const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const SCOPE = 'https://api.botframework.com';

let login: FakeOpenId;
beforeEach(async () => {
  login = await fakeOpenId();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await login.close();
});

const registration = () => ({ appId: APP, tenantId: TENANT, loginUrl: login.environment['ToChannelFromBotLoginUrl'] ?? '', scope: SCOPE });
const bySecret = (): SignIn => ({ ...registration(), kind: 'secret', password: 'p w&=' });

/** Moves the clock of tokens. */
function later(seconds: number): void {
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + seconds * 1000);
}

test('by its secret, once for many at a time', async () => {
  const token = new BotToken(bySecret());
  expect(await Promise.all(Array.from({ length: 20 }, () => token.header()))).toEqual(Array<string>(20).fill('Bearer token-1'));
  expect(Object.fromEntries(login.asked[0] ?? [])).toMatchObject({ grant_type: 'client_credentials', client_id: APP, client_secret: 'p w&=', scope: `${SCOPE}/.default` });
});

test('by its certificate: an assertion signed with the key, for this service and app alone', async () => {
  const { certificate, key } = selfSigned();
  expect(await new BotToken({ ...registration(), kind: 'certificate', certificate, key }).header()).toBe('Bearer token-1');
  const [header = '', payload = '', signature = ''] = (login.asked[0]?.get('client_assertion') ?? '').split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  expect(claims).toMatchObject({ iss: APP, sub: APP, aud: expect.stringContaining('/login/oauth2/v2.0/token') });
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string };
  const publicKey = createPublicKey(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }));
  const padding = alg === 'PS256' ? { padding: 6, saltLength: 32 } : {};
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), { key: publicKey, ...padding }, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(login.asked[0]?.has('client_secret')).toBe(false);
});

test('by a managed identity, at the endpoint that a container app has for it', async () => {
  const asked: string[] = [];
  const identity = createServer((req, res) => {
    asked.push(`${req.url} ${String(req.headers['x-identity-header'])}`);
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ access_token: 'of-the-identity', expires_on: String(Math.floor(Date.now() / 1000) + 3600), resource: SCOPE, token_type: 'Bearer', client_id: APP }));
  });
  await new Promise<void>((resolve) => identity.listen(0, '127.0.0.1', resolve));
  const before = { ...process.env };
  Object.assign(process.env, { IDENTITY_ENDPOINT: `http://127.0.0.1:${(identity.address() as AddressInfo).port}/msi/token`, IDENTITY_HEADER: 'the header' });
  try {
    expect(await new BotToken({ ...registration(), kind: 'managedIdentity' }).header()).toBe('Bearer of-the-identity');
    expect(asked).toEqual([expect.stringMatching(/resource=https.*api\.botframework\.com.* the header$/)]);
    expect(asked[0]).toContain(APP);
  } finally {
    process.env = before;
    identity.close();
  }
});

describe('renewed ahead of time', () => {
  test('the old one serves while the new one is fetched, and nobody waits', async () => {
    const token = new BotToken(bySecret());
    await token.header();
    later(3600 * 0.8);
    expect(await token.header()).toBe('Bearer token-1');
    await until(async () => (await token.header()) === 'Bearer token-2');
    expect(login.asked).toHaveLength(2);
  });

  test('where that fails the old one serves to its end, and it is tried again', async () => {
    const token = new BotToken(bySecret());
    await token.header();
    login.refuses = 401;
    later(3600 * 0.8);
    await token.header();
    await until(() => login.asked.length === 2);
    expect(await token.header()).toBe('Bearer token-1');
    login.refuses = undefined;
    later(31);
    await token.header();
    await until(async () => (await token.header()) === 'Bearer token-3');
  });

  test('one that is over is never used', async () => {
    const token = new BotToken(bySecret());
    await token.header();
    login.refuses = 401;
    later(3601);
    await expect(token.header()).rejects.toThrow('as asked');
    login.refuses = undefined;
    expect(await token.header()).toMatch(/^Bearer token-/);
  });
});

test('nothing is asked for where nothing is authenticated', async () => {
  expect(await new BotToken({ kind: 'none' }).header()).toBeUndefined();
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 100) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
