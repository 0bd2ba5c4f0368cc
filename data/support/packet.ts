import type { PacketKind } from '../model/packet.ts';

/** What Microsoft's VL support asks for, by situation (facts 57, 67, 112). */
export const PACKET_ITEMS = {
  profile: ['earlierId', 'newId', 'contractId', 'businessMail'],
  noAdministrator: ['contractId', 'businessMail', 'signInId'],
  general: ['contractId', 'problem', 'signInId', 'businessMail', 'phone'],
} as const satisfies Record<PacketKind, readonly string[]>;

export type PacketItem = (typeof PACKET_ITEMS)[PacketKind][number];

/** What helps when it is known, and is not asked for when it is not: an answer may come by mail too (fact 111). */
const OPTIONAL: Record<PacketKind, readonly PacketItem[]> = { profile: [], noAdministrator: [], general: ['signInId', 'businessMail', 'phone'] };

/** The items of a situation in the order they are asked for, each with what is known of it. */
export function packetOf(kind: PacketKind, known: Readonly<Record<string, string | undefined>>): { item: PacketItem; value: string | undefined }[] {
  return PACKET_ITEMS[kind].map((item) => ({ item, value: known[item] })).filter(({ item, value }) => value !== undefined || !OPTIONAL[kind].includes(item));
}
