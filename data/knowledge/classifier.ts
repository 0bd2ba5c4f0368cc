/* oxlint-disable typescript/no-non-null-assertion -- indexes of typed arrays made here, in the loops that take all the time of a start */
import { weightOf } from './features.ts';

/** Something said, and what it means. */
export interface Example {
  features: string[];
  label: string;
}

/** What a text may mean. */
export interface Guess {
  label: string;
  /** 0 to 1; all guesses of a text sum up to 1. */
  probability: number;
}

interface Vector {
  ids: Int32Array;
  values: Float32Array;
}

const EPOCHS = 8;
const RATE = 8;

/**
 * Multinomial logistic regression over sparse features, learnt at the start from the example questions. A feature has a
 * weight only for the labels whose examples show it, so that time and memory grow with the examples and not with
 * features times labels. Deterministic: the same examples give the same weights.
 */
export class Classifier {
  private readonly labels: string[];
  private readonly ids = new Map<string, number>();
  private readonly rarity: number[] = [];
  /** The weights of feature `f` lie from `first[f]` to `first[f + 1]`, each for the label at the same place. */
  private readonly first: Int32Array;
  private readonly label: Int32Array;
  private readonly weight: Float32Array;

  constructor(examples: Example[]) {
    this.labels = [...new Set(examples.map((example) => example.label))];
    const indexOf = new Map(this.labels.map((label, i) => [label, i]));
    this.number(examples);
    const vectors = examples.map(({ features }) => this.vector(features));
    const meant = examples.map(({ label }) => indexOf.get(label) ?? 0);
    const seen = Array.from({ length: this.ids.size }, () => new Set<number>());
    for (const [i, { ids }] of vectors.entries()) for (const id of ids) seen[id]?.add(meant[i] ?? 0);
    this.first = Int32Array.from([0, ...seen.map((labels) => labels.size)]);
    for (let f = 1; f < this.first.length; f += 1) this.first[f]! += this.first[f - 1]!;
    this.label = Int32Array.from(seen.flatMap((labels) => [...labels].toSorted((a, b) => a - b)));
    this.weight = new Float32Array(this.label.length);
    this.learn(vectors, meant);
  }

  /** The likeliest meanings, best first. */
  guess(features: string[], most: number): Guess[] {
    const scores = new Float32Array(this.labels.length);
    this.score(this.vector(features), scores);
    softmax(scores);
    return Array.from(scores, (probability, i) => ({ label: this.labels[i] ?? '', probability }))
      .toSorted((a, b) => b.probability - a.probability)
      .slice(0, most);
  }

  /** How much of a text the examples know at all, weighted by how telling it is: 0 to 1. */
  known(features: string[]): number {
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

  private number(examples: Example[]): void {
    const frequency = new Map<string, number>();
    for (const { features } of examples) for (const feature of features) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
    for (const [feature, n] of frequency) {
      if (n < 2) continue;
      this.ids.set(feature, this.ids.size);
      this.rarity.push(weightOf(feature) * Math.log(1 + examples.length / n));
    }
  }

  /** Of length 1, so that long and short questions weigh the same. */
  private vector(features: string[]): Vector {
    const ids = features.flatMap((feature) => this.ids.get(feature) ?? []);
    const length = Math.hypot(...ids.map((id) => this.rarity[id] ?? 0)) || 1;
    return { ids: Int32Array.from(ids), values: Float32Array.from(ids, (id) => (this.rarity[id] ?? 0) / length) };
  }

  private score({ ids, values }: Vector, scores: Float32Array): void {
    scores.fill(0);
    for (let i = 0; i < ids.length; i += 1) {
      const value = values[i]!;
      for (let at = this.first[ids[i]!]!, end = this.first[ids[i]! + 1]!; at < end; at += 1) scores[this.label[at]!]! += value * this.weight[at]!;
    }
  }

  private learn(vectors: Vector[], meant: number[]): void {
    const scores = new Float32Array(this.labels.length);
    const order = vectors.map((_, i) => i);
    const random = seeded();
    for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
      shuffle(order, random);
      const rate = RATE * (1 - epoch / EPOCHS);
      for (const i of order) {
        const { ids, values } = vectors[i]!;
        this.score(vectors[i]!, scores);
        softmax(scores);
        scores[meant[i]!]! -= 1;
        for (let f = 0; f < ids.length; f += 1) {
          const step = rate * values[f]!;
          for (let at = this.first[ids[f]!]!, end = this.first[ids[f]! + 1]!; at < end; at += 1) this.weight[at]! -= step * scores[this.label[at]!]!;
        }
      }
    }
  }
}

const UNKNOWN_RARITY = 8;

function softmax(scores: Float32Array): void {
  const top = scores.reduce((a, b) => Math.max(a, b), -Infinity);
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
