import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from './system.ts';

// `npm run sbom`: dist/sbom.cdx.json, the bill of materials of what runs, in CycloneDX, from the lock file.
// npm's own --omit=dev leaves out what development needs as well as the bot, so npm is shown a package that has no development dependencies.

interface Manifest {
  name: string;
  devDependencies?: unknown;
}
interface Lock {
  packages: Record<string, Manifest & { dev?: boolean }>;
}

const root = packageRoot();
const npm = process.env['npm_execpath'];
if (npm === undefined) {
  process.stderr.write('Start it with npm run sbom: it asks the npm that runs it.\n');
  process.exit(1);
}
const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(root, file), 'utf8'));
const { devDependencies: _, ...manifest } = (await read('package.json')) as Manifest;
const lock = (await read('package-lock.json')) as Lock;
const shipped = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true).map(([path, { devDependencies: __, ...entry }]) => [path, entry]);

const temporary = await mkdtemp(join(tmpdir(), 'sbom-'));
try {
  // npm calls the whole by the name of its folder.
  const folder = join(temporary, manifest.name);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: Object.fromEntries(shipped) as object }));
  const bill = execFileSync(process.execPath, [npm, 'sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'], { cwd: folder, maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] });
  const target = join(root, 'dist', 'sbom.cdx.json');
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(target, bill);
  process.stdout.write(`${target}\n`);
} finally {
  await rm(temporary, { recursive: true });
}
