// `npm run bench [-- PART [its arguments]]`: one part, or all of them one after the other. Fails when one of them does.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ALL = ['finding', 'guides', 'relay', 'turns', 'memory', 'growth'];
const ALONE = ['profile'];

const [part, ...rest] = process.argv.slice(2);
const parts = part === undefined ? ALL : [part];
const unknown = parts.find((one) => ![...ALL, ...ALONE].includes(one));
if (unknown !== undefined) {
  process.stderr.write(`There is no ${unknown}; there are ${[...ALL, ...ALONE].join(', ')}.\n`);
  process.exit(1);
}
for (const one of parts) {
  if (parts.length > 1) process.stdout.write(`\n== ${one}\n`);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, `${one}.js`), ...rest], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) process.exitCode = 1;
}
