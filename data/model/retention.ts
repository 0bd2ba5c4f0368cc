/** How long things are kept, in milliseconds; Infinity: for ever. */
export interface Retention {
  /** Questions without an answer, questions of ratings, and what chats remember of what was said. */
  questions: number;
  /** What was said in a closed ticket, from when it was closed. */
  transcripts: number;
  /** Closed tickets, from when they were closed. */
  tickets: number;
  /** Pictures that were carried between two chats. */
  pictures: number;
}

const DAY = 24 * 60 * 60_000;

/** What holds without settings. */
export const DEFAULT_RETENTION: Retention = { questions: 180 * DAY, transcripts: 90 * DAY, tickets: 365 * DAY, pictures: 30 * DAY };
