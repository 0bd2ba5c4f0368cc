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

  /** A conversation has one file: what begins for another tenant there takes the place of what was, which `get` does not show to that tenant. */
  save(chat: Chat): Promise<Saved> {
    const there = this.files.get(fileKey('chats', chat));
    const isNew = chat.version === 0 && there !== undefined && there.tenantId !== '' && there.tenantId !== chat.tenantId;
    return this.files.save(isNew ? { ...chat, version: there.version } : chat);
  }

  async withReminders(): Promise<Chat[]> {
    return this.files.all().filter(({ reminders = [] }) => reminders.length > 0);
  }
}
