import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, readStoreSettings, SettingsError } from '../../bot/config.ts';
import { SECRETS, withSecretsOfFiles } from '../../bot/secrets.ts';

const ID = '12345678-1234-4234-8234-123456789abc';
const REGISTERED = { MicrosoftAppId: ID, MicrosoftAppTenantId: ID };

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vl-secrets-'));
  await writeFile(join(dir, 'password'), 'opensesame\r\n\n');
  await writeFile(join(dir, 'marked'), '\uFEFFopensesame\n');
  await writeFile(join(dir, 'empty'), ' \n');
  await writeFile(join(dir, 'utf16'), Buffer.from('\uFEFFopensesame', 'utf16le'));
});
afterAll(() => rm(dir, { recursive: true }));

test.each(SECRETS)('%s comes from the file that its other name gives, without the newline', (name) => {
  for (const file of ['password', 'marked']) {
    expect(withSecretsOfFiles({ [`${name}_FILE`]: join(dir, file), PORT: '1' })).toMatchObject({ environment: { [name]: 'opensesame', PORT: '1' }, problems: [] });
  }
});

test('the settings take a secret of a file like any other', () => {
  expect(readSettings({ ...REGISTERED, MicrosoftAppPassword: ' ', MicrosoftAppPassword_FILE: join(dir, 'password') }).signIn).toMatchObject({ kind: 'secret', password: 'opensesame' });
  expect(() => readSettings({ HELP_DESK_API_KEY_FILE: join(dir, 'password') })).toThrow(/^HELP_DESK_API_KEY must have at least 24/);
});

describe('what cannot be had is named, and never shown', () => {
  test.each([
    ['nowhere', {}, /^MicrosoftAppPassword_FILE names .*nowhere, which does not exist\.$/],
    ['empty', {}, /^MicrosoftAppPassword_FILE names .*empty, which is empty/],
    ['.', {}, /^MicrosoftAppPassword_FILE names .*, which is a folder/],
    ['utf16', {}, /^MicrosoftAppPassword_FILE names .*utf16, which is not text in UTF-8\.$/],
    ['password/in', {}, /^MicrosoftAppPassword_FILE names .*in, which cannot be read \(ENOTDIR\)/],
    ['password', { MicrosoftAppPassword: 'opensesame' }, /^MicrosoftAppPassword_FILE and MicrosoftAppPassword are both set/],
  ])('%s', (file, others, sentence) => {
    const read = () => readSettings({ ...REGISTERED, ...others, MicrosoftAppPassword_FILE: join(dir, file) });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(/opensesame/);
  });

  test('beside what else is wrong', () => {
    expect(() => readSettings({ PORT: 'x', OPENAI_API_KEY_FILE: join(dir, 'nowhere') })).toThrow(/OPENAI_API_KEY_FILE[\s\S]*PORT/);
  });
});

test('a command takes the database’s address from its file too', async () => {
  const file = join(dir, 'url');
  await writeFile(file, 'postgres://bot@db.example.com/bot\n');
  expect(readStoreSettings({ DATABASE_URL_FILE: file, MicrosoftAppId: 'not looked at' }).database?.url).toBe('postgres://bot@db.example.com/bot');
});
