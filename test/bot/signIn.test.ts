import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../bot/config.ts';
import { selfSigned } from '../support/certificate.ts';

const ID = '12345678-1234-4234-8234-123456789abc';
const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const BOT = { MicrosoftAppId: ID, MicrosoftAppTenantId: TENANT };
const { certificate, key } = selfSigned();
const other = selfSigned();
const CERTIFIED = { ...BOT, MicrosoftAppCertificate: certificate, MicrosoftAppCertificateKey: key };
const OWN = `https://login.microsoftonline.com/${TENANT}`;

test('without an app id nobody signs in', () => {
  expect(readSettings({}).signIn).toEqual({ kind: 'none' });
});

test('a secret, a certificate or a managed identity; a bot of one tenant asks its own tenant for tokens', () => {
  const shared = { appId: ID, tenantId: TENANT, scope: 'https://api.botframework.com' };
  expect(readSettings({ ...BOT, MicrosoftAppPassword: 'x' }).signIn).toEqual({ ...shared, kind: 'secret', password: 'x', loginUrl: OWN });
  expect(readSettings({ ...BOT, MicrosoftAppType: 'UserAssignedMSI' }).signIn).toEqual({ ...shared, kind: 'managedIdentity', loginUrl: OWN });
  expect(readSettings(CERTIFIED).signIn).toEqual({ ...shared, kind: 'certificate', certificate, key, loginUrl: OWN });
  expect(readSettings({ MicrosoftAppId: ID, MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: TENANT, MicrosoftAppPassword: 'x' }).signIn).toMatchObject({ tenantId: undefined, loginUrl: 'https://login.microsoftonline.com/botframework.com' });
  expect(readSettings({ ...BOT, CLOUD: 'dod', MicrosoftAppPassword: 'x' }).signIn).toMatchObject({ loginUrl: `https://login.microsoftonline.us/${TENANT}`, scope: 'https://api.botframework.us' });
  expect(readSettings({ ...BOT, ToChannelFromBotLoginUrl: 'http://127.0.0.1:9/mine', MicrosoftAppPassword: 'x' }).signIn).toMatchObject({ loginUrl: 'http://127.0.0.1:9/mine' });
});

test('one file may hold both, as Key Vault gives them', () => {
  const both = `${key}${certificate}`;
  expect(readSettings({ ...BOT, MicrosoftAppCertificate: both, MicrosoftAppCertificateKey: both }).signIn).toMatchObject({ kind: 'certificate' });
});

test('the SDK, which only looks at who comes in, is told no secret', () => {
  const { botFramework } = readSettings({ ...BOT, MicrosoftAppPassword: 'very secret' });
  expect(botFramework).toMatchObject({ MicrosoftAppId: ID, ToBotFromChannelTokenIssuer: 'https://api.botframework.com' });
  expect(JSON.stringify(botFramework)).not.toContain('very secret');
  expect(JSON.stringify(readSettings(CERTIFIED).botFramework)).not.toContain('PRIVATE');
});

test('a secret is sent to no sign-in service in the clear', () => {
  expect(() => readSettings({ ...BOT, MicrosoftAppPassword: 'x', ToChannelFromBotLoginUrl: 'http://login.example.com/x' })).toThrow(/^ToChannelFromBotLoginUrl must be https/);
});

describe('each wrong one is named, with the remedy', () => {
  test.each([
    ['no proof', BOT, /^MicrosoftAppPassword is missing: .* or set MicrosoftAppCertificate/],
    ['two proofs', { ...CERTIFIED, MicrosoftAppPassword: 'x' }, /^MicrosoftAppPassword and MicrosoftAppCertificate and MicrosoftAppCertificateKey are set\. Set either/],
    ['a certificate alone', { ...BOT, MicrosoftAppCertificate: certificate }, /^MicrosoftAppCertificateKey is missing/],
    ['a key alone', { ...BOT, MicrosoftAppCertificateKey: key }, /^MicrosoftAppCertificate is missing/],
    ['the key of another', { ...CERTIFIED, MicrosoftAppCertificateKey: other.key }, /^MicrosoftAppCertificateKey is not the private key/],
    ['no certificate', { ...CERTIFIED, MicrosoftAppCertificate: 'MIIC' }, /^MicrosoftAppCertificate must be a certificate in PEM/],
    ['no key', { ...CERTIFIED, MicrosoftAppCertificateKey: certificate }, /^MicrosoftAppCertificateKey must be an RSA private key/],
    ['a managed identity with a secret', { ...BOT, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: 'x' }, /^MicrosoftAppPassword must be empty for UserAssignedMSI/],
  ])('%s', (_, environment, sentence) => {
    expect(() => readSettings(environment)).toThrow(sentence);
    expect(() => readSettings(environment)).not.toThrow(/BEGIN PRIVATE KEY-----\s/);
  });
});
