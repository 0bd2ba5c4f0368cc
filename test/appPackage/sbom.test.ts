import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Locked {
  name?: string;
  version: string;
  dev?: boolean;
  integrity?: string;
}
interface Bill {
  bomFormat: string;
  components: { name: string; version: string; purl: string; hashes?: { alg: string; content: string }[] }[];
}

test('the bill of materials: every production dependency of the lock file with its hash, and nothing else', () => {
  // Not npm run sbom, which compiles: other tests run what is compiled meanwhile.
  execFileSync('npm', ['exec', '--call', 'node dist/bot/sbom.js'], { stdio: 'pipe' });
  const { bomFormat, components } = JSON.parse(readFileSync('dist/sbom.cdx.json', 'utf8')) as Bill;
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const locked = shipped.map(([path, { name, version, integrity = '' }]) => `${name ?? path.slice(path.lastIndexOf('node_modules/') + 13)}@${version} ${Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex')}`);
  expect(locked.length).toBeGreaterThan(100);
  expect(bomFormat).toBe('CycloneDX');
  expect(components.map(({ name, version, hashes }) => `${name}@${version} ${hashes?.find(({ alg }) => alg === 'SHA-512')?.content ?? ''}`).toSorted()).toEqual([...new Set(locked)].toSorted());
  expect(components.filter(({ purl }) => !purl.startsWith('pkg:npm/'))).toEqual([]);
});
