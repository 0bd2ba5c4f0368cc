import { z } from 'zod';

/** The situations in which Microsoft's VL support asks for different things: a new profile (fact 57), no administrator (67), anything else (112). */
export const PacketKind = z.enum(['profile', 'noAdministrator', 'general']);
export type PacketKind = z.infer<typeof PacketKind>;
