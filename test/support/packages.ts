import { constants, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the production dependencies that the lock file names, outermost only. */
export function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean; optional?: boolean }> };
  const kept = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev).map(([path]) => path);
  return kept.filter((path) => !kept.includes(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')))) && (packages[path]?.optional !== true || existsSync(path)));
}

/** A folder again elsewhere, by links to its files where the disk allows: tens of thousands, of which some are removed and none is changed. */
export function layOut(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) layOut(from, to);
    else if (entry.isFile()) linkOrCopy(from, to);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}
