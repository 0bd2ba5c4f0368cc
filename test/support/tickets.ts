import { Ticket } from '../../data/model/ticket.ts';
import { TENANT } from './people.ts';

/** A ticket that was just opened. */
export function ticket(id: string, more: Partial<Ticket> = {}): Ticket {
  return Ticket.parse({
    version: 0,
    id,
    tenantId: TENANT,
    personId: 'p-00000001',
    name: 'Taro',
    mail: 'taro@example.com',
    language: 'ja',
    subject: 'other',
    question: 'x',
    briefing: {},
    place: { conversationId: 'a:1', conversation: {} },
    log: [{ kind: 'opened', at: '2026-11-23T06:00:00.000Z' }],
    ...more,
  });
}
