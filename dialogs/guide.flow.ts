import { z } from 'zod';
import type { Asker } from '../data/knowledge/cases.ts';
import { decide } from './decide.ts';
import type { Guide, ShownStep, Slot, Step } from './guide.ts';
import { LOOKS_AT, SLOTS } from './guide.ts';

/** Where a person is in a guide. `rev` grows with every move, so that a button of an older card is known as such. */
export const GuideState = z.object({
  guide: z.string(),
  run: z.string(),
  rev: z.number().int(),
  step: z.string(),
  /** The steps that led here, the first one first, without those that were passed through. */
  path: z.array(z.string()),
  /** What was chosen or found, step by step. */
  answers: z.record(z.string()),
  /** What was typed, by its slot. */
  values: z.record(z.enum(SLOTS), z.string()).default({}),
  /** What a look has to say besides its finding. */
  detail: z.string().default(''),
  /** When a look found what this step says. */
  lookedAt: z.string().optional(),
});
export type GuideState = z.infer<typeof GuideState>;

/** What is known before a guide asks: the person's case, and what was typed in another guide. */
export interface Known extends Asker {
  values?: Partial<Record<Slot, string>>;
}

/** What a move may depend on besides the guide. */
export interface Given {
  known: Known;
  /** What is filled in when the guide begins, for this guide only. */
  values?: Partial<Record<Slot, string>>;
  /** The options that are chosen already, by their steps. */
  chosen?: Readonly<Record<string, string>>;
  /** False: nothing can be looked at, so nobody is asked whether it may. */
  canLook?: boolean;
  now: Date;
}

export type GuideSaid =
  | { move: 'next' }
  | { move: 'back' }
  | { move: 'cancel' }
  | { move: 'restart' }
  | { move: 'choose'; option: string }
  /** `value` in the form its slot keeps. */
  | { move: 'typed'; value: string }
  /** It is not known, and the guide goes on without. */
  | { move: 'unsure' }
  /** Consent to a look; the one who runs the guide looks, and says what was found. */
  | { move: 'look' }
  /** No consent, or nothing could be found out. */
  | { move: 'skip' }
  | { move: 'found'; finding: string; detail: string; earlierId?: string };

export type GuideMove =
  | { kind: 'moved'; state: GuideState }
  /** What was said does not fit this step; nothing changed. */
  | { kind: 'stayed'; why: 'notUnderstood' | 'noBack'; state: GuideState }
  | { kind: 'cancelled' };

export function startGuide(guide: Guide, run: string, given: Given): GuideState {
  return arrive(guide, { guide: guide.id, run, rev: 0, step: guide.start, path: [], answers: {}, values: { ...given.values }, detail: '' }, given);
}

/** The one rule of every guide: where a person is, and what was said, give where the person is next. */
export function next(guide: Guide, state: GuideState, said: GuideSaid, given: Given): GuideMove {
  // `Look again` stands on the card that says what was found: it is the step before that looks.
  if ((said.move === 'found' || said.move === 'skip') && isFound(guide, state)) {
    const again = next(guide, lookingState(guide, state), said, given);
    return again.kind === 'stayed' ? { ...again, state } : again;
  }
  const step = stepOf(guide, state);
  const go = (to: string, more: Partial<GuideState> = {}): GuideMove => ({
    kind: 'moved',
    state: arrive(guide, { ...state, detail: '', lookedAt: undefined, ...more, rev: state.rev + 1, step: to, path: [...state.path, state.step] }, given),
  });
  const stay: GuideMove = { kind: 'stayed', why: 'notUnderstood', state };
  switch (said.move) {
    case 'cancel':
      return { kind: 'cancelled' };
    case 'restart':
      // What is known is forgotten with it, and asked again.
      return { kind: 'moved', state: { ...startGuide(guide, state.run, { ...given, known: {} }), rev: state.rev + 1 } };
    case 'back':
      return back(guide, state);
    case 'next':
      return step.kind === 'say' ? go(step.goto) : stay;
    case 'choose': {
      const option = step.kind === 'choose' ? step.options.find((o) => o.id === said.option) : undefined;
      return option ? go(option.goto, { answers: { ...state.answers, [state.step]: option.id } }) : stay;
    }
    case 'typed':
      return step.kind === 'ask' ? go(step.goto, { values: { ...state.values, [step.slot]: said.value } }) : stay;
    case 'unsure':
      return step.kind === 'ask' && step.unsure !== undefined ? go(step.unsure) : stay;
    case 'skip':
      return step.kind === 'check' ? go(step.skip) : stay;
    case 'found': {
      const to = step.kind === 'check' ? step.found[said.finding] : undefined;
      return to === undefined ? stay : go(to, { answers: { ...state.answers, [state.step]: said.finding }, detail: said.detail, lookedAt: given.now.toISOString(), values: { ...(said.earlierId === undefined ? {} : { earlierId: said.earlierId }), ...state.values } });
    }
    case 'look':
      return stay;
  }
}

function back(guide: Guide, state: GuideState): GuideMove {
  if (isFound(guide, state)) return backToAsk(guide, state);
  const before = state.path.at(-1);
  const step = before === undefined ? undefined : guide.steps[before];
  if (before === undefined || !step) return { kind: 'stayed', why: 'noBack', state };
  const { [before]: _forgotten, ...answers } = state.answers;
  const values = { ...state.values };
  if (step.kind === 'ask') delete values[step.slot];
  return { kind: 'moved', state: { ...state, rev: state.rev + 1, step: before, path: state.path.slice(0, -1), answers, values, detail: '', lookedAt: undefined } };
}

/** The state whose step looks: this one, or where what was found came from. */
export function lookingState(guide: Guide, state: GuideState): GuideState {
  if (!isFound(guide, state)) return state;
  const { [state.path.at(-1) ?? '']: _found, ...answers } = state.answers;
  return { ...state, step: state.path.at(-1) ?? state.step, path: state.path.slice(0, -1), answers };
}

/** From what a look found to the question it looked at, even if that was not asked because it was known: it may have been mistyped. */
function backToAsk(guide: Guide, state: GuideState): GuideMove {
  const check = guide.steps[state.path.at(-1) ?? ''];
  const slot = check?.kind === 'check' ? LOOKS_AT[check.look] : undefined;
  const asks = Object.keys(guide.steps).filter((id) => {
    const step = guide.steps[id];
    return step?.kind === 'ask' && step.slot === slot;
  });
  const step = asks.find((id) => state.path.includes(id)) ?? asks[0] ?? guide.start;
  const path = state.path.includes(step) ? state.path.slice(0, state.path.indexOf(step)) : state.path.slice(0, -1);
  const answers = Object.fromEntries(Object.entries(state.answers).filter(([id]) => path.includes(id)));
  const values = Object.fromEntries(Object.entries(state.values).filter(([name]) => name !== slot));
  return { kind: 'moved', state: { ...state, rev: state.rev + 1, step, path, answers, values, detail: '', lookedAt: undefined } };
}

/** Passes through what nobody has to be asked: decisions, and what is known already. */
function arrive(guide: Guide, at: GuideState, { known, chosen, now, canLook = true }: Given): GuideState {
  let state = at;
  for (;;) {
    const step = guide.steps[state.step];
    if (!step) throw new Error(`guide ${guide.id} has no step ${state.step}`);
    if (step.kind === 'decide') {
      const finding = decide(step.by, state.values, now);
      state = { ...state, step: step.on[finding] ?? '', answers: { ...state.answers, [state.step]: finding } };
      continue;
    }
    if (step.kind === 'check' && !canLook) {
      state = { ...state, step: step.skip };
      continue;
    }
    const value = step.kind === 'ask' ? (state.values[step.slot] ?? known.values?.[step.slot]) : undefined;
    if (step.kind === 'ask' && value !== undefined) {
      state = { ...state, step: step.goto, values: { ...state.values, [step.slot]: value } };
      continue;
    }
    const option = step.kind === 'choose' ? (step.options.find(({ id }) => id === chosen?.[state.step]) ?? knownOption(step, { ...known, ...learnt(guide, state) })) : undefined;
    if (!option) return state;
    state = { ...state, step: option.goto, answers: { ...state.answers, [state.step]: option.id } };
  }
}

type Choose = Extract<Step, { kind: 'choose' }>;

/** The option that says what is known, of a step that asks for just that. */
function knownOption({ options }: Choose, known: Asker): Choose['options'][number] | undefined {
  for (const facet of ['agreement', 'cloud'] as const) {
    const telling = options.filter(({ learn }) => learn?.[facet] !== undefined);
    if (telling.length > 1 && telling.length >= options.length - 1 && known[facet] !== undefined) return telling.find(({ learn }) => learn?.[facet] === known[facet]);
  }
  return undefined;
}

export function stepOf(guide: Guide, state: GuideState): ShownStep {
  const step = guide.steps[state.step];
  if (!step || step.kind === 'decide') throw new Error(`guide ${guide.id} has no step ${state.step}`);
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

/** Whether this card says what a look found, so that one may look again; at an end the guide is over. */
export function isFound(guide: Guide, state: GuideState): boolean {
  const before = state.path.at(-1);
  return before !== undefined && guide.steps[before]?.kind === 'check' && state.answers[before] !== undefined && guide.steps[state.step]?.kind !== 'end';
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
    case 'ask':
      return step.unsure === undefined ? [step.goto] : [step.goto, step.unsure];
    case 'check':
      return [...Object.values(step.found), step.skip];
    case 'decide':
      return Object.values(step.on);
    case 'end':
      return [];
  }
}

function longestAhead(guide: Guide, id: string): number {
  const ahead = guide.steps[id] ? followers(guide.steps[id]) : [];
  return ahead.length === 0 ? 0 : Math.max(...ahead.map((to) => (guide.steps[to]?.kind === 'decide' ? 0 : 1) + longestAhead(guide, to)));
}
