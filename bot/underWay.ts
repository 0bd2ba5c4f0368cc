import { AsyncLocalStorage } from 'node:async_hooks';

/** A turn from its activity's coming in until its answer is out. */
export interface UnderWay {
  /** Stands in every line of its log, and in what the person is told when something fails. */
  reference: string;
  /** When the activity came in (`performance.now()`). */
  began: number;
}

const turns = new AsyncLocalStorage<UnderWay>();

/** Runs `work`, and what it begins in the background, as part of this turn. */
export function asPartOf<T>(turn: UnderWay, work: () => T): T {
  return turns.run(turn, work);
}

/** Runs `work` as part of no turn: what a connection tells belongs to all of them, whichever made it. */
export function asPartOfNone<T>(work: () => T): T {
  return turns.exit(work);
}

/** The turn that is under way here, if one is. */
export function turnUnderWay(): UnderWay | undefined {
  return turns.getStore();
}

/** The turn that is under way here. Throws where none is. */
export function turnHere(): UnderWay {
  const turn = turns.getStore();
  if (!turn) throw new Error('no turn is under way here');
  return turn;
}
