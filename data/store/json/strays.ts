import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KINDS } from '../kinds.ts';
import type { Stray } from '../reading.ts';
import { JOURNAL } from './collection.ts';
import type { JournalFault } from './journal.ts';
import { readJournal } from './journal.ts';
import { namesIn } from './names.ts';
import { PICTURES } from './pictures.ts';

/** The folders of a store, and which of the names in each are its own. */
const OWN: readonly [string, (name: string) => boolean][] = [
  ...Object.keys(KINDS).map((kind): [string, (name: string) => boolean] => [kind, (name) => name.endsWith('.json')]),
  [PICTURES, (name) => !name.includes('.')],
  [JOURNAL, (name) => /^\d+\.log$/.test(name)],
];
/** A write takes no longer; what is older was left by a process that was killed. */
const WRITING_MS = 60_000;

/** What lies in the folders of a store and is none of it, and what of its journal cannot be read. */
export async function* straysIn(folder: string): AsyncGenerator<Stray> {
  for (const [part, isOwn] of OWN) {
    for (const name of await namesIn(join(folder, part))) {
      const at = join(folder, part, name);
      if (isOwn(name)) continue;
      if (name.includes('.damaged-')) yield { at, reason: 'it was set aside as damaged; repair it and give it its name back, or delete it', isLoss: true };
      else if (!/\.\d+$/.test(name)) yield { at, reason: 'it is no file of the store', isLoss: false };
      else if (await isLeft(at)) yield { at, reason: 'it was left half-written by a process that was killed; nothing needs it', isLoss: false };
    }
  }
  const faults: [at: string, fault: JournalFault][] = [];
  await readJournal(join(folder, JOURNAL), (at, fault) => faults.push([at, fault]));
  for (const [at, fault] of faults) {
    if (fault === 'line') yield { at, reason: 'a line of it is damaged; what was saved with it may be lost', isLoss: true };
    else if (await isLeft(at)) yield { at, reason: 'its end is cut; if a kill did it, nobody was told that this was saved', isLoss: false };
  }
}

/** A file that is written aside is there for a moment only, and so is a line that is not all there yet. */
async function isLeft(path: string): Promise<boolean> {
  const written = await stat(path).catch(() => undefined);
  return written !== undefined && Date.now() - written.mtimeMs >= WRITING_MS;
}
