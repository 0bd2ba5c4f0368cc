/** A function of a text that gives the same for the same: what it gave last is kept, because one turn asks it about one text again and again. */
export function remembersLast<R>(of: (text: string) => R): (text: string) => R {
  let last: { text: string; result: R } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, result: of(text) };
    return last.result;
  };
}
