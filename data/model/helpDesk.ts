import { z } from 'zod';
import { Instant, PersonId, TenantId } from './ids.ts';
import { Language } from './language.ts';
import { Subject } from './ticket.ts';

/** A channel of a team that is a help desk. `conversation`: the conversation reference of the channel itself, not of one of its threads. */
export const DeskChannel = z.object({
  /** Conversation id of the channel. */
  id: z.string().min(1),
  conversation: z.record(z.unknown()),
  /** The team, whose members may act; without it the channel's own members are asked for. */
  teamId: z.string().optional(),
  /** As Teams calls the channel; may be empty. */
  name: z.string().max(300).default(''),
  /** What is posted there is in the language of whoever connected it. */
  language: Language,
  /** Only for this subject, or for people who speak this language; absent: for everything. */
  only: z.union([Subject, Language]).optional(),
  /** Absent: by setting. */
  by: PersonId.optional(),
  at: Instant,
});
export type DeskChannel = z.infer<typeof DeskChannel>;

/** The help desk of a tenant: its channels, in the order in which they were connected. */
export const HelpDesk = z.preprocess(fromOneChannel, z.object({
  version: z.number().int().nonnegative(),
  tenantId: TenantId,
  channels: z.array(DeskChannel).max(50).default([]),
}));
export type HelpDesk = z.infer<typeof HelpDesk>;

/** A record of the time when a help desk was one channel. */
function fromOneChannel(record: unknown): unknown {
  const { conversation, language, by, at, channels, ...rest } = (record ?? {}) as Record<string, unknown>;
  const id = (conversation as { conversation?: { id?: unknown } } | undefined)?.conversation?.id;
  return channels === undefined && typeof id === 'string' ? { ...rest, channels: [{ id: id.split(';messageid=')[0], conversation, language, by, at }] } : record;
}
