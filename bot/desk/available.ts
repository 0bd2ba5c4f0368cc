import type { House } from '../house.ts';

/** Whether a company has a help desk, here or elsewhere. */
export async function hasHelpDesk(house: House, tenantId: string): Promise<boolean> {
  return house.elsewhereFor(tenantId) || ((await house.helpDesks.get(tenantId))?.channels.length ?? 0) > 0;
}
