import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Mail, ObjectId, TenantId } from '../data/model/ids.ts';
import type { Person } from '../data/model/person.ts';
import { Role } from '../data/model/role.ts';
import { assignRoles } from '../data/operations/assignRoles.ts';
import type { Deps } from '../data/operations/deps.ts';
import { importContracts } from '../data/operations/importContracts.ts';
import { recognise } from '../data/operations/recognise.ts';
import { requestRole } from '../data/operations/requestRole.ts';

const Wish = z.object({ by: Mail, contract: z.string(), for: Mail, roles: z.array(Role) });

export const Sample = z.object({
  tenantId: TenantId,
  people: z.array(z.object({ mail: Mail, objectId: ObjectId, name: z.string() })),
  assignments: z.array(Wish),
  requests: z.array(Wish.extend({ reason: z.string() })),
});

/** Fills an empty store with the sample, through the same operations that people use. Returns whether it did. */
export async function seedSample(deps: Deps, folder: string): Promise<boolean> {
  const sample = Sample.parse(parse(await readFile(join(folder, 'sample.yaml'), 'utf8')));
  if ((await deps.contracts.ofTenant(sample.tenantId)).length > 0) return false;
  await importContracts(deps, await readFile(join(folder, 'contracts.csv'), 'utf8'));
  const people = new Map<string, Person>();
  for (const speaker of sample.people) {
    const person = await recognise(deps.people, deps.clock, { tenantId: sample.tenantId, ...speaker });
    if (person) people.set(person.mail, person);
  }
  const actor = (mail: string): Person => {
    const person = people.get(mail);
    if (!person) throw new Error(`sample.yaml: ${mail} is not among the people`);
    return person;
  };
  for (const wish of sample.assignments) mustBeOk(await assignRoles(deps, actor(wish.by), { contractId: wish.contract, forMail: wish.for, roles: wish.roles, until: '', external: false }));
  for (const wish of sample.requests) mustBeOk(await requestRole(deps, actor(wish.by), { contractId: wish.contract, forMail: wish.for, roles: wish.roles, reason: wish.reason, ticket: '', until: '', external: false }));
  return true;
}

function mustBeOk(result: { ok: boolean; refusal?: { kind: string } }): void {
  if (!result.ok) throw new Error(`sample.yaml: refused, ${result.refusal?.kind ?? ''}`);
}
