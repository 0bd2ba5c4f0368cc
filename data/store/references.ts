import type { Helper, Ticket } from '../model/ticket.ts';
import type { ContractRecord } from '../model/record.ts';
import type { KindName, RecordOf } from './kinds.ts';

/** The ids of all people that a record of each kind names. */
const PEOPLE_IN: { [K in KindName]: (record: RecordOf<K>) => (string | undefined)[] } = {
  people: ({ away }) => [away?.deputyId],
  contracts: inContract,
  tickets: inTicket,
  helpDesks: ({ channels }) => channels.map(({ by }) => by),
  chats: () => [],
  ratings: ({ votes }) => Object.keys(votes),
  gaps: () => [],
};

/** The ids of the people that a record names, each once. */
export function peopleIn<K extends KindName>(kind: K, record: RecordOf<K>): string[] {
  return [...new Set(PEOPLE_IN[kind](record))].filter((id) => id !== undefined);
}

function inContract({ assignments, requests, events, leftovers, reconciliation }: ContractRecord): (string | undefined)[] {
  return [
    ...assignments.flatMap(({ personId, givenBy, appliedBy }) => [personId, givenBy, appliedBy]),
    ...leftovers.map(({ personId }) => personId),
    ...requests.flatMap(({ requesterId, beneficiaryId, decision, firstApproval, notices }) => [requesterId, beneficiaryId, decision?.by, firstApproval?.by, ...notices.map(({ personId }) => personId)]),
    ...events.flatMap(({ act }) => [act.by, 'forId' in act ? act.forId : undefined]),
    reconciliation?.by,
  ];
}

function inTicket({ personId, log }: Ticket): (string | undefined)[] {
  return [personId, ...log.flatMap((event) => [...('by' in event && typeof event.by === 'object' ? [event.by] : []), ...(event.kind === 'claimed' && event.to ? [event.to] : [])].map(({ id }: Helper) => id))];
}
