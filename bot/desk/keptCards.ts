import { waiting } from '../../data/desk/queue.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { TicketKey } from '../../data/operations/changeTicket.ts';
import { isAdministrator, isParty } from '../../data/rules/rules.ts';
import type { House } from '../house.ts';
import { briefingActivity, leftActivities, statusActivity } from './cards.ts';
import type { Told } from './outgoing.ts';
import { send } from './send.ts';

/** The cards that are kept current: the briefing, what is left of it in threads that were left, and the person's. */
export class KeptCards {
  private readonly house: House;
  /** What stands where, so that nothing is drawn twice the same. */
  private readonly drawn = new Map<string, string>();

  constructor(house: House) {
    this.house = house;
  }

  /** The cards that show how the ticket stands, on both sides, and of the others who wait, whose places moved. */
  async redraw(key: TicketKey): Promise<void> {
    const { house } = this;
    const ticket = await house.tickets.get(key.tenantId, key.id);
    if (!ticket) return;
    await this.put(`desk ${ticket.id}`, await briefingActivity(house, ticket));
    for (const left of await leftActivities(house, ticket)) await this.put(`left ${left.id} ${ticket.id}`, left);
    const others = waiting(await house.tickets.ofTenant(key.tenantId)).filter(({ channel, id }) => channel === ticket.channel && id !== ticket.id);
    for (const one of [ticket, ...others]) await this.put(`person ${one.id}`, await statusActivity(house, one));
    if (standingOf(ticket).state !== 'closed') return;
    for (const key2 of this.drawn.keys()) if (key2.endsWith(` ${ticket.id}`)) this.drawn.delete(key2);
    // Cards that waited while a helper had the chat.
    for (const record of await house.contracts.ofTenant(ticket.tenantId)) if (record.requests.some((request) => isAdministrator(ticket.personId, record) || isParty(ticket.personId, request))) house.settle(ticket.tenantId, record.contract.id);
  }

  private async put(key: string, what: Extract<Told, { kind: 'update' }> | undefined): Promise<void> {
    if (!what) return;
    const now = JSON.stringify(what);
    if (this.drawn.get(key) === now) return;
    this.drawn.set(key, now);
    const outcome = await send(this.house, what);
    // Drawn again by the next change, or the next look.
    if (outcome.kind !== 'done') this.drawn.delete(key);
  }
}
