import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AjvDraft04 from 'ajv-draft-04';
import { unzipSync } from 'fflate';
import { LANGUAGES } from '../../data/model/language.ts';
import { commandOf } from '../../data/text/typed.ts';

const Ajv = AjvDraft04.default;
const SCHEMAS = 'node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30';
const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

interface Manifest {
  icons: { color: string; outline: string };
  name: { short: string };
  description: { short: string };
  bots: { botId: string; commandLists: { scopes: string[]; commands: { title: string; description: string }[] }[] }[];
}
const manifest = read('appPackage/manifest.json') as unknown as Manifest;

function problems(schema: string, value: unknown): unknown {
  // The schemas carry formats that are only annotations.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(read(join(SCHEMAS, schema)));
  return validate(value) ? [] : validate.errors;
}

test('the manifest fits schema 1.30', () => {
  expect(problems('MicrosoftTeams.schema.json', manifest)).toEqual([]);
});

test.each(LANGUAGES)('the localisation %s fits its schema', (lang) => {
  expect(problems('MicrosoftTeams.Localization.schema.json', read(`appPackage/${lang}.json`))).toEqual([]);
});

describe('commands', () => {
  const lists = manifest.bots[0]!.commandLists;
  test('stay inside what every Teams takes', () => {
    for (const { commands } of lists) {
      expect(commands.length).toBeLessThanOrEqual(10);
      for (const { title, description } of commands) {
        expect(title.length).toBeLessThanOrEqual(32);
        expect(description.length).toBeLessThanOrEqual(128);
      }
    }
  });

  test.each(LANGUAGES)('are understood as they stand there, in %s, and mean the same', (lang) => {
    const strings = read(`appPackage/${lang}.json`) as Record<string, string>;
    lists.forEach(({ commands }, i) =>
      commands.forEach(({ title }, j) => {
        const localised = strings[`bots[0].commandLists[${i}].commands[${j}].title`];
        expect(localised).toBeDefined();
        expect(strings[`bots[0].commandLists[${i}].commands[${j}].description`]!.length).toBeLessThanOrEqual(128);
        expect(commandOf(localised!)?.command).toBe(commandOf(title)?.command);
        expect(commandOf(title)).toBeDefined();
      }),
    );
    expect(strings['name.short']!.length).toBeLessThanOrEqual(30);
    expect(strings['description.short']!.length).toBeLessThanOrEqual(80);
  });
});

test('the icons have the sizes that Teams asks for', () => {
  const size = (file: string): number[] => {
    const png = readFileSync(join('appPackage', file));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    return [png.readUInt32BE(16), png.readUInt32BE(20)];
  };
  expect(size(manifest.icons.color)).toEqual([192, 192]);
  expect(size(manifest.icons.outline)).toEqual([32, 32]);
});

test('npm run pack zips it for the registration', () => {
  const appId = '12345678-1234-4234-8234-123456789abc';
  execFileSync(process.execPath, ['dist/bot/pack.js'], { env: { ...process.env, MicrosoftAppId: appId } });
  const files = unzipSync(readFileSync('dist/vl-access.zip'));
  expect(Object.keys(files).toSorted()).toEqual(['color.png', 'en.json', 'ja.json', 'manifest.json', 'outline.png']);
  const packed = JSON.parse(Buffer.from(files['manifest.json']!).toString('utf8')) as Manifest & { id: string };
  expect([packed.id, packed.bots[0]!.botId]).toEqual([appId, appId]);
  expect(problems('MicrosoftTeams.schema.json', packed)).toEqual([]);
});
