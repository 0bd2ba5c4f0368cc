import { isSettled } from '../../desk/settled.ts';
import { holdersOfAdministrator } from '../../rules/rules.ts';
import type { KindName, RecordOf } from '../kinds.ts';
import { keyText } from './keyText.ts';

/** The values of each kind's derived columns, in the order of `statements.ts`. */
export const DERIVED: { [K in KindName]: (record: RecordOf<K>) => unknown[] } = {
  people: ({ mail, objectId }) => [mail, objectId ?? null],
  contracts: (record) => [record.contract.parentId ?? null, holdersOfAdministrator(record), record.requests.map(({ id }) => id)],
  tickets: (ticket) => [ticket.personId, keyText(ticket.place.conversationId), isSettled(ticket), ticket.log[0]?.at ?? null, ticket.threads.map(({ channel, thread }) => threadKey(channel, thread))],
  helpDesks: () => [],
  chats: ({ reminders = [] }) => [reminders.length > 0],
  ratings: () => [],
  gaps: () => [],
};

/** A thread of a ticket, among all the tenant's. */
export function threadKey(channel: string, thread: string): string {
  return keyText(`${channel} ${thread}`);
}
