import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfBytes } from '../digest.ts';
import { examine } from '../examine.ts';
import type { KindName, RecordOf } from '../kinds.ts';
import type { Found, FoundPicture, StoreReading } from '../reading.ts';
import { JOURNAL } from './collection.ts';
import { isMissing } from './errors.ts';
import { fileKey } from './fileKey.ts';
import { fileName } from './fileName.ts';
import { readJournal } from './journal.ts';
import { namesIn } from './names.ts';
import { unpacked } from './pictureFile.ts';
import { PICTURES, pictureFileName } from './pictures.ts';
import { formerKey, isFormerFile, recordFile, TWICE } from './recordFile.ts';
import { straysIn } from './strays.ts';

/**
 * The embedded store in `folder`, read without its lock. The journal is read before the files: what leaves it meanwhile is in its
 * file by then, and a file is replaced by renaming, so each record is the old or the new one, whole, and whatever was saved
 * before the reading of its kind began is read.
 */
export function readJsonStore(folder: string): StoreReading {
  return {
    of: async function* <K extends KindName>(kind: K) {
      const lately = await latelyIn(folder, kind);
      const files = new Set((await namesIn(join(folder, kind))).filter((one) => one.endsWith('.json')));
      for (const name of new Set([...lately.keys(), ...files])) {
        const found = lately.get(name) === null ? undefined : await readRecord(kind, join(folder, kind, name), name, lately.get(name));
        if (!found) continue;
        if (!found.record) yield found;
        else yield* ofToday(kind, { ...found, record: found.record }, name, { files, lately });
      }
    },
    pictures: async function* () {
      for (const name of await namesIn(join(folder, PICTURES))) {
        const found = name.includes('.') ? undefined : await readPicture(join(folder, PICTURES, name), name);
        if (found) yield found;
      }
    },
    strays: () => straysIn(folder),
    close: async () => undefined,
  };
}

/** What the journal has of a kind, by the name of its file; null: it was removed. */
async function latelyIn(folder: string, kind: KindName): Promise<Map<string, unknown>> {
  const entries = await readJournal(join(folder, JOURNAL), () => undefined);
  const byKey = new Map(entries.filter((entry) => entry.kind === kind).map(({ key, record }) => [key, record]));
  // An earlier version had other keys, and other names of files.
  return new Map([...byKey].flatMap(([key, record]): [string, unknown][] => (record === null ? [recordFile(kind, key), fileName(key)].map((name) => [name, null]) : [[recordFile(kind, fileKey(kind, record as never)), record]])));
}

/** A file of an earlier version: the journal may have something newer of its record, or have removed it, under the name of today. */
function* ofToday<K extends KindName>(kind: K, found: Found<K> & { record: RecordOf<K> }, name: string, { files, lately }: { files: ReadonlySet<string>; lately: ReadonlyMap<string, unknown> }): Generator<Found<K>> {
  const own = recordFile(kind, fileKey(kind, found.record as never));
  const isFormer = own !== name && isFormerFile(kind, found.record, name);
  const isRemoved = !lately.has(own) && lately.get(fileName(formerKey(kind, found.record))) === null;
  if (isRemoved || (isFormer && lately.has(own))) return;
  yield isFormer && files.has(own) ? { ...found, record: undefined, problems: [...found.problems, TWICE] } : found;
}

/** `lately`: what the journal has of it. */
async function readRecord<K extends KindName>(kind: K, at: string, name: string, lately: unknown): Promise<Found<K> | undefined> {
  const saved = lately === undefined ? undefined : foundIn(kind, at, name, lately);
  try {
    const filed = foundIn(kind, at, name, JSON.parse(await readFile(at, 'utf8')));
    const isNewer = saved?.record !== undefined && (filed.record === undefined || saved.record.version >= filed.record.version);
    return { at, record: isNewer ? saved.record : filed.record, problems: [...filed.problems, ...(saved?.problems ?? [])] };
  } catch (error) {
    // Not in a file yet, or removed since it was listed.
    if (isMissing(error)) return saved;
    return { at, record: saved?.record, problems: [whyUnreadable(error), ...(saved?.problems ?? [])] };
  }
}

function foundIn<K extends KindName>(kind: K, at: string, name: string, content: unknown): Found<K> {
  // What is no object has none of a record's fields.
  const { digest, ...stored } = Object(content) as Record<string, unknown>;
  const { record, problems } = examine(kind, stored, digest);
  const isElsewhere = record !== undefined && recordFile(kind, fileKey(kind, record as never)) !== name && !isFormerFile(kind, record, name);
  return { at, record, problems: isElsewhere ? [...problems, 'its content belongs under another file name'] : problems };
}

async function readPicture(at: string, name: string): Promise<FoundPicture | undefined> {
  try {
    const { bytes, imprint } = unpacked(await readFile(at));
    const keptAt = (await stat(at)).mtime.toISOString();
    if (!imprint) return { at, tenantId: '', name: '', keptAt, bytes, isWhole: false, problems: ['it is cut, or was kept before pictures had digests'] };
    const problems = [
      ...(imprint.digest === digestOfBytes(bytes) ? [] : ['its digest is that of another picture']),
      ...(pictureFileName(imprint.tenantId, imprint.name) === name ? [] : ['its content belongs under another file name']),
    ];
    return { at, tenantId: imprint.tenantId, name: imprint.name, keptAt, bytes, isWhole: problems.length === 0, problems };
  } catch (error) {
    return isMissing(error) ? undefined : { at, tenantId: '', name: '', keptAt: '', bytes: new Uint8Array(), isWhole: false, problems: [whyUnreadable(error)] };
  }
}

function whyUnreadable(error: unknown): string {
  return error instanceof SyntaxError ? 'it is not JSON' : `it cannot be read (${(error as NodeJS.ErrnoException).code})`;
}
