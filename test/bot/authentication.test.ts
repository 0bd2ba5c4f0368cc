import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
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
let openId: FakeOpenId;
let dir: string;
beforeAll(async () => {
  // The SDK writes to the console what it does not let in.
  jest.spyOn(console, 'error').mockReturnValue();
  [channel, openId, dir] = await Promise.all([fakeConnector(), fakeOpenId(), mkdtemp(join(tmpdir(), 'vl-auth-'))]);
  const settings = readSettings({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: dir, MicrosoftAppId: APP, MicrosoftAppPassword: 'x', MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: TENANT, ...openId.environment });
  bot = await start(settings, { log: createLog('silent') });
});
afterAll(async () => {
  await bot.stop();
  await Promise.all([channel.close(), openId.close(), rm(dir, { recursive: true })]);
});

async function post(authorization: string | undefined, who: Who = anna, more: Record<string, unknown> = {}): Promise<Response> {
  return fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify({ ...baseActivity(channel, who), type: 'message', text: 'help', ...more }),
  });
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
  test.each<[string, () => string | undefined]>([
    ['no token', () => undefined],
    ['not a token', () => 'Bearer x'],
    ['another scheme', () => 'Basic eDp5'],
    ['wrong signature', () => `Bearer ${openId.sign(good(), { withOtherKey: true })}`],
    ['cut signature', () => `Bearer ${openId.sign(good(), { signature: '' })}`],
    ['alg none', () => `Bearer ${openId.sign(good(), { header: { alg: 'none' }, signature: '' })}`],
    ['unknown key', () => `Bearer ${openId.sign(good(), { header: { kid: 'k9' } })}`],
    ['another bot', () => `Bearer ${openId.sign({ ...good(), aud: 'someone-else' })}`],
    ['expired', () => `Bearer ${openId.sign({ ...good(), exp: now - 3600, nbf: now - 7200 })}`],
    ['another issuer', () => `Bearer ${openId.sign({ ...good(), iss: 'https://evil.example.com' })}`],
    ['another service URL', () => `Bearer ${openId.sign({ ...good(), serviceurl: 'https://evil.example.com/' })}`],
  ])('%s', async (_name, token) => {
    const before = channel.calls.length;
    const response = await post(token());
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(channel.calls).toHaveLength(before);
  });
});

test('a tenant that is not on the list is not served', async () => {
  channel.calls.length = 0;
  await post(`Bearer ${openId.sign(good())}`, mallory);
  expect(channel.calls.at(-1)?.body.text).toBe('This bot does not serve your organization.');
  await post(`Bearer ${openId.sign(good())}`, anna, { channelData: {}, conversation: { id: 'a:1' } });
  expect(channel.calls.at(-1)?.body.text).toBe('This bot does not serve your organization.');
});
