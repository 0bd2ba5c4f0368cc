import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Index } from '../data/knowledge/indexing.ts';
import { indexOf } from '../data/knowledge/indexing.ts';
import type { Knowledge } from '../data/knowledge/load.ts';
import { loadKnowledge } from '../data/knowledge/load.ts';
import type { Search } from '../data/knowledge/search.ts';
import { searchIn } from '../data/knowledge/search.ts';
import { packageRoot } from './system.ts';

// The knowledge is read and indexed when the bot is built, so that it starts at once.

/** What the bot knows, and how it finds it: the same for every bot of a process. */
export interface Knowing {
  knowledge: Knowledge;
  search: Search;
}

interface Built {
  knowledge: Knowledge;
  index: Index;
}

const builtFile = (): string => join(packageRoot(), 'dist/knowledge.bin');

/** Reads and indexes the Markdown and YAML of the package. Throws naming the file that is invalid. */
export async function indexKnowledge(): Promise<Built> {
  const knowledge = await loadKnowledge(join(packageRoot(), 'data/knowledge'));
  return { knowledge, index: indexOf(knowledge) };
}

/** Puts the indexed knowledge beside the compiled code. */
export async function buildKnowledge(): Promise<void> {
  await writeFile(builtFile(), serialize(await indexKnowledge()));
}

/** What the build made of the knowledge. Throws when there was none. */
export async function readKnowing(): Promise<Knowing> {
  let bytes;
  try {
    bytes = await readFile(builtFile());
  } catch (error) {
    throw new Error(`${builtFile()} cannot be read. Run npm run build.`, { cause: error });
  }
  const { knowledge, index } = deserialize(bytes) as Built;
  return { knowledge, search: searchIn(index) };
}
