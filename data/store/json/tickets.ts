import { isSettled } from '../../desk/settled.ts';
import type { Ticket } from '../../model/ticket.ts';
import type { Saved, TicketStore } from '../../ports.ts';
import type { Collection } from './collection.ts';
import { fileKey } from './fileKey.ts';

/** Tickets in files, one each. */
export class JsonTickets implements TicketStore {
  private readonly files: Collection<Ticket>;
  private readonly unsettledKeys = new Set<string>();
  private readonly keyOfThread = new Map<string, string>();
  private readonly keysOfTenant = new Map<string, Set<string>>();
  /** The newest of each person. */
  private readonly keyOfPerson = new Map<string, string>();

  constructor(files: Collection<Ticket>) {
    this.files = files;
    for (const ticket of files.all().toSorted(byOpening)) this.index(ticket);
  }

  async get(tenantId: string, id: string): Promise<Ticket | undefined> {
    return this.files.get(fileKey('tickets', { tenantId, id }));
  }

  async ofTenant(tenantId: string): Promise<Ticket[]> {
    return this.all(this.keysOfTenant.get(tenantId) ?? []);
  }

  async lastOf(tenantId: string, personId: string): Promise<Ticket | undefined> {
    return this.files.get(this.keyOfPerson.get(`${tenantId}/${personId}`) ?? '');
  }

  async byThread(tenantId: string, channel: string, thread: string): Promise<Ticket | undefined> {
    return this.files.get(this.keyOfThread.get(threadKey(tenantId, channel, thread)) ?? '');
  }

  async unsettled(): Promise<Ticket[]> {
    return this.all(this.unsettledKeys);
  }

  async unsettledIn(tenantId: string, conversationId: string): Promise<Ticket[]> {
    return this.all(this.unsettledKeys).filter((ticket) => ticket.tenantId === tenantId && ticket.place.conversationId === conversationId);
  }

  async save(ticket: Ticket): Promise<Saved> {
    const saved = await this.files.save(ticket);
    if (saved === 'saved') this.index(ticket);
    return saved;
  }

  async remove(key: Pick<Ticket, 'tenantId' | 'id'>): Promise<void> {
    const ticket = await this.get(key.tenantId, key.id);
    if (!ticket) return;
    await this.files.remove(fileKey('tickets', key));
    this.forget(ticket);
  }

  private all(keys: Iterable<string>): Ticket[] {
    return [...keys].map((key) => this.files.get(key)).filter((ticket) => ticket !== undefined);
  }

  private index(ticket: Ticket): void {
    const key = fileKey('tickets', ticket);
    const { tenantId, threads, personId } = ticket;
    if (isSettled(ticket)) this.unsettledKeys.delete(key);
    else this.unsettledKeys.add(key);
    for (const { channel, thread } of threads) this.keyOfThread.set(threadKey(tenantId, channel, thread), key);
    if (this.keysOfTenant.get(tenantId)?.has(key) !== true) this.keyOfPerson.set(`${tenantId}/${personId}`, key);
    this.keysOfTenant.set(tenantId, (this.keysOfTenant.get(tenantId) ?? new Set()).add(key));
  }

  private forget(ticket: Ticket): void {
    const key = fileKey('tickets', ticket);
    const { tenantId, personId, threads } = ticket;
    this.unsettledKeys.delete(key);
    for (const { channel, thread } of threads) this.keyOfThread.delete(threadKey(tenantId, channel, thread));
    const keys = this.keysOfTenant.get(tenantId);
    keys?.delete(key);
    const person = `${tenantId}/${personId}`;
    if (this.keyOfPerson.get(person) !== key) return;
    // The one before it is the newest now.
    const left = this.all(keys ?? []).filter((one) => one.personId === personId).toSorted(byOpening).at(-1);
    if (left) this.keyOfPerson.set(person, fileKey('tickets', left));
    else this.keyOfPerson.delete(person);
  }
}

function byOpening(a: Ticket, b: Ticket): number {
  return (a.log[0]?.at ?? '').localeCompare(b.log[0]?.at ?? '');
}

function threadKey(tenantId: string, channel: string, thread: string): string {
  return `${tenantId} ${channel} ${thread}`;
}
