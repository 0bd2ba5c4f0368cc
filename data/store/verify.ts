import { brokenLink } from '../operations/chain.ts';
import { READ_ORDER } from './entries.ts';
import type { KindName, RecordOf } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type { StoreReading } from './reading.ts';
import { peopleIn } from './references.ts';

/** What is wrong, and where: the file or the row. */
export interface Finding {
  at: string;
  reason: string;
}

/** What a verification went through. */
export interface Verified {
  records: number;
  pictures: number;
  events: number;
  findings: number;
}

/** Who is named, and where first; who is there. */
interface People {
  named: Map<string, string>;
  known: Set<string>;
}

/**
 * Goes through everything that is stored: whether each record is one, is the one that was saved (its digest) and stands in its
 * place, whether each history holds, whether everybody who is named is there, and what lies there besides. Each finding is told.
 */
export async function verifyStore(reading: StoreReading, tell: (finding: Finding) => void): Promise<Verified> {
  const verified: Verified = { records: 0, pictures: 0, events: 0, findings: 0 };
  const report = (at: string, reasons: readonly string[]): void => {
    verified.findings += reasons.length;
    for (const reason of reasons) tell({ at, reason });
  };
  const people: People = { named: new Map(), known: new Set() };
  const verifyKind = async (kind: KindName): Promise<void> => {
    for await (const { at, record, problems } of reading.of(kind)) {
      verified.records += 1;
      report(at, problems);
      if (!record) continue;
      note(people, kind, record, at);
      if (!isContract(kind, record)) continue;
      verified.events += record.events.length;
      report(at, [brokenLink(record.events)].filter((broken) => broken !== undefined));
    }
  };
  for (const kind of READ_ORDER) await verifyKind(kind);
  for (const [person, at] of people.named) if (!people.known.has(person)) report(at, [`it names ${person}, who is not there`]);
  for await (const { at, problems } of reading.pictures()) {
    verified.pictures += 1;
    report(at, problems);
  }
  for await (const { at, reason } of reading.strays()) report(at, [reason]);
  return verified;
}

function note({ named, known }: People, kind: KindName, record: RecordOf<KindName>, at: string): void {
  const tenantId = KINDS[kind].tenantOf(record as never);
  const person = (id: string): string => `person ${id} of tenant ${tenantId}`;
  for (const id of peopleIn(kind, record as never)) if (!named.has(person(id))) named.set(person(id), at);
  if (kind === 'people') known.add(person(KINDS[kind].keyOf(record as never)));
}

function isContract(kind: KindName, _record: RecordOf<KindName>): _record is RecordOf<'contracts'> {
  return kind === 'contracts';
}
