import type { Who } from '../../support/people.ts';
import { TENANT } from '../../support/people.ts';

/** Somebody of the bench, by a number; the same in every run. */
export function person(n: number, kind = 'person'): Who {
  return {
    id: `29:${kind}-${n}`,
    objectId: `${kind === 'person' ? 'b' : 'a'}${String(n).padStart(7, '0')}-2222-4222-8222-222222222222`,
    mail: `${kind}${n}@example.com`,
    name: `${kind === 'person' ? 'Person' : 'Administrator'} ${n}`,
    tenantId: TENANT,
  };
}
