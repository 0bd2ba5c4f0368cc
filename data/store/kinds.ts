import type { z } from 'zod';
import { Chat } from '../model/chat.ts';
import { Gap } from '../model/gap.ts';
import { HelpDesk } from '../model/helpDesk.ts';
import { NO_TENANT } from '../model/ids.ts';
import { Person } from '../model/person.ts';
import { Rating } from '../model/rating.ts';
import { ContractRecord } from '../model/record.ts';
import { Ticket } from '../model/ticket.ts';
import { tidy } from '../text/typed.ts';

/** What every record has: the number of saves it has seen. */
export interface Versioned {
  version: number;
}

/** One kind of record: how it is read, whose it is, and its key among the tenant's records of that kind. */
export interface Kind<T extends Versioned> {
  schema: z.ZodType<T, z.ZodTypeDef, unknown>;
  tenantOf(record: T): string;
  keyOf(record: T): string;
}

interface RecordsByKind {
  people: Person;
  contracts: ContractRecord;
  tickets: Ticket;
  helpDesks: HelpDesk;
  chats: Chat;
  ratings: Rating;
  gaps: Gap;
}

export type KindName = keyof RecordsByKind;
export type RecordOf<K extends KindName> = RecordsByKind[K];

/** A tenant has one. */
export const HELP_DESK_KEY = 'helpDesk';

/** Everything that is stored, in the order in which it is copied: people before what names them. */
export const KINDS: { [K in KindName]: Kind<RecordOf<K>> } = {
  people: { schema: Person, tenantOf: ({ tenantId }) => tenantId, keyOf: ({ id }) => id },
  contracts: { schema: ContractRecord, tenantOf: ({ contract }) => contract.tenantId, keyOf: ({ contract }) => contract.id },
  tickets: { schema: Ticket, tenantOf: ({ tenantId }) => tenantId, keyOf: ({ id }) => id },
  helpDesks: { schema: HelpDesk, tenantOf: ({ tenantId }) => tenantId, keyOf: () => HELP_DESK_KEY },
  chats: { schema: Chat, tenantOf: ({ tenantId }) => tenantId || NO_TENANT, keyOf: ({ conversationId }) => conversationId },
  ratings: { schema: Rating, tenantOf: ({ tenantId }) => tenantId, keyOf: ({ entryId }) => entryId },
  gaps: { schema: Gap, tenantOf: ({ tenantId }) => tenantId, keyOf: gapKey },
};

/** The same question in other case, width or blanks is the same gap. */
export function gapKey({ language, question }: Pick<Gap, 'language' | 'question'>): string {
  return `${language}/${tidy(question)}`;
}
