import type { TurnContext } from 'botbuilder';
import type { Asker } from '../../data/knowledge/cases.ts';
import type { Entry } from '../../data/knowledge/entry.ts';
import { citedIn, complete, isGrounded } from '../../data/knowledge/grounding.ts';
import type { Language } from '../../data/model/language.ts';
import type { Clock } from '../../data/ports.ts';
import type { ModelSettings } from '../config.ts';
import type { Log } from '../log.ts';
import { withinTime } from '../withinTime.ts';
import { Budget } from './budget.ts';
import { createModel } from './model.ts';
import { instructions } from './prompt.ts';
import { CUT } from './tamedFetch.ts';

/** A longer wait is worse than the offline answer. */
const TIMEOUT_MS = 8_000;

/** Characters; an answer is a few sentences, and looking at an endless one would hold everybody up. */
const LONGEST_SENTENCE = 600;
const LONGEST = 3_000;
const ENDED = /(?:[。．.!?！？]|\[\d{1,2}\])\s*$/u;

/** An answer that the language model wrote, and that was checked sentence by sentence. */
export interface Written {
  text: string;
  /** The entries it cites, by the numbers in its text. */
  cited: { number: number; entry: Entry }[];
}

/** Writes an answer from entries; `shown` is told the checked part as it grows. Undefined: the offline answer is to be given. */
export type Writer = (
  context: TurnContext,
  asked: { question: string; lang: Language; entries: readonly Entry[]; asker: Asker },
  shown: (text: string) => void,
) => Promise<Written | undefined>;

export function createWriter(settings: ModelSettings, deps: { clock: Clock; log: Log }): Writer {
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS;
  const ask = createModel(settings, timeoutMs, deps.log);
  const budget = new Budget(deps.clock, settings.tokensPerDay);
  return async (context, { question, lang, entries, asker }, shown) => {
    const asked = { instructions: instructions(lang, entries, asker), question };
    if (!budget.take(asked.instructions.length + question.length)) {
      deps.log.warn('the language model’s tokens of today are used up');
      return undefined;
    }
    const draft = new Draft(entries, shown);
    try {
      await withinTime(ask(context, asked, (text) => draft.add(text)), timeoutMs);
    } catch (error) {
      deps.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the language model did not answer');
      draft.stop();
      return undefined;
    } finally {
      budget.add(draft.length);
    }
    const written = draft.finish();
    if (!written) deps.log.info('what the language model wrote was not shown');
    return written;
  };
}

/** What has been written so far. Nothing of it is shown before its sentence is complete, checked, and something was cited. */
class Draft {
  private readonly entries: readonly Entry[];
  private readonly shown: (text: string) => void;
  private checked = '';
  private rest = '';
  private isWrong = false;

  constructor(entries: readonly Entry[], shown: (text: string) => void) {
    this.entries = entries;
    this.shown = shown;
  }

  get length(): number {
    return this.checked.length + this.rest.length;
  }

  add(text: string): void {
    if (this.isWrong) return;
    const { sentences, rest } = complete(this.rest + text);
    this.rest = rest;
    if (rest.length > LONGEST_SENTENCE || this.length > LONGEST) this.isWrong = true;
    this.accept(sentences);
    if (!this.isWrong && sentences.length > 0 && citedIn(this.checked).length > 0) this.shown(this.checked.trim());
  }

  /** Nothing more is shown. */
  stop(): void {
    this.isWrong = true;
  }

  finish(): Written | undefined {
    // What does not end was cut off.
    if (this.rest.trim() !== '') this.accept(ENDED.test(this.rest) ? [this.rest] : [CUT]);
    const cited = citedIn(this.checked);
    if (this.isWrong || cited.length === 0) return undefined;
    return { text: this.checked.trim(), cited: cited.flatMap((number) => this.entries.slice(number - 1, number).map((entry) => ({ number, entry }))) };
  }

  private accept(sentences: string[]): void {
    for (const sentence of sentences) {
      if (sentence.includes(CUT) || !isGrounded(sentence, this.entries)) this.isWrong = true;
      if (this.isWrong) return;
      this.checked += sentence;
    }
  }
}
