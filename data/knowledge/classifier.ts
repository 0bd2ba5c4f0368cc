/* oxlint-disable typescript/no-non-null-assertion -- indexes of typed arrays of a model, in the loop of every question */
import { weightOf } from './features.ts';
import type { Remembered } from './neighbours.ts';
import { Voters } from './neighbours.ts';
import type { Vectors } from './vectors.ts';
import { vectorsOf } from './vectors.ts';

/**
 * Multinomial logistic regression over sparse features, and the examples it learnt from. A feature has a weight only for the
 * labels whose examples show it, so that time and memory grow with the examples and not with features times labels.
 */
export interface Model {
  labels: string[];
  /** The number of each known feature. */
  features: Int32Array;
  /** How telling each known feature is. */
  rarity: Float32Array;
  /** The weights of feature `f` lie from `first[f]` to `first[f + 1]`, each for the label at the same place. */
  first: Int32Array;
  label: Uint16Array;
  weight: Float32Array;
  examples: Remembered;
}

/** What a text may mean. */
export interface Guess {
  label: string;
  /** 0 to 1; all guesses of a text sum up to 1. */
  probability: number;
}

/** How much the votes of similar examples count beside the regression, 0 to 1; a label without votes keeps a little. */
const VOTES = 0.3;
const WITHOUT_VOTES = 0.005;
/** How telling an unknown feature is taken for, as if it were rare. */
const UNKNOWN_RARITY = 8;

/** Guesses by a learnt model. */
export class Classifier {
  private readonly model: Model;
  private readonly ids: Map<number, number>;
  private readonly voters: Voters;

  constructor(model: Model) {
    this.model = model;
    this.ids = new Map(Array.from(model.features, (feature, id) => [feature, id]));
    this.voters = new Voters(model.examples, model.rarity);
  }

  /** The likeliest meanings, best first. */
  guess(features: number[], most: number): Guess[] {
    const { labels, rarity } = this.model;
    const scores = new Float32Array(labels.length);
    const text = vectorsOf([features], this.ids, rarity);
    score(this.model, text, 0, scores);
    softmax(scores);
    const shares = this.voters.votes(text, labels.length);
    for (let i = 0; i < scores.length; i += 1) scores[i] = (1 - VOTES) * Math.log(scores[i]!) + VOTES * Math.log(shares[i]! + WITHOUT_VOTES);
    softmax(scores);
    return Array.from(scores, (probability, i) => ({ label: labels[i] ?? '', probability }))
      .toSorted((a, b) => b.probability - a.probability)
      .slice(0, most);
  }

  /** How much of a text the examples know at all, weighted by how telling it is: 0 to 1. */
  known(features: number[]): number {
    let known = 0;
    let all = 0;
    for (const feature of features) {
      const id = this.ids.get(feature);
      const value = (id === undefined ? weightOf(feature) * UNKNOWN_RARITY : (this.model.rarity[id] ?? 0)) ** 2;
      all += value;
      if (id !== undefined) known += value;
    }
    return all === 0 ? 0 : known / all;
  }
}

/** How much text `i` speaks for each label. */
export function score({ first, label, weight }: Pick<Model, 'first' | 'label' | 'weight'>, { from, ids, values }: Vectors, i: number, scores: Float32Array): void {
  scores.fill(0);
  for (let f = from[i]!, last = from[i + 1]!; f < last; f += 1) {
    const value = values[f]!;
    const end = first[ids[f]! + 1]!;
    for (let at = first[ids[f]!]!; at < end; at += 1) scores[label[at]!]! += value * weight[at]!;
  }
}

export function softmax(scores: Float32Array): void {
  let top = -Infinity;
  for (let i = 0; i < scores.length; i += 1) if (scores[i]! > top) top = scores[i]!;
  let sum = 0;
  for (let i = 0; i < scores.length; i += 1) sum += scores[i] = Math.exp(scores[i]! - top);
  for (let i = 0; i < scores.length; i += 1) scores[i]! /= sum;
}
