/* oxlint-disable typescript/no-non-null-assertion -- indexes of typed arrays of an index, in the loop of every question */
import type { Vectors } from './vectors.ts';

/** The examples themselves, found by their features. */
export interface Remembered {
  /** The label of each example. */
  label: Uint16Array;
  /** The examples with feature `f` lie from `first[f]` to `first[f + 1]`, and how much `f` weighs in each. */
  first: Int32Array;
  example: Int32Array;
  weight: Float32Array;
}

/** So many of the most similar examples vote. */
const VOTERS = 30;
/** A twice as similar one has 64 votes. */
const POWER = 6;
/** What more examples than this show tells none of them from the others. */
const COMMON = 3_000;

/** Remembers examples of `size` known features. */
export function remember({ from, ids, values }: Vectors, label: Uint16Array, size: number): Remembered {
  const count = new Int32Array(size);
  for (let at = 0, end = from.at(-1) ?? 0; at < end; at += 1) count[ids[at]!]! += 1;
  const first = new Int32Array(size + 1);
  for (let f = 0; f < size; f += 1) first[f + 1] = first[f]! + (count[f]! > COMMON ? 0 : count[f]!);
  const next = first.slice();
  const example = new Int32Array(first[size]!);
  const weight = new Float32Array(first[size]!);
  for (let i = 0; i < label.length; i += 1) {
    for (let at = from[i]!; at < from[i + 1]!; at += 1) {
      const id = ids[at]!;
      if (count[id]! > COMMON) continue;
      example[next[id]!] = i;
      weight[next[id]!++] = values[at]!;
    }
  }
  return { label, first, example, weight };
}

/** The share of votes of each label, by the examples most like a text: cosine similarity. Sums up to 1, or to 0 where nothing is like it. */
export function votes({ label, first, example, weight }: Remembered, { from, ids, values }: Vectors, labels: number): Float32Array {
  const likeness = new Float32Array(label.length);
  for (let f = 0, last = from[1]!; f < last; f += 1) {
    const value = values[f]!;
    for (let at = first[ids[f]!]!, end = first[ids[f]! + 1]!; at < end; at += 1) likeness[example[at]!]! += value * weight[at]!;
  }
  const shares = new Float32Array(labels);
  let sum = 0;
  for (const i of most(likeness, VOTERS)) {
    const vote = likeness[i]! ** POWER;
    shares[label[i]!]! += vote;
    sum += vote;
  }
  return sum === 0 ? shares : shares.map((share) => share / sum);
}

/** Where the greatest values above zero are. */
function most(values: Float32Array, n: number): number[] {
  const found: number[] = [];
  let least = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    if (value <= least) continue;
    let at = found.length;
    while (at > 0 && values[found[at - 1]!]! < value) at -= 1;
    found.splice(at, 0, i);
    if (found.length > n) found.pop();
    if (found.length === n) least = values[found[n - 1]!]!;
  }
  return found;
}
