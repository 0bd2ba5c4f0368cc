import { createHash, timingSafeEqual } from 'node:crypto';
import type restify from 'restify';
import type { Server } from 'restify';
import { z } from 'zod';
import { standingOf } from '../../data/desk/standing.ts';
import { oldestFirst } from '../../data/desk/queue.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import type { Result } from '../../data/model/result.ts';
import { refuse } from '../../data/model/result.ts';
import { TicketId } from '../../data/model/ids.ts';
import type { Helper, Ticket } from '../../data/model/ticket.ts';
import { claimTicket } from '../../data/operations/claimTicket.ts';
import { closeTicket } from '../../data/operations/closeTicket.ts';
import { relayFromHelper } from '../../data/operations/relayMessage.ts';
import { mask } from '../../data/text/mask.ts';
import { oneLine, plain } from '../../data/text/visible.ts';
import type { House } from '../house.ts';
import { publicBriefing, publicLog, publicTicket } from './webhook.ts';

// A help desk that works in another system: `openapi.yaml` beside this file says what it may do here.

const name = z.string().transform(oneLine).pipe(z.string().min(1).max(200));
const Claim = z.object({ helper: z.object({ name }) });
const Message = Claim.extend({ text: z.string().transform(plain).pipe(z.string().min(1).max(28_000)) });
const Close = Claim.extend({ reason: z.string().max(2000).default('') });
/** As long as it is a key and no text. */
const Key = z.string().regex(/^[\x21-\x7e]{1,200}$/);

interface Answer {
  status: number;
  body: object;
}

const STATUS: Partial<Record<Refusal['kind'], number>> = { ticketUnknown: 404, alreadyClaimed: 409, ticketClosed: 409, notClaimed: 409 };

/** Adds the API to the server; without a key there is none. */
export function addDeskApi(server: Server, house: House, { apiKey, tenantId }: { apiKey: string | undefined; tenantId: string | undefined }): void {
  if (apiKey === undefined || tenantId === undefined) return;
  const base = '/api/help-desk/tickets';
  const guarded = (handle: (req: restify.Request) => Promise<Answer>) => async (req: restify.Request, res: restify.Response): Promise<void> => {
    if (!isSame(req.header('authorization', ''), `Bearer ${apiKey}`)) {
      res.header('www-authenticate', 'Bearer');
      res.send(401, { error: 'unauthorized', message: 'Send the key of HELP_DESK_API_KEY as Authorization: Bearer.' });
      return;
    }
    try {
      const { status, body } = await handle(req);
      res.send(status, body);
    } catch (err) {
      house.log.error({ err }, 'the help desk API failed');
      res.send(500, { error: 'failed', message: 'Something went wrong. Nothing was changed, or the same request may be sent again.' });
    }
  };
  const load = async (req: restify.Request): Promise<Ticket | undefined> => {
    const id = TicketId.safeParse((req.params as { id?: unknown }).id);
    return id.success ? house.tickets.get(tenantId, id.data) : undefined;
  };
  const act = <T extends z.infer<typeof Claim>>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, done: (ticket: Ticket, by: Helper, said: T, req: restify.Request) => Promise<Result<Ticket, Refusal> | Answer>) =>
    guarded(async (req) => {
      const said = schema.safeParse(req.body);
      if (!said.success) return invalid(said.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
      const ticket = await load(req);
      const result = ticket ? await done(ticket, { name: said.data.helper.name }, said.data, req) : refuse({ kind: 'ticketUnknown' } as const);
      if ('status' in result) return result;
      if (!result.ok) return refused(result.refusal);
      house.follow(result.value);
      return { status: 200, body: { ticket: publicTicket(result.value) } };
    });

  server.get(base, guarded(async () => ({ status: 200, body: { tickets: oldestFirst((await house.tickets.ofTenant(tenantId)).filter((ticket) => standingOf(ticket).state !== 'closed')).map(publicTicket) } })));
  server.get(`${base}/:id`, guarded(async (req) => {
    const ticket = await load(req);
    return ticket ? { status: 200, body: { ticket: publicTicket(ticket), briefing: publicBriefing(ticket), log: publicLog(ticket) } } : refused({ kind: 'ticketUnknown' });
  }));
  server.post(`${base}/:id/claim`, act(Claim, (ticket, by) => claimTicket(house, ticket, by)));
  server.post(`${base}/:id/close`, act(Close, (ticket, by, { reason }) => closeTicket(house, ticket, by, mask(reason).text)));
  server.post(`${base}/:id/messages`, act(Message, async (ticket, by, { text }, req) => {
    const key = Key.safeParse(req.header('idempotency-key', ''));
    if (!key.success) return invalid('send an Idempotency-Key header, the same again for the same message');
    return relayFromHelper(house, ticket, { source: `api ${key.data}`, by, content: { text: mask(text).text, files: [], lost: [] } });
  }));
}

function invalid(message: string): Answer {
  return { status: 400, body: { error: 'invalid', message } };
}

function refused(refusal: Refusal): Answer {
  const message = refusal.kind === 'alreadyClaimed' ? `It is claimed by ${refusal.name}.` : { ticketUnknown: 'There is no such ticket.', ticketClosed: 'The ticket is closed.', notClaimed: 'Claim the ticket first.' }[refusal.kind as 'ticketUnknown'];
  return { status: STATUS[refusal.kind] ?? 409, body: { error: refusal.kind, message } };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** In a time that tells nothing of the key. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}
