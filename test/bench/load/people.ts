import type { Who } from '../../support/people.ts';
import { TENANT } from '../../support/people.ts';

const KINDS = { person: 'b', administrator: 'a', holder: 'c' } as const;

/** Somebody of the bench, by a number, the same in every run: somebody without a role, with the Administrator role on contracts, or with other roles. */
export function person(n: number, kind: keyof typeof KINDS = 'person'): Who {
  return {
    id: `29:${kind}-${n}`,
    objectId: `${KINDS[kind]}${String(n).padStart(7, '0')}-2222-4222-8222-222222222222`,
    mail: `${kind}${n}@example.com`,
    name: `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${n}`,
    tenantId: TENANT,
  };
}
