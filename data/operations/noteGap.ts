import type { Gap } from '../model/gap.ts';
import type { Clock, GapStore } from '../ports.ts';
import { mask, withoutPeople } from '../text/mask.ts';
import { visible } from '../text/visible.ts';

/** So many different questions are kept for a tenant; then the one asked least, and longest ago, makes room. */
const KEPT = 2000;
/** Characters of a question that are kept. */
const LONGEST = 300;

/** A question as it is kept: one line, without people. Secrets were taken out before. */
export function keptQuestion(typed: string): string {
  return visible(withoutPeople(mask(typed).text).replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')).slice(0, LONGEST);
}

/** Keeps a question that had no sure answer; one asked before is counted. */
export async function noteGap(deps: { gaps: GapStore; clock: Clock }, asked: Pick<Gap, 'tenantId' | 'language' | 'near'> & { typed: string }): Promise<void> {
  const { tenantId, language, near, typed } = asked;
  const question = keptQuestion(typed);
  if (question === '') return;
  for (;;) {
    const before = await deps.gaps.get(tenantId, language, question);
    if (!before) await makeRoom(deps.gaps, tenantId);
    const now = { near: near.slice(0, 3), at: deps.clock.now().toISOString() };
    const next: Gap = before ? { ...before, ...now, times: before.times + 1 } : { version: 0, tenantId, language, question, times: 1, ...now };
    if ((await deps.gaps.save(next)) === 'saved') return;
  }
}

async function makeRoom(gaps: GapStore, tenantId: string): Promise<void> {
  const kept = await gaps.ofTenant(tenantId);
  if (kept.length < KEPT) return;
  const [rarest] = kept.toSorted((a, b) => a.times - b.times || a.at.localeCompare(b.at));
  if (rarest) await gaps.remove(rarest);
}
