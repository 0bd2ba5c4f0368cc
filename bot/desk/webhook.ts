import { createHmac } from 'node:crypto';
import { standingOf } from '../../data/desk/standing.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { contentOf } from '../../data/operations/relayMessage.ts';
import { lastFour, withoutContracts } from './contractIds.ts';
import type { Outcome } from '../teams/http.ts';

const TIMEOUT_MS = 10_000;

/** What a system elsewhere is told: one event of one ticket. The id stays the same however often it is sent. */
export interface WebhookEvent {
  id: string;
  /** `ticket.opened`, `ticket.said`, …: the kinds of `TicketEvent`. */
  type: string;
  /** When it happened: ISO 8601 in UTC. */
  timestamp: string;
  data: Record<string, unknown>;
}

export interface WebhookSettings {
  url: string;
  /** `whsec_` and base64, or any text. */
  secret: string;
}

/** Sends an event; done when it was answered with 2xx. */
export type Webhook = (event: WebhookEvent) => Promise<Outcome<undefined>>;

export function webhookEvent(ticket: Ticket, n: number): WebhookEvent {
  const { kind, at, ...event } = publicEvent(ticket, n);
  return { id: `${ticket.id}.${n}`, type: `ticket.${String(kind)}`, timestamp: String(at), data: { n, ticket: publicTicket(ticket), ...event, ...(kind === 'opened' ? { briefing: publicBriefing(ticket) } : {}) } };
}

/** A ticket as systems elsewhere see it. */
export function publicTicket(ticket: Ticket): Record<string, unknown> {
  const { id, name, mail, language, subject, question } = ticket;
  const { state, helper, waitsSince, rated } = standingOf(ticket);
  return { id, state, subject, language, question: withoutContracts(question, ticket), waitsSince, person: { name, mail }, ...(helper ? { helper: { name: helper.name } } : {}), ...(rated ? { solved: rated.solved } : {}) };
}

/** What is known of a ticket, as systems elsewhere see it: as on the card, without whole contract IDs. */
export function publicBriefing(ticket: Ticket): Ticket['briefing'] {
  const { briefing } = ticket;
  const masked = (text: string): string => withoutContracts(text, ticket);
  return {
    ...briefing,
    contracts: briefing.contracts.map(lastFour),
    values: Object.fromEntries(Object.entries(briefing.values).map(([slot, value]) => [slot, masked(value)])),
    answers: briefing.answers.map((one) => ({ ...one, question: masked(one.question) })),
    transcript: briefing.transcript.map((line) => ({ ...line, text: masked(line.text) })),
  };
}

/** What happened in a ticket, as systems elsewhere see it: messages as they are now, nobody's ids, contract IDs masked. */
export function publicLog(ticket: Ticket): object[] {
  const gone = new Set(ticket.log.flatMap((event) => (event.kind === 'deleted' ? [event.of] : [])));
  return ticket.log.flatMap((_event, n) => (gone.has(n) && contentOf(ticket, n) === undefined ? [] : [{ n, ...publicEvent(ticket, n) }]));
}

function publicEvent(ticket: Ticket, n: number): Record<string, unknown> {
  const event = ticket.log[n];
  if (!event) return {};
  const { source: _own, ...shown } = event as Record<string, unknown>;
  const masked = (text: unknown): unknown => (typeof text === 'string' ? withoutContracts(text, ticket) : text);
  for (const who of ['by', 'to']) if (who in shown) shown[who] = nameOnly(shown[who]);
  for (const words of ['text', 'note', 'reason', 'sentence']) if (words in shown) shown[words] = masked(shown[words]);
  const content = event.kind === 'said' || event.kind === 'replied' ? contentOf(ticket, n) : event.kind === 'edited' ? event.content : undefined;
  if (content) shown['content'] = { ...content, text: masked(content.text), ...(content.html === undefined ? {} : { html: masked(content.html) }) };
  return shown;
}

function nameOnly(by: unknown): unknown {
  return by !== null && typeof by === 'object' ? { name: (by as { name?: unknown }).name } : by;
}

/** Signed as Standard Webhooks 1.0.0 says (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body. */
export function createWebhook({ url, secret }: WebhookSettings): Webhook {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return async (event) => {
    const body = JSON.stringify(event);
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', key).update(`${event.id}.${time}.${body}`).digest('base64');
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'content-type': 'application/json', 'webhook-id': event.id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` },
      });
      await response.body?.cancel();
      return response.ok ? { kind: 'done', value: undefined } : { kind: 'again' };
    } catch {
      return { kind: 'again' };
    }
  };
}
