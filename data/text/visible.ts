/**
 * What people typed, without what nobody can see (format characters, fillers) at the ends: a reason of zero-width
 * spaces is no reason.
 */
export function visible(typed: string): string {
  const blank = /^[\s\p{C}\u2800\u3164\u115F\u1160\uFFA0]$/u;
  const characters = Array.from(typed);
  let [from, to] = [0, characters.length];
  while (from < to && blank.test(characters[from] ?? '')) from += 1;
  while (to > from && blank.test(characters[to - 1] ?? '')) to -= 1;
  return characters.slice(from, to).join('');
}

/** Several lines that people wrote, without what steers the screen or the direction of writing, and at most one blank line in a row. */
export function plain(typed: string): string {
  return visible(typed.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\n\u200D])[\p{Cc}\p{Cf}\p{Cs}]/gu, '').replaceAll(/\n{3,}/g, '\n\n'));
}

/** A name on one line: no line breaks, nothing that turns the direction of writing; at most 256 characters. */
export function oneLine(name: string): string {
  return visible(name.replace(/[\p{C}\u2028\u2029]+/gu, ' ')).slice(0, 256);
}
