import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { z } from 'zod';
import { packageRoot } from './system.ts';

// `npm run pack`: the Teams app package, for the bot registration that MicrosoftAppId names.

const UNSET = '00000000-0000-0000-0000-000000000000';
const FILES = ['manifest.json', 'en.json', 'ja.json', 'color.png', 'outline.png'];

const root = packageRoot();

const appId = process.env['MicrosoftAppId']?.trim() || UNSET;
if (!z.string().uuid().safeParse(appId).success) {
  process.stderr.write('MicrosoftAppId must be the application (client) id of the bot registration, a GUID.\n');
  process.exit(1);
}
const files: Record<string, Uint8Array> = {};
for (const name of FILES) {
  const content = await readFile(join(root, 'appPackage', name));
  files[name] = name === 'manifest.json' ? Buffer.from(content.toString('utf8').replaceAll(UNSET, appId)) : content;
}
const target = join(root, 'dist', 'vl-access.zip');
await mkdir(join(root, 'dist'), { recursive: true });
await writeFile(target, zipSync(files, { level: 9 }));
process.stdout.write(`${target}\n`);
if (appId === UNSET) process.stdout.write('MicrosoftAppId is not set: set it to the application id of the bot registration and pack again before you upload the package.\n');
