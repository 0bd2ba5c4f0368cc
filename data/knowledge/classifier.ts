/* oxlint-disable typescript/no-non-null-assertion -- indexes of typed arrays made here, in the loops that take all the time of a start */
import { weightOf } from './features.ts';

/** Something said, and what it means. */
export interface Example {
  features: number[];
  label: string;
}

/** What a text may mean. */
export interface Guess {
  label: string;
  /** 0 to 1; all guesses of a text sum up to 1. */
  probability: number;
}

/** Texts as vectors, one behind the other: text `i` from `from[i]` to `from[i + 1]`. */
interface Vectors {
  from: Int32Array;
  ids: Int32Array;
  values: Float32Array;
}

const EPOCHS = 2;
const RATE = 6;
const LEARNT = 0.85;

/**
 * Multinomial logistic regression over sparse features, learnt at the start from the example questions. A feature has a
 * weight only for the labels whose examples show it, so that time and memory grow with the examples and not with
 * features times labels. Deterministic: the same examples give the same weights.
 */
export class Classifier {
  private readonly labels: string[];
  /** Known features by number; one that occurs only once teaches nothing. */
  private readonly ids = new Map<number, number>();
  private readonly rarity: Float32Array;
  /** The weights of feature `f` lie from `first[f]` to `first[f + 1]`, each for the label at the same place. */
  private readonly first: Int32Array;
  private readonly label: Int32Array;
  private readonly weight: Float32Array;

  constructor(examples: Example[]) {
    this.labels = [...new Set(examples.map(({ label }) => label))];
    const numberOf = new Map(this.labels.map((label, i) => [label, i]));
    const sorted = examples.toSorted((a, b) => numberOf.get(a.label)! - numberOf.get(b.label)!);
    this.rarity = this.number(sorted);
    const vectors = this.vectors(sorted.map(({ features }) => features));
    const meant = sorted.map(({ label }) => numberOf.get(label)!);
    [this.first, this.label] = this.pairs(vectors, meant);
    this.weight = new Float32Array(this.label.length);
    this.learn(vectors, meant);
  }

  /** The likeliest meanings, best first. */
  guess(features: number[], most: number): Guess[] {
    const scores = new Float32Array(this.labels.length);
    this.score(this.vectors([features]), 0, scores);
    softmax(scores);
    return Array.from(scores, (probability, i) => ({ label: this.labels[i] ?? '', probability }))
      .toSorted((a, b) => b.probability - a.probability)
      .slice(0, most);
  }

  /** How much of a text the examples know at all, weighted by how telling it is: 0 to 1. */
  known(features: number[]): number {
    let known = 0;
    let all = 0;
    for (const feature of features) {
      const id = this.ids.get(feature);
      const value = (id === undefined ? weightOf(feature) * UNKNOWN_RARITY : (this.rarity[id] ?? 0)) ** 2;
      all += value;
      if (id !== undefined) known += value;
    }
    return all === 0 ? 0 : known / all;
  }

  /** Numbers the features; returns how telling each is. */
  private number(examples: Example[]): Float32Array {
    const frequency = new Map<number, number>();
    for (const { features } of examples) for (const feature of features) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
    const rarity: number[] = [];
    for (const [feature, n] of frequency) {
      if (n < 2) continue;
      this.ids.set(feature, this.ids.size);
      rarity.push(weightOf(feature) * Math.log(1 + examples.length / n));
    }
    return Float32Array.from(rarity);
  }

  /** Which labels each feature occurs with. The examples of a label stand together. */
  private pairs({ from, ids }: Vectors, meant: number[]): [first: Int32Array, label: Int32Array] {
    const each = (visit: (id: number, label: number) => void): void => {
      const last = new Int32Array(this.ids.size).fill(-1);
      for (let i = 0; i < meant.length; i += 1) {
        for (let at = from[i]!; at < from[i + 1]!; at += 1) {
          const id = ids[at]!;
          if (last[id] === meant[i]) continue;
          last[id] = meant[i]!;
          visit(id, meant[i]!);
        }
      }
    };
    const first = new Int32Array(this.ids.size + 1);
    each((id) => (first[id + 1]! += 1));
    for (let f = 1; f < first.length; f += 1) first[f]! += first[f - 1]!;
    const next = first.slice();
    const label = new Int32Array(first.at(-1) ?? 0);
    each((id, one) => (label[next[id]!++] = one));
    return [first, label];
  }

  /** Each of length 1, so that long and short questions weigh the same. */
  private vectors(texts: number[][]): Vectors {
    const from = new Int32Array(texts.length + 1);
    const most = texts.reduce((sum, features) => sum + features.length, 0);
    const ids = new Int32Array(most);
    const values = new Float32Array(most);
    let end = 0;
    for (const [i, features] of texts.entries()) {
      let squares = 0;
      for (const feature of features) {
        const id = this.ids.get(feature);
        if (id === undefined) continue;
        ids[end] = id;
        values[end] = this.rarity[id]!;
        squares += this.rarity[id]! ** 2;
        end += 1;
      }
      const length = Math.sqrt(squares) || 1;
      for (let at = from[i]!; at < end; at += 1) values[at]! /= length;
      from[i + 1] = end;
    }
    return { from, ids, values };
  }

  private score({ from, ids, values }: Vectors, i: number, scores: Float32Array): void {
    const { first, label, weight } = this;
    scores.fill(0);
    for (let f = from[i]!, last = from[i + 1]!; f < last; f += 1) {
      const value = values[f]!;
      const end = first[ids[f]! + 1]!;
      for (let at = first[ids[f]!]!; at < end; at += 1) scores[label[at]!]! += value * weight[at]!;
    }
  }

  private learn(vectors: Vectors, meant: number[]): void {
    const { first, label, weight } = this;
    const { from, ids, values } = vectors;
    const scores = new Float32Array(this.labels.length);
    const order = meant.map((_, i) => i);
    const random = seeded();
    for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
      shuffle(order, random);
      const rate = RATE * (1 - epoch / EPOCHS);
      for (const i of order) {
        this.score(vectors, i, scores);
        softmax(scores);
        // What is known already teaches little, and takes as long.
        if (scores[meant[i]!]! > LEARNT) continue;
        scores[meant[i]!]! -= 1;
        for (let f = from[i]!, last = from[i + 1]!; f < last; f += 1) {
          const step = rate * values[f]!;
          const end = first[ids[f]! + 1]!;
          for (let at = first[ids[f]!]!; at < end; at += 1) weight[at]! -= step * scores[label[at]!]!;
        }
      }
    }
  }
}

const UNKNOWN_RARITY = 8;

function softmax(scores: Float32Array): void {
  let top = -Infinity;
  for (let i = 0; i < scores.length; i += 1) if (scores[i]! > top) top = scores[i]!;
  let sum = 0;
  for (let i = 0; i < scores.length; i += 1) sum += scores[i] = Math.exp(scores[i]! - top);
  for (let i = 0; i < scores.length; i += 1) scores[i]! /= sum;
}

/** A linear congruential generator: the same order at every start. */
function seeded(): () => number {
  let seed = 1;
  return () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x80000000;
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
