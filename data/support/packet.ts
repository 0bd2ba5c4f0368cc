import type { PacketKind } from '../model/packet.ts';

/** What Microsoft's VL support asks for, by situation (facts 57, 67, 112). */
export const PACKET_ITEMS = {
  profile: ['earlierId', 'signInId', 'contractId', 'businessMail'],
  noAdministrator: ['contractId', 'businessMail', 'signInId'],
  general: ['contractId', 'problem', 'phone'],
} as const satisfies Record<PacketKind, readonly string[]>;

export type PacketItem = (typeof PACKET_ITEMS)[PacketKind][number];

/** The items of a situation in the order they are asked for, each with what is known of it; a phone number only if there is one, because an answer may come by mail too (fact 111). */
export function packetOf(kind: PacketKind, known: Readonly<Record<string, string | undefined>>): { item: PacketItem; value: string | undefined }[] {
  return PACKET_ITEMS[kind].map((item) => ({ item, value: known[item] })).filter(({ item, value }) => item !== 'phone' || value !== undefined);
}
