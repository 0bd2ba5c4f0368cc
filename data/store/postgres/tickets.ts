import type { Ticket } from '../../model/ticket.ts';
import type { Saved, TicketStore } from '../../ports.ts';
import { threadKey } from './derived.ts';
import { keyText } from './keyText.ts';
import type { Opened } from './table.ts';
import { Table } from './table.ts';
import type { Tenants } from './tenants.ts';

const OF_TENANT = "select tenant_id, key, xmin::text || '/' || version as stamp from tickets where tenant_id = $1 order by opened_at, inserted_at";
const LAST_OF = "select tenant_id, key, xmin::text || '/' || version as stamp from tickets where tenant_id = $1 and person_id = $2 order by opened_at desc nulls last, inserted_at desc limit 1";
const BY_THREAD = "select tenant_id, key, xmin::text || '/' || version as stamp from tickets where tenant_id = $1 and thread_keys @> array[$2]::text[] order by inserted_at desc";
const UNSETTLED = "select tenant_id, key, xmin::text || '/' || version as stamp from tickets where tenant_id = $1 and not is_settled order by opened_at, inserted_at";
const UNSETTLED_IN = "select tenant_id, key, xmin::text || '/' || version as stamp from tickets where tenant_id = $1 and not is_settled and conversation_key = $2 order by opened_at, inserted_at";

/** Talks with the help desk. */
export class PostgresTickets implements TicketStore {
  private readonly table: Table<'tickets'>;
  private readonly tenants: Tenants;

  constructor(opened: Opened) {
    this.table = new Table('tickets', opened);
    this.tenants = opened.tenants;
  }

  get(tenantId: string, ticketId: string): Promise<Ticket | undefined> {
    return this.table.get(tenantId, ticketId);
  }

  ofTenant(tenantId: string): Promise<Ticket[]> {
    return this.table.select(OF_TENANT, [tenantId]);
  }

  async lastOf(tenantId: string, personId: string): Promise<Ticket | undefined> {
    return (await this.table.select(LAST_OF, [tenantId, keyText(personId)]))[0];
  }

  async byThread(tenantId: string, channel: string, thread: string): Promise<Ticket | undefined> {
    return (await this.table.select(BY_THREAD, [tenantId, threadKey(channel, thread)]))[0];
  }

  unsettled(): Promise<Ticket[]> {
    return this.tenants.flatMap((tenantId) => this.table.select(UNSETTLED, [tenantId]));
  }

  unsettledIn(tenantId: string, conversationId: string): Promise<Ticket[]> {
    return this.table.select(UNSETTLED_IN, [tenantId, keyText(conversationId)]);
  }

  save(ticket: Ticket): Promise<Saved> {
    return this.table.save(ticket);
  }

  remove(ticket: Ticket): Promise<void> {
    return this.table.remove(ticket);
  }
}
