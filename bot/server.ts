import type { Activity } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import restify from 'restify';
import type { Server } from 'restify';
import { z } from 'zod';
import type { Bot } from './app.ts';

const MAX_BODY = 256 * 1024;

/** The least that every activity from a channel has; the SDK answers 500 when it is missing. */
const Received = z
  .object({
    type: z.string().min(1),
    channelId: z.string().min(1),
    serviceUrl: z.string().url(),
    conversation: z.object({ id: z.string().min(1) }).passthrough(),
    from: z.object({ id: z.string().min(1) }).passthrough(),
    recipient: z.object({ id: z.string().min(1) }).passthrough(),
    text: z.string().optional(),
    entities: z.array(z.object({ type: z.string() }).passthrough()).optional(),
    membersAdded: z.array(z.object({ id: z.string() }).passthrough()).optional(),
  })
  .passthrough();

/** The HTTP side: activities at `/api/messages`, a sign of life at `/healthz`. */
export function createServer(bot: Bot): Server {
  const { log } = bot.house;
  const server = restify.createServer({ name: 'vl-access-bot' });
  server.use(restify.plugins.bodyParser({ mapParams: false, maxBodySize: MAX_BODY }));

  server.get('/healthz', async (_req: restify.Request, res: restify.Response) => {
    res.send(200, { ok: true });
  });

  server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
    const received = Received.safeParse(req.body);
    if (!received.success) {
      res.send(400, { error: `not an activity: ${received.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ')}` });
      return;
    }
    try {
      const answer = await bot.adapter.receive(req.header('authorization', ''), received.data as unknown as Partial<Activity>, (context) => bot.run(context));
      res.send(answer?.status ?? 200, answer?.body as unknown);
    } catch (err) {
      if (err instanceof AuthenticationError) {
        log.warn({ reason: err.message }, 'a request was not authenticated');
        res.send(401);
      } else {
        log.error({ err }, 'an activity could not be answered');
        res.send(500);
      }
    }
  });
  return server;
}
