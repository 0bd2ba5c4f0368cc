/* oxlint-disable typescript/no-non-null-assertion -- indexes of typed arrays of an index, in the loop of every question */
import type { Vectors } from './vectors.ts';

/** The examples themselves, found by their features. */
export interface Remembered {
  /** The label of each example. */
  label: Uint16Array;
  /** What makes each example's vector one of length 1: a feature weighs in it how telling it is, times this. */
  scale: Float32Array;
  /** The examples with feature `f` lie from `first[f]` to `first[f + 1]`. */
  first: Int32Array;
  example: Uint16Array | Int32Array;
}

/** So many of the most similar examples vote. */
const VOTERS = 30;
/** A twice as similar one has 64 votes. */
const POWER = 6;
/** What more examples than this show tells none of them from the others. */
const COMMON = 1_000;

/** Remembers examples of `size` known features. */
export function remember({ from, ids, lengths }: Vectors, label: Uint16Array, size: number): Remembered {
  const count = new Int32Array(size);
  for (let at = 0, end = from.at(-1) ?? 0; at < end; at += 1) count[ids[at]!]! += 1;
  const first = new Int32Array(size + 1);
  for (let f = 0; f < size; f += 1) first[f + 1] = first[f]! + (count[f]! > COMMON ? 0 : count[f]!);
  const next = first.slice();
  // Half the memory to go through for every question.
  const example = label.length < 2 ** 16 ? new Uint16Array(first[size]!) : new Int32Array(first[size]!);
  for (let i = 0; i < label.length; i += 1) {
    for (let at = from[i]!; at < from[i + 1]!; at += 1) {
      const id = ids[at]!;
      if (count[id]! <= COMMON) example[next[id]!++] = i;
    }
  }
  return { label, scale: lengths.map((length) => 1 / length), first, example };
}

/** Lets the examples most like a text vote; holds what it counts with, because there are many examples and many texts. */
export class Voters {
  private readonly examples: Remembered;
  private readonly rarity: Float32Array;
  private readonly likeness: Float32Array;
  /** The examples that have anything in common with the text. */
  private readonly alike: Int32Array;

  /** `rarity`: how telling each feature is. */
  constructor(examples: Remembered, rarity: Float32Array) {
    this.examples = examples;
    this.rarity = rarity;
    this.likeness = new Float32Array(examples.label.length);
    this.alike = new Int32Array(examples.label.length);
  }

  /** The share of votes of each label, by the examples most like a text: cosine similarity. Sums up to 1, or to 0 where nothing is like it. */
  votes({ from, ids, values }: Vectors, labels: number): Float32Array {
    const { likeness, alike, rarity, examples: { label, first, example } } = this;
    let count = 0;
    for (let f = 0, last = from[1]!; f < last; f += 1) {
      const value = values[f]! * rarity[ids[f]!]!;
      for (let at = first[ids[f]!]!, end = first[ids[f]! + 1]!; at < end; at += 1) {
        const i = example[at]!;
        const before = likeness[i]!;
        if (before === 0) alike[count++] = i;
        likeness[i] = before + value;
      }
    }
    const shares = new Float32Array(labels);
    let sum = 0;
    for (const i of this.most(count)) {
      const vote = likeness[i]! ** POWER;
      shares[label[i]!]! += vote;
      sum += vote;
    }
    for (let at = 0; at < count; at += 1) likeness[alike[at]!] = 0;
    return sum === 0 ? shares : shares.map((share) => share / sum);
  }

  /** The most alike of so many, each likeness brought to scale; of equals the earlier example. */
  private most(count: number): number[] {
    const { likeness, alike, examples: { scale } } = this;
    const found: number[] = [];
    let least = 0;
    for (let n = 0; n < count; n += 1) {
      const i = alike[n]!;
      const value = (likeness[i]! *= scale[i]!);
      if (value < least) continue;
      let at = found.length;
      while (at > 0 && (likeness[found[at - 1]!]! < value || (value === likeness[found[at - 1]!]! && i < found[at - 1]!))) at -= 1;
      if (at >= VOTERS) continue;
      found.splice(at, 0, i);
      if (found.length > VOTERS) found.pop();
      if (found.length === VOTERS) least = likeness[found[VOTERS - 1]!]!;
    }
    return found;
  }
}
