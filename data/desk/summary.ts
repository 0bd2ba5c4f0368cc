import type { Rating } from '../model/rating.ts';
import type { Subject, Ticket } from '../model/ticket.ts';
import { SUBJECTS } from '../model/ticket.ts';
import { firstClaim, waiting } from './queue.ts';
import { standingOf } from './standing.ts';

/** What happened at a help desk since an instant; waits in minutes, undefined when nobody was claimed. */
export interface DeskDay {
  opened: number;
  /** Now. */
  waiting: number;
  /** Now. */
  claimed: number;
  closed: number;
  meanWait: number | undefined;
  longestWait: number | undefined;
  /** Answers of the bot that people called helpful. */
  byBot: number;
  /** Talks that people called solved, and not solved. */
  byPerson: number;
  notSolved: number;
  /** What was asked for, the most frequent first. */
  subjects: { subject: Subject; count: number }[];
  /** Entries that were given before a person was asked for, the most frequent first. */
  entries: { entry: string; count: number }[];
}

const TOP = 5;

/** Counts a help desk's day from its tickets and the ratings of its tenant. */
export function dayOf(tickets: readonly Ticket[], ratings: readonly Rating[], since: Date): DeskDay {
  const from = since.toISOString();
  const opened = tickets.filter(({ log }) => (log[0]?.at ?? '') >= from);
  const standing = tickets.map(standingOf);
  const waits = tickets.flatMap(({ log }) => firstClaim(log)).filter(({ at }) => at >= from).map(({ ms }) => Math.round(ms / 60_000));
  const rated = standing.flatMap(({ rated: one }) => (one && one.at >= from ? [one.solved] : []));
  return {
    opened: opened.length,
    waiting: waiting(tickets).length,
    claimed: standing.filter(({ state }) => state === 'claimed').length,
    closed: standing.filter(({ closed }) => closed && closed.at >= from).length,
    meanWait: waits.length === 0 ? undefined : Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length),
    longestWait: waits.length === 0 ? undefined : Math.max(...waits),
    byBot: ratings.flatMap(({ votes }) => Object.values(votes)).filter(({ helpful, at }) => helpful && at >= from).length,
    byPerson: rated.filter((solved) => solved).length,
    notSolved: rated.filter((solved) => !solved).length,
    subjects: SUBJECTS.map((subject) => ({ subject, count: opened.filter((ticket) => ticket.subject === subject).length })).filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    entries: mostFrequent(opened.flatMap(({ briefing }) => briefing.answers.map(({ entry }) => entry))),
  };
}

function mostFrequent(entries: string[]): DeskDay['entries'] {
  return [...new Set(entries)].map((entry) => ({ entry, count: entries.filter((one) => one === entry).length })).toSorted((a, b) => b.count - a.count).slice(0, TOP);
}
