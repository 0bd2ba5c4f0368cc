import type { Cloud } from './contract.ts';

/** What a company may set about roles; times in milliseconds. */
export interface Policy {
  /** How long after a request its administrators are reminded, in order; after the last one and as long again, the operators are told. */
  remindAfter: readonly number[];
  /** How long a request waits before it expires. */
  expireAfter: number;
  /** How many administrators have to approve the Administrator role. */
  administratorApprovals: 1 | 2;
  /** Requests that one person may send in an hour. */
  requestsPerHour: number;
  /** The cloud of the people's Entra IDs: that of the Teams the bot runs in. */
  cloud: Cloud;
}

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** What holds without settings. */
export const DEFAULT_POLICY: Policy = { remindAfter: [4 * HOUR, DAY, 3 * DAY], expireAfter: 14 * DAY, administratorApprovals: 1, requestsPerHour: 40, cloud: 'public' };

/** A role is usually visible so long after it was entered, and at the latest so long (facts 98, 99). */
export const VISIBLE_AFTER_MS = 2 * HOUR;
export const VISIBLE_AT_LATEST_MS = 10 * HOUR;
