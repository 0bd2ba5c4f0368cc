import type { Assignment } from '../model/assignment.ts';
import type { Role } from '../model/role.ts';
import type { Deps } from './deps.ts';

/** New assignments, decided but not yet applied in Microsoft's portal. */
export function grant(
  deps: Pick<Deps, 'ids'>,
  given: { personId: string; roles: Role[]; by?: string; at: string; requestId?: string; state?: Assignment['state'] },
): Assignment[] {
  return given.roles.map((role) => ({
    version: 1,
    id: deps.ids.uuid(),
    personId: given.personId,
    role,
    state: given.state ?? 'approved',
    ...(given.by === undefined ? {} : { givenBy: given.by }),
    givenAt: given.at,
    ...(given.requestId === undefined ? {} : { requestId: given.requestId }),
  }));
}
