import type { Act } from '../model/event.ts';
import type { ContractRecord } from '../model/record.ts';
import type { Decision, RoleRequest } from '../model/request.ts';
import { canonical } from '../operations/canonical.ts';
import { appendEvent, eraseWords, wordsOf } from '../operations/chain.ts';
import { isParty } from '../rules/rules.ts';
import type { Cleaner } from './clean.ts';
import { ERASED } from './pseudonym.ts';
import type { Traces } from './traces.ts';

/**
 * A contract without somebody: the words of the person's own requests and of what was decided about them, and those the person
 * decided others with, go; elsewhere the person may be named. Ids, roles and states stay: they say who did what under a
 * pseudonym. That it was done stands at the end of the history. The very record where there was nothing to erase.
 */
export function erasedContract(record: ContractRecord, traces: Traces, cleaner: Cleaner, at: string): ContractRecord {
  const { person } = traces;
  const own = new Set(record.requests.filter((request) => person && isParty(person.id, request)).map(({ id }) => id));
  const { events, rehashedFrom } = eraseWords(record.events, (act) => erasedAct(act, traces, cleaner, own));
  const next = cleaner.record({ ...record, ...erasedReconciliation(record, traces), contract: erasedContacts(record.contract, traces), requests: record.requests.map((request) => erasedRequest(request, traces, own.has(request.id))), events });
  if (canonical(next) === canonical(record)) return record;
  const act: Act = { kind: 'erased', at, ...(person ? { forId: person.id } : {}), ...(rehashedFrom === undefined ? {} : { rehashedFrom }) };
  return { ...next, events: appendEvent(events, act) };
}

function erasedContacts({ primaryContact, noticesContact, ...rest }: ContractRecord['contract'], { mails }: Traces): ContractRecord['contract'] {
  return {
    ...rest,
    ...(primaryContact === undefined || mails.includes(primaryContact) ? {} : { primaryContact }),
    ...(noticesContact === undefined || mails.includes(noticesContact) ? {} : { noticesContact }),
  };
}

function erasedReconciliation({ reconciliation }: ContractRecord, { mails }: Traces): Pick<ContractRecord, 'reconciliation'> {
  return reconciliation === undefined ? {} : { reconciliation: { ...reconciliation, differences: reconciliation.differences.filter(({ mail }) => !mails.includes(mail)) } };
}

function erasedRequest(request: RoleRequest, { person }: Traces, isOwn: boolean): RoleRequest {
  const { ticket, decision, firstApproval, ...rest } = request;
  const decided = (one: Decision): Decision => (one.comment !== '' && (isOwn || one.by === person?.id) ? { ...one, comment: ERASED } : one);
  return {
    ...rest,
    reason: isOwn ? ERASED : rest.reason,
    ...(ticket === undefined || isOwn ? {} : { ticket }),
    ...(decision === undefined ? {} : { decision: decided(decision) }),
    ...(firstApproval === undefined ? {} : { firstApproval: decided(firstApproval) }),
    // Where the person's own copies stand is the person's own chat.
    notices: rest.notices.map((notice) => {
      const { place, ...without } = notice;
      return place !== undefined && notice.personId === person?.id ? without : notice;
    }),
  };
}

function erasedAct(act: Act, { person }: Traces, cleaner: Cleaner, own: ReadonlySet<string>): Act {
  const isTheirs = person !== undefined && (act.by === person.id || ('forId' in act && act.forId === person.id) || ('requestId' in act && own.has(act.requestId)));
  const words = Object.entries(wordsOf(act)).map(([field, words]) => [field, act.kind !== 'imported' && isTheirs && words !== '' ? ERASED : cleaner.text(words, act.kind !== 'imported')]);
  return { ...act, ...Object.fromEntries(words) } as Act;
}
