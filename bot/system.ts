import { randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock, Ids } from '../data/ports.ts';

// What the process has from its machine; light, so that the command line starts at once.

export const systemClock: Clock = { now: () => new Date() };

/** Crockford's base 32: nothing that is read as another letter. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const readAloud = (): string => Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

export const randomIds: Ids = {
  request: () => `R-${readAloud()}`,
  ticket: () => `T-${readAloud()}`,
  uuid: randomUUID,
};

/** The folder of the package: Markdown and YAML are read from there, wherever the compiled code lies. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
