/* oxlint-disable typescript/no-non-null-assertion -- indexes of typed arrays made here, in the loops that take all the time of a build */
import type { Model } from './classifier.ts';
import { score, softmax } from './classifier.ts';
import { weightOf } from './features.ts';
import { remember } from './neighbours.ts';
import type { Vectors } from './vectors.ts';
import { vectorsOf } from './vectors.ts';

/** Something said, and what it means. */
export interface Example {
  features: number[];
  label: string;
}

// Found by leaving out all the questions of one writer and finding them with the others' (test/answers/README.md).
const EPOCHS = 5;
const RATE = 6;
/** What is known so well already teaches little, and takes as long. */
const LEARNT = 0.95;

/** Learns from examples. Deterministic: the same examples give the same model. */
export function learn(examples: Example[]): Model {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const numberOf = new Map(labels.map((label, i) => [label, i]));
  const sorted = examples.toSorted((a, b) => numberOf.get(a.label)! - numberOf.get(b.label)!);
  const { ids, rarity } = counted(sorted);
  const vectors = vectorsOf(sorted.map(({ features }) => features), ids, rarity);
  const meant = sorted.map(({ label }) => numberOf.get(label)!);
  const [first, label] = pairsOf(vectors, meant, ids.size);
  const model = { labels, features: Int32Array.from(ids.keys()), rarity, first, label, weight: new Float32Array(label.length), examples: remember(vectors, Uint16Array.from(meant), ids.size) };
  descend(model, vectors, meant);
  return model;
}

/** Counts the features, numbers them and says how telling each is; one that occurs only once teaches nothing. */
function counted(examples: Example[]): { ids: Map<number, number>; rarity: Float32Array } {
  const frequency = new Map<number, number>();
  for (const { features } of examples) for (const feature of features) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const ids = new Map<number, number>();
  const rarity: number[] = [];
  for (const [feature, n] of frequency) {
    if (n < 2) continue;
    ids.set(feature, ids.size);
    rarity.push(weightOf(feature) * Math.log(1 + examples.length / n));
  }
  return { ids, rarity: Float32Array.from(rarity) };
}

/** Which labels each feature occurs with. The examples of a label stand together. */
function pairsOf({ from, ids }: Vectors, meant: number[], size: number): [first: Int32Array, label: Uint16Array] {
  const each = (visit: (id: number, label: number) => void): void => {
    const last = new Int32Array(size).fill(-1);
    for (let i = 0; i < meant.length; i += 1) {
      for (let at = from[i]!; at < from[i + 1]!; at += 1) {
        const id = ids[at]!;
        if (last[id] === meant[i]) continue;
        last[id] = meant[i]!;
        visit(id, meant[i]!);
      }
    }
  };
  const first = new Int32Array(size + 1);
  each((id) => (first[id + 1]! += 1));
  for (let f = 1; f < first.length; f += 1) first[f]! += first[f - 1]!;
  const next = first.slice();
  const label = new Uint16Array(first.at(-1) ?? 0);
  each((id, one) => (label[next[id]!++] = one));
  return [first, label];
}

/** Stochastic gradient descent; the steps get smaller from round to round. */
function descend(model: Model, vectors: Vectors, meant: number[]): void {
  const { first, label, weight } = model;
  const { from, ids, values } = vectors;
  const scores = new Float32Array(model.labels.length);
  const order = meant.map((_, i) => i);
  const random = seeded();
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    const rate = RATE * (1 - epoch / EPOCHS);
    for (const i of order) {
      score(model, vectors, i, scores);
      softmax(scores);
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

/** A linear congruential generator: the same order every time. */
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
