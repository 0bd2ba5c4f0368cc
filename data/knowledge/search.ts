import { tidy } from '../text/typed.ts';
import type { Aside } from './aside.ts';
import type { Guess } from './classifier.ts';
import { Classifier } from './classifier.ts';
import { Features } from './features.ts';
import type { Index } from './indexing.ts';
import { asideOf, squeezed } from './indexing.ts';
import { withoutCase } from './named.ts';
import { asks, sentencesOf } from './sentences.ts';

/** What a question is taken for; entries by their ids, which are the same in every language. */
export type Answering =
  /** One answer, two when two things were asked; `also`: what else may have been meant, where it comes close. */
  | { kind: 'sure'; entries: string[]; also?: string }
  /** It is one of these two or three. */
  | { kind: 'between'; entries: string[] }
  /** No question about the subject. */
  | { kind: 'aside'; aside: Exclude<Aside, 'elsewhere'> }
  /** Not known, or not the bot's subject; what comes nearest, best first. */
  | { kind: 'unsure'; near: string[] };

/** Finds the entry that answers a question, in whatever language it is asked. */
export interface Search {
  answer(question: string): Answering;
  /** The entries that come nearest to a text, best first. */
  nearest(text: string, most: number): string[];
}

// Set where, on the questions of test/answers/ that were looked at, more answers would be wrong and fewer would be missed.
/** So much more probable is the best entry than everything that is not the subject, or nothing is said for sure: 0 to 1. */
const ON_SUBJECT = 0.55;
/** So probable is an answer at least. */
const SURE = 0.13;
/** The second best is so close to the best, or the best so improbable, that the bot asks back. */
const CLOSE = 0.98;
/** The second best comes so close that it is offered below the answer. */
const ALSO = 0.5;
/** Two or three that share so much are worth asking between. */
const BETWEEN = 0.3;
/** Each of two sentences that ask two things. */
const SURE_OF_ONE = 0.6;
/** So much of the question has to be known words. */
const KNOWN = 0.25;
/** Small talk and what is refused are believed from here. */
const ASIDE = 0.4;
/** A single word says what it is about, not what is asked: only if one entry alone is about it, that is the answer. */
const SURE_OF_WORD = 0.97;
/** Below this it is no word of the subject. */
const WORD_AT_ALL = 0.08;
const ONE_WORD = /^(?:[\p{Script=Han}\p{Script=Katakana}ー]+|[\w.'-]+)[?？。!！]?$/u;
/** Whoever asks more than this at once is asked nothing back, and answered as one. */
const MOST_ASKED = 5;
const NEAR = 3;
const MOST = 20;

/** Searches in an index. */
export function searchIn({ terms, model, wholes, exacts }: Index): Search {
  const features = new Features(terms);
  const classifier = new Classifier(model);

  const read = (text: string): { guesses: Guess[]; known: number } => {
    const seen = features.of(text);
    return { guesses: classifier.guess(seen, MOST), known: classifier.known(seen) };
  };

  return {
    answer: (question) => {
      const whole = wholes.get(tidy(question)) ?? pasted(exacts, question);
      if (whole !== undefined) {
        const aside = asideOf(whole);
        if (!aside) return { kind: 'sure', entries: [whole] };
        if (aside !== 'elsewhere') return { kind: 'aside', aside };
      }
      if (!/\p{L}/u.test(question)) return { kind: 'unsure', near: [] };
      const asked = withoutCase(question);
      const { guesses, known } = read(asked);
      const two = bothOf(sentencesOf(asked), read);
      return two ? { kind: 'sure', entries: two } : decide(guesses, known, ONE_WORD.test(tidy(question)));
    },
    nearest: (text, most) => entriesOf(read(text).guesses).slice(0, most).map(({ label }) => label),
  };
}

function decide(guesses: Guess[], known: number, isOneWord: boolean): Answering {
  const candidates = entriesOf(guesses);
  const near = candidates.slice(0, NEAR).map(({ label }) => label);
  const [best, second] = candidates;
  const [top] = guesses;
  if (!best || !top || known < KNOWN) return { kind: 'unsure', near };
  const aside = asideOf(top.label);
  if (aside && aside !== 'elsewhere' && top.probability >= ASIDE) return { kind: 'aside', aside };
  if (!isOneWord && best.probability / (best.probability + asideMass(guesses)) < ON_SUBJECT) return { kind: 'unsure', near };
  if (isOneWord && best.probability < SURE_OF_WORD) return best.probability < WORD_AT_ALL ? { kind: 'unsure', near } : { kind: 'between', entries: near };
  if (best.probability >= SURE && (second?.probability ?? 0) < best.probability * CLOSE) {
    return { kind: 'sure', entries: [best.label], ...(second && second.probability >= best.probability * ALSO ? { also: second.label } : {}) };
  }
  const shared = candidates.slice(0, NEAR).filter(({ probability }) => probability >= best.probability / 2);
  const together = shared.reduce((sum, { probability }) => sum + probability, 0);
  return shared.length > 1 && together >= BETWEEN ? { kind: 'between', entries: shared.map(({ label }) => label) } : { kind: 'unsure', near };
}

/** Two sentences that each ask something of their own, each beyond doubt; more than two are too many for one answer. */
function bothOf(sentences: string[], read: (text: string) => { guesses: Guess[]; known: number }): string[] | undefined {
  const asking = sentences.filter((sentence) => asks(sentence) && /\p{L}{2}/u.test(sentence));
  if (asking.length < 2 || asking.length > MOST_ASKED) return undefined;
  const found = asking.flatMap((sentence) => {
    const { guesses, known } = read(sentence);
    const [best] = guesses;
    return best && known >= KNOWN && best.probability >= SURE_OF_ONE && !asideOf(best.label) ? [best.label] : [];
  });
  const different = [...new Set(found)];
  return different.length > 1 ? different.slice(0, 2) : undefined;
}

/** An error message, a banner or a subject that makes up most of what was said. */
function pasted(exacts: Index['exacts'], question: string): string | undefined {
  const said = squeezed(question);
  return exacts.find(({ text }) => said.includes(text) && text.length * 2 > said.length)?.id;
}

/** How probable it is that this is not the subject at all. */
function asideMass(guesses: Guess[]): number {
  return guesses.filter(({ label }) => asideOf(label)).reduce((sum, { probability }) => sum + probability, 0);
}

function entriesOf(guesses: Guess[]): Guess[] {
  return guesses.filter(({ label }) => !asideOf(label));
}
