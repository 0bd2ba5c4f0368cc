import { passTicketTime } from '../../data/operations/passTicketTime.ts';
import type { House } from '../house.ts';

/** Lets the time pass on every open ticket. */
export async function passDesk(house: House): Promise<void> {
  for (const ticket of await house.tickets.unsettled()) {
    // One that fails stops no other; it is tried again with the next tick.
    house.background.run(`desk time ${ticket.tenantId}/${ticket.id}`, async () => {
      if (await passTicketTime(house, await house.helpDesks.get(ticket.tenantId), ticket)) house.follow(ticket);
    });
  }
}
