import { Day } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import { administratorsOf } from '../rules/rules.ts';
import type { Deps } from './deps.ts';
import { contractsAdministeredBy } from './lists.ts';

/** The people who could stand in for an administrator: who administers one of the same contracts. */
export async function possibleDeputies(deps: Pick<Deps, 'contracts'>, actor: Person): Promise<string[]> {
  const own = await contractsAdministeredBy(deps.contracts, actor);
  return [...new Set(own.flatMap(administratorsOf))].filter((id) => id !== actor.id);
}

/** Notes that somebody is away through a day (YYYY-MM-DD), and who stands in; without a day, that they are back. */
export async function setAway(deps: Pick<Deps, 'contracts' | 'people' | 'clock'>, actor: Person, wish: { until: string; deputyId: string }): Promise<Result<Person, Refusal>> {
  const today = deps.clock.now().toISOString().slice(0, 10);
  const until = Day.safeParse(wish.until.trim());
  if (wish.until.trim() !== '' && (!until.success || until.data < today || until.data > `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`)) return refuse({ kind: 'untilInvalid' });
  const deputyId = (await possibleDeputies(deps, actor)).find((id) => id === wish.deputyId);
  for (;;) {
    const { away: _before, ...known } = (await deps.people.get(actor.tenantId, actor.id)) ?? actor;
    const next: Person = until.success ? { ...known, away: { until: until.data, ...(deputyId === undefined ? {} : { deputyId }) } } : known;
    if ((await deps.people.save(next)) === 'saved') return ok({ ...next, version: next.version + 1 });
  }
}

/** Whether somebody is away at an instant. */
export function isAway({ away }: Pick<Person, 'away'>, now: Date): boolean {
  return away !== undefined && away.until >= now.toISOString().slice(0, 10);
}
