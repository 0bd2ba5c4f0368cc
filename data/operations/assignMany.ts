import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Role } from '../model/role.ts';
import type { Assigned, AssignWish } from './assignRoles.ts';
import { assignRoles, checkAssignment } from './assignRoles.ts';
import type { Deps } from './deps.ts';
import { loadContract } from './load.ts';

/** Pairs of a person and a contract in one form. */
export const PAIRS_AT_ONCE = 60;

/** One line of a preview: what would be given, or why nothing. */
export type Line = { contractId: string; mail: string; until: string; external: boolean } & ({ roles: Role[]; refusal?: undefined } | { refusal: Refusal });

/** What each pair would come to if it were assigned now; changes nothing. */
export async function previewMany(deps: Deps, actor: Person, wishes: AssignWish[]): Promise<Line[]> {
  return Promise.all(
    wishes.map(async (wish): Promise<Line> => {
      const pair = { contractId: wish.contractId, mail: wish.forMail, until: wish.until, external: wish.external };
      const record = await loadContract(deps.contracts, actor, wish.contractId);
      const checked = record.ok ? await checkAssignment(deps, actor, record.value, wish) : record;
      if (!checked.ok) return { ...pair, refusal: checked.refusal };
      return { ...pair, contractId: record.ok ? record.value.contract.id : pair.contractId, mail: checked.value.mail, roles: checked.value.roles };
    }),
  );
}

/** Assigns each pair for itself: what is refused for one stops no other. */
export async function assignMany(deps: Deps, actor: Person, wishes: AssignWish[]): Promise<{ done: Assigned[]; refused: { contractId: string; mail: string; refusal: Refusal }[] }> {
  const done: Assigned[] = [];
  const refused: { contractId: string; mail: string; refusal: Refusal }[] = [];
  for (const wish of wishes) {
    const result = await assignRoles(deps, actor, wish);
    if (result.ok) done.push(result.value);
    else refused.push({ contractId: wish.contractId, mail: wish.forMail, refusal: result.refusal });
  }
  return { done, refused };
}
