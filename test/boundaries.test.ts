import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

test('an import to the right makes the check fail, a type-only one too', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vl-rooms-'));
  const root = process.cwd();
  for (const name of ['bot', 'cards', 'dialogs', 'data', 'test', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) await cp(join(root, name), join(dir, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(dir, 'node_modules'));
  const check = () => spawnSync(process.execPath, ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'bot', 'cards', 'dialogs', 'data', 'test'], { cwd: dir, encoding: 'utf8' });
  expect(check().status).toBe(0);
  await writeFile(join(dir, 'data/planted.ts'), "import type { House } from '../bot/house.ts';\nexport type Planted = House;\n");
  const planted = check();
  expect(planted.status).not.toBe(0);
  expect(planted.stdout).toContain('data-imports-only-to-its-left: data/planted.ts');
  await rm(dir, { recursive: true });
}, 60_000);
