import type { Assignment } from '../model/assignment.ts';
import type { Act } from '../model/event.ts';
import type { Role } from '../model/role.ts';
import type { Deps } from './deps.ts';

interface Given {
  personId: string;
  roles: Role[];
  by?: string;
  at: string;
  requestId?: string;
  state?: Assignment['state'];
  until?: string | undefined;
  external?: boolean | undefined;
}

/** New assignments, decided but not yet applied in Microsoft's portal. */
export function grant(deps: Pick<Deps, 'ids'>, given: Given): Assignment[] {
  return given.roles.map((role) => ({
    version: 1,
    id: deps.ids.uuid(),
    personId: given.personId,
    role,
    state: given.state ?? 'approved',
    ...(given.by === undefined ? {} : { givenBy: given.by }),
    givenAt: given.at,
    ...(given.requestId === undefined ? {} : { requestId: given.requestId }),
    ...(given.until === undefined ? {} : { until: given.until }),
    ...(given.external === true ? { external: true } : {}),
  }));
}

/** What goes into the history when roles are given. */
export function granted({ personId, roles, by, at, state = 'approved', until }: Given): Act[] {
  return roles.map((role) => ({ kind: 'assigned' as const, at, ...(by === undefined ? {} : { by }), forId: personId, role, after: until === undefined ? state : `${state} until ${until}` }));
}
