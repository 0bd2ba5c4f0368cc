import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * One question and what tells a right reply: `must` is a list of groups of regular expressions, of each group one has to
 * match; none of `mustNot` may. What is `out-of-scope` must not be answered from the knowledge at all.
 */
const Case = z.object({
  id: z.string(),
  lang: z.enum(['ja', 'en']),
  kind: z.enum(['answerable', 'out-of-scope']),
  text: z.string().min(1),
  /** Fact numbers. */
  fact: z.array(z.number()),
  must: z.array(z.array(z.string())),
  mustNot: z.array(z.string()),
});
export type Case = z.infer<typeof Case>;

/** Reads a file of cases, one JSON object a line. Throws naming the line that is none. */
export async function readCases(file: string): Promise<Case[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    try {
      return Case.parse(JSON.parse(line));
    } catch (error) {
      throw new Error(`${file}, case ${i + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
}

export interface Reply {
  /** What is to read, without buttons. */
  text: string;
  /** Whether it claims to be the answer. */
  isAnswer: boolean;
  /** Whether it asks back which of a few was meant. */
  isQuestion: boolean;
}

/** What is wrong with a reply; undefined when nothing is. */
export function faultOf({ kind, must, mustNot }: Case, { text, isAnswer, isQuestion }: Reply): string | undefined {
  const matches = (pattern: string): boolean => new RegExp(pattern, 'iu').test(text);
  const bad = mustNot.find(matches);
  if (bad !== undefined) return `says ${bad}`;
  if (kind === 'out-of-scope') return isAnswer ? 'is answered' : isQuestion ? 'is asked back' : undefined;
  const lacks = must.find((group) => !group.some(matches));
  if (!lacks) return undefined;
  return `${isAnswer ? 'answers without' : isQuestion ? 'asks back, without' : 'does not know'} ${lacks[0] ?? ''}`;
}
