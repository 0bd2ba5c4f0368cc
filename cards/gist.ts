import type { Entry } from '../data/knowledge/entry.ts';

/** How an answer begins, so that people see whether it is theirs: of what holds for everybody, if anything does. */
export function gist({ paragraphs }: Entry): string {
  const first = paragraphs.find(({ case: one }) => !one) ?? paragraphs[0];
  return /^.+?(?:。|[.!?](?=\s|$))/u.exec(first?.text ?? '')?.[0] ?? first?.text ?? '';
}
