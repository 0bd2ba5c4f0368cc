/* oxlint-disable typescript/no-non-null-assertion -- indexes of typed arrays made here */
/** Texts as vectors, one behind the other: text `i` from `from[i]` to `from[i + 1]`. */
export interface Vectors {
  from: Int32Array;
  ids: Int32Array;
  values: Float32Array;
  /** How long each was before. */
  lengths: Float32Array;
}

/** Each of length 1, so that long and short questions weigh the same. */
export function vectorsOf(texts: number[][], known: Map<number, number>, rarity: Float32Array): Vectors {
  const from = new Int32Array(texts.length + 1);
  const most = texts.reduce((sum, features) => sum + features.length, 0);
  const ids = new Int32Array(most);
  const values = new Float32Array(most);
  const lengths = new Float32Array(texts.length);
  let end = 0;
  for (const [i, features] of texts.entries()) {
    let squares = 0;
    for (const feature of features) {
      const id = known.get(feature);
      if (id === undefined) continue;
      ids[end] = id;
      values[end] = rarity[id]!;
      squares += rarity[id]! ** 2;
      end += 1;
    }
    lengths[i] = Math.sqrt(squares) || 1;
    for (let at = from[i]!; at < end; at += 1) values[at]! /= lengths[i];
    from[i + 1] = end;
  }
  return { from, ids, values, lengths };
}
