import { isEnterprise } from '../../data/model/contract.ts';
import type { ContractRecord } from '../../data/model/record.ts';
import { beginProvisioning, provisioned, removedByProvisioner } from '../../data/operations/provisioned.ts';
import type { House } from '../house.ts';
import { reasonOf } from '../teams/directory.ts';
import { ProvisioningFault } from './billingRoles.ts';

/**
 * Enters through Microsoft's API what is approved on an EA or EAS contract, and removes what is left over there. What fails stays
 * as it is: an administrator does it by hand, and the next start tries again.
 */
export async function provision(house: House, record: ContractRecord): Promise<boolean> {
  const { provisioner } = house;
  const { tenantId, id: enrollment, program } = record.contract;
  if (!provisioner || !isEnterprise(program)) return false;
  let hasChanged = false;
  const attempt = async (assignmentId: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      hasChanged = true;
    } catch (error) {
      house.log.warn({ code: error instanceof ProvisioningFault ? error.code : reasonOf(error), assignment: assignmentId }, 'a role could not be provisioned; an administrator enters it by hand');
    }
  };
  for (const { id, personId, role } of record.assignments.filter((a) => a.state === 'approved' && a.external !== true && provisioner.enters(a.role))) {
    const person = await house.people.get(record.contract.tenantId, personId);
    const principalId = person?.objectId;
    if (!person || principalId === undefined) continue;
    await attempt(id, async () => {
      if (!(await beginProvisioning(house, { tenantId, contractId: enrollment, assignmentId: id })).ok) return;
      await provisioner.put({ enrollment, assignmentId: id, role, principalId, tenantId, mail: person.mail });
      await provisioned(house, { tenantId, contractId: enrollment, assignmentId: id });
    });
  }
  for (const { id, role } of record.leftovers.filter((one) => provisioner.enters(one.role) && one.provisioned === true)) {
    await attempt(id, async () => {
      await provisioner.remove({ enrollment, assignmentId: id });
      await removedByProvisioner(house, { tenantId, contractId: enrollment, assignmentId: id, role });
    });
  }
  return hasChanged;
}
