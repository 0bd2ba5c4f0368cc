import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { AuthenticationConstants, GovernmentConstants } from 'botframework-connector';
import { CLOUD_HOSTS } from '../../bot/clouds.ts';
import { linkTo } from '../../bot/desk/names.ts';
import { readSettings, SettingsError } from '../../bot/config.ts';
import { SECRETS } from '../../bot/secrets.ts';

const ID = '12345678-1234-4234-8234-123456789abc';
const REGISTERED = { MicrosoftAppId: ID, MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: ID };

test('nothing set: this machine only, the embedded store, no authentication', () => {
  expect(readSettings({})).toMatchObject({ host: '127.0.0.1', port: 3978, dataDir: 'data/local', isAuthenticated: false, allowedTenants: [] });
});

test('a registration: everybody of its own tenant, from everywhere', () => {
  expect(readSettings(REGISTERED)).toMatchObject({ host: '0.0.0.0', isAuthenticated: true, allowedTenants: [ID], signIn: { kind: 'secret', password: 'secret' }, botFramework: { MicrosoftAppId: ID } });
});

test('a list of tenants, with blanks and capitals', () => {
  expect(readSettings({ ...REGISTERED, MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: ` ${ID.toUpperCase()} , aaaaaaaa-0000-4000-8000-000000000001,` }).allowedTenants).toEqual([ID, 'aaaaaaaa-0000-4000-8000-000000000001']);
});

test('an empty value is an absent one', () => {
  expect(readSettings({ PORT: '', HOST: '  ', MicrosoftAppId: '' })).toMatchObject({ port: 3978, host: '127.0.0.1' });
});

test('a database, with connections enough or as many as are said', () => {
  const url = 'postgresql://bot:p%40ss@db.example.com:6432/bot?sslmode=verify-full';
  expect(readSettings({ DATABASE_URL: url }).database).toEqual({ url, poolSize: 10 });
  expect(readSettings({ DATABASE_URL: url, DATABASE_POOL: '3' }).database).toEqual({ url, poolSize: 3 });
  expect(readSettings({}).database).toBeUndefined();
});

test('the help desk: channels, hours, and a system elsewhere', () => {
  const { desk } = readSettings({ ...REGISTERED, HELP_DESK_CHANNELS: '19:a@thread.tacv2, 19:b@thread.tacv2=roles', HELP_DESK_HOURS: 'Mon-Thu,Sat 09:00-17:30 Asia/Tokyo', ANSWER_WITHIN: 'PT5M' });
  expect(desk).toMatchObject({ tenantId: ID, channels: [{ id: '19:a@thread.tacv2' }, { id: '19:b@thread.tacv2', only: 'roles' }], policy: { answerWithin: 300_000, claimWithin: 900_000, hours: { days: [1, 2, 3, 4, 6], open: '09:00', timeZone: 'Asia/Tokyo', closesOnHolidays: true } } });
});

describe('the cloud gives the hosts', () => {
  const of = (CLOUD: string, others = {}) => readSettings({ ...REGISTERED, CLOUD, HELP_DESK_CHANNELS: '19:a@thread.tacv2', PROVISIONER: 'on', PROVISIONER_TENANT_ID: ID, PROVISIONER_CLIENT_ID: ID, PROVISIONER_CLIENT_SECRET: 'x', PROVISIONER_ROLES: `benefitsReader=${ID}`, ...others });

  test.each([
    ['public', 'https://smba.trafficmanager.net/teams/', ['sharepoint.com'], 'https://login.microsoftonline.com', 'https://management.azure.com', 'https://api.botframework.com', 'https://token.botframework.com', 'smba.trafficmanager.net'],
    ['gcc', 'https://smba.infra.gcc.teams.microsoft.com/teams/', ['sharepoint.com'], 'https://login.microsoftonline.com', 'https://management.azure.com', 'https://api.botframework.com', 'https://token.botframework.com', 'smba.infra.gcc.teams.microsoft.com'],
    ['gcchigh', 'https://smba.infra.gov.teams.microsoft.us/teams/', ['sharepoint.us'], 'https://login.microsoftonline.us', 'https://management.usgovcloudapi.net', 'https://api.botframework.us', 'https://tokengcch.botframework.azure.us', 'smba.infra.gov.teams.microsoft.us'],
    ['dod', 'https://smba.infra.dod.teams.microsoft.us/teams/', ['sharepoint-mil.us', 'dps.mil'], 'https://login.microsoftonline.us', 'https://management.usgovcloudapi.net', 'https://api.botframework.us', 'https://apiDoD.botframework.azure.us', 'smba.infra.dod.teams.microsoft.us'],
  ])('%s', (cloud, connector, fileHosts, signInHost, armHost, issuer, oauth, serviceUrlHost) => {
    const settings = of(cloud);
    expect(settings).toMatchObject({ fileHosts, lookup: { signInHost }, provisioner: { armHost, loginHost: signInHost }, policy: { cloud } });
    expect(settings.botFramework).toMatchObject({ ToBotFromChannelTokenIssuer: issuer, ToChannelFromBotOAuthScope: issuer, OAuthUrl: oauth });
    expect(settings.desk.channels[0]?.conversation.serviceUrl).toBe(connector);
    expect(settings.serviceHosts).toContain(serviceUrlHost);
    // A help desk's channel is reached where the cloud's activities come from.
    expect(settings.serviceHosts).toContain(new URL(connector).host);
  });

  test('what the environment sets goes before them, one by one', () => {
    const { botFramework, fileHosts } = of('gcchigh', { OAuthUrl: 'https://token.example.com', FILE_HOSTS: 'files.example.com' });
    expect({ ...botFramework, fileHosts }).toMatchObject({ OAuthUrl: 'https://token.example.com', fileHosts: ['files.example.com'], ToBotFromChannelTokenIssuer: 'https://api.botframework.us' });
  });

  test('the public cloud, GCC High and DoD share no service URL', () => {
    const hosts = (['public', 'gcchigh', 'dod'] as const).flatMap((cloud) => CLOUD_HOSTS[cloud].serviceUrlHosts);
    expect(new Set(hosts).size).toBe(hosts.length);
  });

  test.each([
    ['public', 'https://teams.microsoft.com/l/message/19%3Aa%40thread.tacv2/17'],
    ['gcc', 'https://teams.microsoft.com/l/message/19%3Aa%40thread.tacv2/17'],
    ['gcchigh', 'https://gov.teams.microsoft.us/l/message/19%3Aa%40thread.tacv2/17'],
    ['dod', 'https://dod.teams.microsoft.us/l/message/19%3Aa%40thread.tacv2/17'],
  ] as const)('%s: a thread opens in its own Teams', (cloud, link) => {
    expect(linkTo({ channel: '19:a@thread.tacv2', thread: '17' }, cloud)).toBe(link);
  });

  test('the SDK knows the same ones', () => {
    const shared = ['ToChannelFromBotOAuthScope', 'ToBotFromChannelTokenIssuer', 'ToBotFromChannelOpenIdMetadataUrl'] as const;
    for (const [cloud, known] of [['public', AuthenticationConstants], ['gcchigh', GovernmentConstants], ['dod', GovernmentConstants]] as const) {
      for (const name of [...shared, 'ToChannelFromBotLoginUrl' as const]) expect([cloud, name, CLOUD_HOSTS[cloud].defaults[name]]).toEqual([cloud, name, known[name]]);
    }
  });
});

test('how long things are kept', () => {
  const day = 24 * 60 * 60_000;
  expect(readSettings({}).retention).toEqual({ questions: 180 * day, transcripts: 90 * day, tickets: 365 * day, pictures: 30 * day });
  expect(readSettings({ KEEP_QUESTIONS: 'forever', KEEP_TRANSCRIPTS: ' Forever', KEEP_TICKETS: 'P2Y', KEEP_PICTURES: 'PT12H' }).retention).toEqual({ questions: Infinity, transcripts: Infinity, tickets: 730 * day, pictures: day / 2 });
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
    [{ CLOUD: 'government' }, /^CLOUD must be public, gcc, gcchigh or dod/],
    [{ DATABASE_URL: 'localhost/bot' }, /^DATABASE_URL must be like postgres:/],
    [{ DATABASE_URL: 'postgres://bot:p@ss/word@localhost/bot' }, /^DATABASE_URL must be like postgres:.*as %40 and %2F\.$/],
    [{ DATABASE_URL: 'postgres://bot:secret@localhost' }, /^DATABASE_URL must be like postgres:/],
    [{ DATABASE_POOL: 'many' }, /^DATABASE_POOL must be a number/],
    [{ OAuthUrl: 'here' }, /^OAuthUrl must be a URL/],
    [{ HELP_DESK_CHANNELS: '19:a@thread.tacv2=invoices' }, /^HELP_DESK_CHANNELS must be conversation ids/],
    [{ HELP_DESK_HOURS: 'Mon-Fri 9-17' }, /^HELP_DESK_HOURS must be days, hours and a time zone/],
    [{ HELP_DESK_HOURS: 'Mon-Fri 09:00-17:30 Asia/Tokio' }, /^HELP_DESK_HOURS must be/],
    [{ HELP_DESK_HOURS: 'Mon-Fry 09:00-17:30 Asia/Tokyo' }, /^HELP_DESK_HOURS must be/],
    [{ CLAIM_WITHIN: '15 minutes' }, /^CLAIM_WITHIN must be an ISO 8601 duration/],
    [{ KEEP_QUESTIONS: '180 days' }, /^KEEP_QUESTIONS must be an ISO 8601 duration, for example P180D, or forever/],
    [{ KEEP_PICTURES: 'P0D' }, /^KEEP_PICTURES must be/],
    [{ KEEP_TICKETS: '-P1D' }, /^KEEP_TICKETS must be/],
    [{ ...REGISTERED, HELP_DESK_WEBHOOK_URL: 'https://desk.example.com/hook' }, /^HELP_DESK_WEBHOOK_SECRET is missing/],
    [{ ...REGISTERED, HELP_DESK_WEBHOOK_URL: 'http://desk.example.com/hook', HELP_DESK_WEBHOOK_SECRET: 'x' }, /^HELP_DESK_WEBHOOK_URL must be https/],
    [{ HELP_DESK_API_KEY: 'short' }, /^HELP_DESK_API_KEY must have at least 24/],
    [{ HELP_DESK_API_KEY: 'x'.repeat(24) }, /^HELP_DESK_TENANT is missing/],
    [{ ...REGISTERED, HELP_DESK_TENANT: 'aaaaaaaa-0000-4000-8000-000000000009' }, /^HELP_DESK_TENANT is none of the tenants/],
  ])('%j', (environment, sentence) => {
    expect(() => readSettings(environment)).toThrow(SettingsError);
    expect(() => readSettings(environment)).toThrow(sentence);
  });

  test('several at once', () => {
    expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });
});

test('.env.example and the README name every setting', () => {
  const declared = ['bot/config.ts', 'bot/signIn.ts', 'bot/desk/settings.ts', 'bot/keepSettings.ts'].map((file) => readFileSync(file, 'utf8')).join('\n');
  const names = [...declared.matchAll(/^ {2}([A-Za-z_]+): (?:z\b|text|url|encryptedUrl|duration|keep|Language\.)/gm)].map((m) => m[1]!).filter((name) => name !== 'NODE_ENV').concat(SECRETS.map((name) => `${name}_FILE`));
  expect(names.length).toBeGreaterThan(10);
  for (const file of ['.env.example', 'README.md']) {
    const text = readFileSync(file, 'utf8');
    expect([file, names.filter((name) => !text.includes(name))]).toEqual([file, []]);
  }
});
