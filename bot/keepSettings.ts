import { z } from 'zod';
import type { Retention } from '../data/model/retention.ts';
import { durationMs } from './duration.ts';

const keep = (otherwise: string) => z.string().default(otherwise).transform((one) => (one.trim().toLowerCase() === 'forever' ? Infinity : (durationMs(one) ?? NaN))).pipe(z.number({ message: `must be an ISO 8601 duration, for example ${otherwise}, or forever` }));

/** What the environment says of how long things are kept: ISO 8601 durations, or `forever`. */
export const KEEP_ENVIRONMENT = {
  /** Questions without an answer, questions of ratings, what chats remember. */
  KEEP_QUESTIONS: keep('P180D'),
  /** What was said in closed tickets. */
  KEEP_TRANSCRIPTS: keep('P90D'),
  /** Closed tickets. */
  KEEP_TICKETS: keep('P365D'),
  /** Pictures that were carried between two chats. */
  KEEP_PICTURES: keep('P30D'),
};

export function retentionOf(env: z.infer<z.ZodObject<typeof KEEP_ENVIRONMENT>>): Retention {
  return { questions: env.KEEP_QUESTIONS, transcripts: env.KEEP_TRANSCRIPTS, tickets: env.KEEP_TICKETS, pictures: env.KEEP_PICTURES };
}
