import type { Person } from '../../../data/model/person.ts';
import type { Rating } from '../../../data/model/rating.ts';
import type { ContractRecord } from '../../../data/model/record.ts';
import type { KindName, RecordOf, Versioned } from '../../../data/store/kinds.ts';
import { KINDS } from '../../../data/store/kinds.ts';
import type { Records } from '../../../data/store/store.ts';
import type { Who } from '../people.ts';
import { OTHERS, VICTIM } from './world.ts';

/** Every record there is, by where it is kept. */
export type Standing = Map<string, { kind: KindName; record: Versioned }>;

const NAMES = Object.keys(KINDS) as KindName[];

export async function standingOf(records: Records): Promise<Standing> {
  const standing: Standing = new Map();
  for (const tenantId of await records.tenants()) for (const kind of NAMES) await collect(standing, records, kind, tenantId);
  return standing;
}

async function collect(standing: Standing, records: Records, kind: KindName, tenantId: string): Promise<void> {
  for await (const record of records.of(kind, tenantId)) standing.set(`${kind} ${tenantId} ${KINDS[kind].keyOf(record as never)}`, { kind, record });
}

/** What changed by activities of `senders`: the kinds that may, and in a sentence each what may not. */
export function changes(before: Standing, after: Standing, senders: readonly Who[]): { allowed: KindName[]; forbidden: string[] } {
  const own = new Set([...after.values()].flatMap(({ kind, record }) => (kind === 'people' && senders.some(({ objectId }) => objectId === (record as Person).objectId) ? [(record as Person).id] : [])));
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key)?.record.version !== after.get(key)?.record.version);
  const judged = changed.map((key) => {
    const kind = (after.get(key) ?? before.get(key))!.kind;
    const against = key.split(' ')[1] === VICTIM ? 'of a company that no sender is of' : MAY[kind](before.get(key)?.record as never, after.get(key)?.record as never, own);
    return { kind, against: against === undefined ? undefined : `${key}: ${against}` };
  });
  return { allowed: judged.flatMap(({ kind, against }) => (against === undefined ? [kind] : [])), forbidden: judged.flatMap(({ against }) => against ?? []) };
}

type Own = ReadonlySet<string>;
type Against<K extends KindName> = (before: RecordOf<K> | undefined, after: RecordOf<K> | undefined, own: Own) => string | undefined;

const OWN_CHATS: ReadonlySet<string> = new Set(OTHERS.map(({ id }) => `a:${id}`));
const OWN_ACTS: ReadonlySet<string> = new Set(['requested', 'corrected', 'withdrawn']);
const HELPERS_ACTS: ReadonlySet<string> = new Set(['replied', 'answered', 'noted', 'claimed', 'released', 'moved']);

/** Why a change is nobody's who has no right; undefined: it may be. */
const MAY: { [K in KindName]: Against<K> } = {
  contracts: (before, after, own) => {
    if (!before || !after) return 'a contract came or went';
    if (othersPart(before, own) !== othersPart(after, own)) return 'roles, decisions or requests of others changed';
    if (after.requests.some(({ requesterId, state, decision, firstApproval }) => own.has(requesterId) && (decision || firstApproval || !['pending', 'withdrawn'].includes(state)))) return 'the own request was decided';
    return undefined;
  },
  // Whoever is named in a request becomes known by the mail, and nothing else.
  people: (before, after, own) => {
    if (!after) return 'somebody is gone';
    if (own.has(after.id)) return undefined;
    return !before && after.objectId === undefined ? undefined : `somebody else changed (${after.mail})`;
  },
  tickets: (before, after, own) => {
    if (!after || !own.has(after.personId)) return 'somebody else’s talk changed';
    if (before && before.personId !== after.personId) return 'it changed hands';
    return after.log.some(({ kind }, n) => n >= (before?.log.length ?? 0) && HELPERS_ACTS.has(kind)) ? 'a helper’s act' : undefined;
  },
  helpDesks: () => 'the help desk changed',
  chats: (before, after) => (OWN_CHATS.has((after ?? before)?.conversationId ?? '') ? 'somebody else’s chat changed' : undefined),
  ratings: (before, after, own) => (after && othersVotes(before, own) === othersVotes(after, own) ? undefined : 'somebody else’s vote changed'),
  gaps: (before, after) => (after && after.times > (before?.times ?? 0) ? undefined : 'a question was not counted but changed'),
};

/** What of a contract is not the sender's to change. What was sent to whom is not part of it. */
function othersPart({ contract, assignments, requests, events, leftovers, reconciliation, inherited }: ContractRecord, own: Own): string {
  const acts = events.map(({ act }) => act).filter((act) => !(act.by !== undefined && own.has(act.by) && OWN_ACTS.has(act.kind)));
  return JSON.stringify({ contract, assignments, leftovers, reconciliation, inherited, acts, requests: requests.filter(({ requesterId }) => !own.has(requesterId)).map(({ notices: _sent, ...request }) => request) });
}

function othersVotes(rating: Rating | undefined, own: Own): string {
  return JSON.stringify(Object.entries(rating?.votes ?? {}).filter(([id]) => !own.has(id)));
}

