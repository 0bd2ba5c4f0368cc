import type { z } from 'zod';
import { digestOf } from './digest.ts';
import type { KindName, RecordOf } from './kinds.ts';
import { KINDS } from './kinds.ts';

/**
 * Reads what is stored of one record and says what is wrong with it. `digest`: what it was stored with; undefined in a file
 * that was written before there were digests, and gets one with its next save; null is damage.
 */
export function examine<K extends KindName>(kind: K, content: object, digest: unknown): { record: RecordOf<K> | undefined; problems: string[] } {
  const parsed = KINDS[kind].schema.safeParse(content);
  const problems = [...(parsed.success ? [] : [whereWrong(parsed.error)]), ...againstDigest(content, digest)];
  return { record: parsed.success ? parsed.data : undefined, problems };
}

function againstDigest(content: object, digest: unknown): string[] {
  // A digest whose own name was damaged: no field of a record but that looks like one.
  if (digest === undefined) return Object.values(content).some((value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) ? ['its digest stands under another name'] : [];
  if (digest === null) return ['it has no digest'];
  return digest === digestOf(content) ? [] : ['its digest is that of another content'];
}

/** Where a record is wrong, and how, in a few words. */
export function whereWrong({ issues }: z.ZodError): string {
  return issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ');
}
