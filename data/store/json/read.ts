import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfBytes } from '../digest.ts';
import { examine } from '../examine.ts';
import type { KindName } from '../kinds.ts';
import { KINDS } from '../kinds.ts';
import type { Found, FoundPicture, Stray, StoreReading } from '../reading.ts';
import { JOURNAL } from './collection.ts';
import { isMissing } from './errors.ts';
import { fileKey } from './fileKey.ts';
import { fileName } from './fileName.ts';
import type { Entry } from './journal.ts';
import { readJournal } from './journal.ts';
import { pictureFileName } from './pictures.ts';
import { unpacked } from './pictureFile.ts';

const PICTURES = 'pictures';
/** The kind with which damage of the journal is told, so that it is told once. */
const FIRST: KindName = 'people';
/** A write takes no longer; what is older was left by a process that was killed. */
const WRITING_MS = 60_000;

/**
 * The embedded store in `folder`, read without its lock. A file is replaced by renaming, so whoever opens one has the old or the
 * new record, whole. A folder is listed until nothing new comes: what was there when its reading ended was read.
 */
export function readJsonStore(folder: string): StoreReading {
  return {
    of: async function* <K extends KindName>(kind: K) {
      const damaged: string[] = [];
      // Before the files: what leaves the journal meanwhile is in its file by then.
      const entries = await readJournal(join(folder, JOURNAL), (file) => damaged.push(file));
      const lately = new Map(entries.filter((entry) => entry.kind === kind).map((entry) => [fileName(entry.key), entry]));
      for await (const name of namesIn(join(folder, kind))) {
        const filed = name.endsWith('.json') ? await readRecord(kind, join(folder, kind, name), name) : undefined;
        const saved = lately.get(name);
        lately.delete(name);
        const found = saved ? newer(kind, saved, filed) : filed;
        if (found) yield found;
      }
      for (const saved of lately.values()) {
        const found = newer(kind, saved, undefined);
        if (found) yield found;
      }
      if (kind === FIRST) for (const at of damaged) yield { at, record: undefined, problems: ['a line of it is damaged'] };
    },
    pictures: async function* () {
      for await (const name of namesIn(join(folder, PICTURES))) {
        const found = name.includes('.') ? undefined : await readPicture(join(folder, PICTURES, name), name);
        if (found) yield found;
      }
    },
    strays: async function* () {
      for (const kind of [...Object.keys(KINDS), PICTURES]) {
        for await (const name of namesIn(join(folder, kind))) {
          const reason = (kind === PICTURES ? !name.includes('.') : name.endsWith('.json')) ? undefined : await strayReason(join(folder, kind, name));
          if (reason !== undefined) yield { at: join(folder, kind, name), reason } satisfies Stray;
        }
      }
    },
    close: async () => undefined,
  };
}

/** What was saved last; its own file may have something newer by now. Undefined: it was removed. */
function newer<K extends KindName>(kind: K, { key, record: saved }: Entry, filed: Found<K> | undefined): Found<K> | undefined {
  if (saved === null) return undefined;
  const found = { at: `${JOURNAL}: ${key}`, ...examine(kind, saved as Record<string, unknown>, undefined) };
  return filed?.record && found.record && filed.record.version > found.record.version ? filed : found;
}

/** A folder that is not there holds nothing. */
async function* namesIn(folder: string): AsyncGenerator<string> {
  const seen = new Set<string>();
  for (;;) {
    const fresh = (await readdir(folder).catch(orMissing))?.filter((name) => !seen.has(name)) ?? [];
    if (fresh.length === 0) return;
    for (const name of fresh) {
      seen.add(name);
      yield name;
    }
  }
}

async function readRecord<K extends KindName>(kind: K, at: string, name: string): Promise<Found<K> | undefined> {
  try {
    // What is no object has none of a record's fields.
    const { digest, ...stored } = Object(JSON.parse(await readFile(at, 'utf8'))) as Record<string, unknown>;
    const { record, problems } = examine(kind, stored, digest);
    const isElsewhere = record !== undefined && fileName(fileKey(kind, record as never)) !== name;
    return { at, record, problems: isElsewhere ? [...problems, 'its content belongs under another file name'] : problems };
  } catch (error) {
    // Removed since it was listed.
    return isMissing(error) ? undefined : { at, record: undefined, problems: [whyUnreadable(error)] };
  }
}

async function readPicture(at: string, name: string): Promise<FoundPicture | undefined> {
  try {
    const { bytes, imprint } = unpacked(await readFile(at));
    const keptAt = (await stat(at)).mtime.toISOString();
    if (!imprint) return { at, tenantId: '', name: '', keptAt, bytes, problems: ['it is cut, or was kept before pictures had digests'] };
    const problems = [
      ...(imprint.digest === digestOfBytes(bytes) ? [] : ['its digest is that of another picture']),
      ...(pictureFileName(imprint.tenantId, imprint.name) === name ? [] : ['its content belongs under another file name']),
    ];
    return { at, tenantId: imprint.tenantId, name: imprint.name, keptAt, bytes, problems };
  } catch (error) {
    return isMissing(error) ? undefined : { at, tenantId: '', name: '', keptAt: '', bytes: new Uint8Array(), problems: [whyUnreadable(error)] };
  }
}

function whyUnreadable(error: unknown): string {
  return error instanceof SyntaxError ? 'it is not JSON' : `it cannot be read (${(error as NodeJS.ErrnoException).code})`;
}

/** Why a file is none of the store's; undefined while it may be one that is being written. */
async function strayReason(path: string): Promise<string | undefined> {
  if (path.includes('.damaged-')) return 'it was set aside as damaged; repair it and give it its name back, or delete it';
  if (!/\.\d+$/.test(path)) return 'it is no file of the store';
  const written = await stat(path).catch(orMissing);
  return written === undefined || Date.now() - written.mtimeMs < WRITING_MS ? undefined : 'it was left half-written by a process that was killed; nothing needs it';
}

function orMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
