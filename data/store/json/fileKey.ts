import type { KindName } from '../kinds.ts';
import { gapKey, KINDS } from '../kinds.ts';

/** What a record's file name is made of (see `recordFile`): ids that are unique everywhere stand alone, others behind their tenant. */
const FILE_KEYS = {
  people: ({ id }: { id: string }) => id,
  contracts: ({ contract }: { contract: { tenantId: string; id: string } }) => `${contract.tenantId}/${contract.id}`,
  tickets: ({ tenantId, id }: { tenantId: string; id: string }) => `${tenantId}/${id}`,
  helpDesks: ({ tenantId }: { tenantId: string }) => tenantId,
  chats: (chat: { tenantId: string; conversationId: string }) => `${KINDS.chats.tenantOf(chat as never)}/${chat.conversationId}`,
  ratings: ({ tenantId, entryId }: { tenantId: string; entryId: string }) => `${tenantId}/${entryId}`,
  gaps: (gap: { tenantId: string } & Parameters<typeof gapKey>[0]) => `${gap.tenantId}/${gapKey(gap)}`,
} satisfies Record<KindName, (record: never) => string>;

export function fileKey<K extends KindName>(kind: K, record: Parameters<(typeof FILE_KEYS)[K]>[0]): string {
  return (FILE_KEYS[kind] as (record: Parameters<(typeof FILE_KEYS)[K]>[0]) => string)(record);
}
