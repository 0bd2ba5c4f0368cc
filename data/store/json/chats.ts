import type { Chat } from '../../model/chat.ts';
import type { ChatStore, Saved } from '../../ports.ts';
import type { Collection } from './collection.ts';
import { fileKey } from './fileKey.ts';

/** What is remembered of conversations, in files, one each. */
export class JsonChats implements ChatStore {
  private readonly files: Collection<Chat>;

  constructor(files: Collection<Chat>) {
    this.files = files;
  }

  async get(tenantId: string, conversationId: string): Promise<Chat | undefined> {
    const chat = this.files.get(fileKey('chats', { conversationId }));
    return chat?.tenantId === '' || chat?.tenantId === tenantId ? chat && { ...chat, tenantId } : undefined;
  }

  save(chat: Chat): Promise<Saved> {
    return this.files.save(chat);
  }

  async withReminders(): Promise<Chat[]> {
    return this.files.all().filter(({ reminders = [] }) => reminders.length > 0);
  }
}
