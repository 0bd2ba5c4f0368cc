import type { Chat } from '../../model/chat.ts';
import type { ChatStore, Saved } from '../../ports.ts';
import type { Opened } from './table.ts';
import { Table } from './table.ts';
import type { Tenants } from './tenants.ts';

const WITH_REMINDERS = "select tenant_id, key, xmin::text || '/' || version as stamp from chats where tenant_id = $1 and has_reminders order by key";

/** What is remembered of conversations. */
export class PostgresChats implements ChatStore {
  private readonly table: Table<'chats'>;
  private readonly tenants: Tenants;

  constructor(opened: Opened) {
    this.table = new Table('chats', opened);
    this.tenants = opened.tenants;
  }

  async get(tenantId: string, conversationId: string): Promise<Chat | undefined> {
    const chat = await this.table.get(tenantId, conversationId);
    return chat && { ...chat, tenantId };
  }

  save(chat: Chat): Promise<Saved> {
    return this.table.save(chat);
  }

  withReminders(): Promise<Chat[]> {
    return this.tenants.flatMap((tenantId) => this.table.select(WITH_REMINDERS, [tenantId]));
  }
}
