import { NO_TENANT } from '../../model/ids.ts';
import type { Chat } from '../../model/chat.ts';
import type { ChatStore, Saved } from '../../ports.ts';
import type { Collection } from './collection.ts';
import { fileKey } from './fileKey.ts';

/** What is remembered of conversations, in files, one for each tenant that speaks there. */
export class JsonChats implements ChatStore {
  private readonly files: Collection<Chat>;

  constructor(files: Collection<Chat>) {
    this.files = files;
  }

  async get(tenantId: string, conversationId: string): Promise<Chat | undefined> {
    const chat = this.files.get(fileKey('chats', { tenantId, conversationId })) ?? this.withoutTenant(conversationId);
    return chat && { ...chat, tenantId };
  }

  async save(chat: Chat): Promise<Saved> {
    await this.adopt(chat);
    return this.files.save(chat);
  }

  async withReminders(): Promise<Chat[]> {
    return this.files.all().filter(({ reminders = [] }) => reminders.length > 0);
  }

  /** A record of the time when the conversation alone told whose it is. */
  private withoutTenant(conversationId: string): Chat | undefined {
    const chat = this.files.get(fileKey('chats', { tenantId: NO_TENANT, conversationId }));
    return chat?.tenantId === '' ? chat : undefined;
  }

  /** What was remembered without a tenant is that of the first one who speaks there. */
  private adopt({ tenantId, conversationId }: Chat): Promise<void> {
    return this.files.inTurn(`conversation ${conversationId}`, async () => {
      const chat = this.withoutTenant(conversationId);
      if (!chat || this.files.get(fileKey('chats', { tenantId, conversationId }))) return;
      // Asked for at once, they are one write of the journal.
      await Promise.all([this.files.put({ ...chat, tenantId }), this.files.remove(fileKey('chats', chat))]);
    });
  }
}
