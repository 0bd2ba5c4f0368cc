import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readSettings, SettingsError } from '../../bot/config.ts';

const ID = '12345678-1234-4234-8234-123456789abc';
const REGISTERED = { MicrosoftAppId: ID, MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: ID };

test('nothing set: this machine only, the embedded store, no authentication', () => {
  expect(readSettings({})).toMatchObject({ host: '127.0.0.1', port: 3978, dataDir: 'data/local', isAuthenticated: false, allowedTenants: [] });
});

test('a registration: everybody of its own tenant, from everywhere', () => {
  expect(readSettings(REGISTERED)).toMatchObject({ host: '0.0.0.0', isAuthenticated: true, allowedTenants: [ID], botFramework: { MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: 'secret' } });
});

test('a list of tenants, with blanks and capitals', () => {
  expect(readSettings({ ...REGISTERED, MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: ` ${ID.toUpperCase()} , aaaaaaaa-0000-4000-8000-000000000001,` }).allowedTenants).toEqual([ID, 'aaaaaaaa-0000-4000-8000-000000000001']);
});

test('an empty value is an absent one', () => {
  expect(readSettings({ PORT: '', HOST: '  ', MicrosoftAppId: '' })).toMatchObject({ port: 3978, host: '127.0.0.1' });
});

describe('each wrong setting is named, with the remedy', () => {
  test.each([
    [{ PORT: 'x' }, /^PORT must be a port number/],
    [{ PORT: '99999' }, /^PORT must be a port number/],
    [{ MicrosoftAppId: 'x' }, /^MicrosoftAppId must be the application \(client\) id/],
    [{ NODE_ENV: 'production' }, /^MicrosoftAppId is missing: in production/],
    [{ HOST: '0.0.0.0' }, /^HOST 0\.0\.0\.0 is reachable from outside.*Set MicrosoftAppId, or HOST to 127\.0\.0\.1/],
    [{ MicrosoftAppId: ID, MicrosoftAppTenantId: ID }, /^MicrosoftAppPassword is missing/],
    [{ MicrosoftAppId: ID, MicrosoftAppPassword: 'x' }, /^MicrosoftAppTenantId is missing/],
    [{ ...REGISTERED, MicrosoftAppType: 'Multi' }, /^MicrosoftAppType must be MultiTenant, SingleTenant or UserAssignedMSI/],
    [{ MicrosoftAppId: ID, MicrosoftAppPassword: 'x', MicrosoftAppType: 'MultiTenant' }, /^ALLOWED_TENANTS is missing/],
    [{ ALLOWED_TENANTS: 'contoso' }, /^ALLOWED_TENANTS must be tenant ids/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be/],
    [{ OAuthUrl: 'here' }, /^OAuthUrl must be a URL/],
  ])('%j', (environment, sentence) => {
    expect(() => readSettings(environment)).toThrow(SettingsError);
    expect(() => readSettings(environment)).toThrow(sentence);
  });

  test('several at once', () => {
    expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });
});

test('.env.example and the README name every setting', () => {
  const names = [...readFileSync('bot/config.ts', 'utf8').matchAll(/^ {2}([A-Za-z_]+): (?:z\b|text|url)/gm)].map((m) => m[1]!).filter((name) => name !== 'NODE_ENV');
  expect(names.length).toBeGreaterThan(10);
  for (const file of ['.env.example', 'README.md']) {
    const text = readFileSync(file, 'utf8');
    expect([file, names.filter((name) => !text.includes(name))]).toEqual([file, []]);
  }
});
