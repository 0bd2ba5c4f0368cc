import type { Ticket } from '../model/ticket.ts';

/** Those who are told what happens in a ticket, each in its own time. */
export const FOLLOWERS = ['person', 'desk', 'elsewhere'] as const;
export type FollowerName = (typeof FOLLOWERS)[number];

/** Whether a ticket has this follower. */
export function follows({ channel, isElsewhere }: Pick<Ticket, 'channel' | 'isElsewhere'>, follower: FollowerName): boolean {
  return follower === 'person' || (follower === 'desk' ? channel !== undefined : isElsewhere);
}
