/** When a help desk is there; Japanese public holidays count where the time zone is Japan's. */
export interface Hours {
  /** On a clock of `timeZone`: `09:00`. */
  open: string;
  close: string;
  /** 0 is Sunday. */
  days: number[];
  /** IANA name. */
  timeZone: string;
  closesOnHolidays: boolean;
}

/** What a company may set about its help desk; times in milliseconds. */
export interface DeskPolicy {
  /** Nobody has claimed a ticket for so long: a reminder, and as long again later the next channel. */
  claimWithin: number;
  /** A claimed ticket waits so long for the helper: back to the queue. */
  answerWithin: number;
  /** The person is silent for so long: the ticket closes by itself. */
  personWithin: number;
  /** Undefined: always there. */
  hours: Hours | undefined;
}

const MINUTE = 60_000;

/** What holds without settings. */
export const DEFAULT_DESK_POLICY: DeskPolicy = { claimWithin: 15 * MINUTE, answerWithin: 10 * MINUTE, personWithin: 24 * 60 * MINUTE, hours: undefined };
