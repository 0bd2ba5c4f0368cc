import { z } from 'zod';
import type { Asker } from '../data/knowledge/cases.ts';
import type { Guide, Step } from './guide.ts';

/** Where a person is in a guide. `rev` grows with every move, so that a button of an older card is known as such. */
export const GuideState = z.object({
  guide: z.string(),
  run: z.string(),
  rev: z.number().int(),
  step: z.string(),
  /** The steps that led here, the first one first. */
  path: z.array(z.string()),
  /** What was chosen, step by step. */
  answers: z.record(z.string()),
});
export type GuideState = z.infer<typeof GuideState>;

export type GuideSaid =
  | { move: 'next' }
  | { move: 'back' }
  | { move: 'cancel' }
  | { move: 'restart' }
  | { move: 'choose'; option: string };

export type GuideMove =
  | { kind: 'moved'; state: GuideState }
  /** What was said does not fit this step; nothing changed. */
  | { kind: 'stayed'; why: 'notUnderstood' | 'noBack'; state: GuideState }
  | { kind: 'cancelled' };

export function startGuide(guide: Guide, run: string): GuideState {
  return { guide: guide.id, run, rev: 0, step: guide.start, path: [], answers: {} };
}

/** The one rule of every guide: where a person is, and what was said, give where the person is next. */
export function next(guide: Guide, state: GuideState, said: GuideSaid): GuideMove {
  switch (said.move) {
    case 'cancel':
      return { kind: 'cancelled' };
    case 'restart':
      return { kind: 'moved', state: { ...startGuide(guide, state.run), rev: state.rev + 1 } };
    case 'back': {
      const before = state.path.at(-1);
      if (before === undefined) return { kind: 'stayed', why: 'noBack', state };
      const { [before]: _forgotten, ...answers } = state.answers;
      return { kind: 'moved', state: { ...state, rev: state.rev + 1, step: before, path: state.path.slice(0, -1), answers } };
    }
    case 'next': {
      const step = stepOf(guide, state);
      return step.kind === 'say' ? go(state, step.goto) : { kind: 'stayed', why: 'notUnderstood', state };
    }
    case 'choose': {
      const step = stepOf(guide, state);
      const option = step.kind === 'choose' ? step.options.find((o) => o.id === said.option) : undefined;
      return option ? go({ ...state, answers: { ...state.answers, [state.step]: option.id } }, option.goto) : { kind: 'stayed', why: 'notUnderstood', state };
    }
  }
}

export function stepOf(guide: Guide, state: GuideState): Step {
  const step = guide.steps[state.step];
  if (!step) throw new Error(`guide ${guide.id} has no step ${state.step}`);
  return step;
}

/** What the choices so far tell of the person's case. */
export function learnt(guide: Guide, state: GuideState): Asker {
  const chosen = Object.entries(state.answers).map(([id, answer]) => {
    const step = guide.steps[id];
    return step?.kind === 'choose' ? step.options.find((option) => option.id === answer)?.learn : undefined;
  });
  return Object.assign({}, ...chosen) as Asker;
}

/** How far: the steps behind and this one, of those and the longest way still ahead. */
export function progress(guide: Guide, state: GuideState): { at: number; of: number } {
  const at = state.path.length + 1;
  return { at, of: at + longestAhead(guide, state.step) };
}

/** The steps that can follow a step. */
export function followers(step: Step): string[] {
  switch (step.kind) {
    case 'say':
      return [step.goto];
    case 'choose':
      return step.options.map((o) => o.goto);
    case 'end':
      return [];
  }
}

function longestAhead(guide: Guide, id: string): number {
  const step = guide.steps[id];
  const ahead = step ? followers(step) : [];
  return ahead.length === 0 ? 0 : 1 + Math.max(...ahead.map((to) => longestAhead(guide, to)));
}

function go(state: GuideState, to: string): GuideMove {
  return { kind: 'moved', state: { ...state, rev: state.rev + 1, step: to, path: [...state.path, state.step] } };
}
