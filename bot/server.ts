import type { Activity } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import restify from 'restify';
import type { Server } from 'restify';
import { z } from 'zod';
import type { Bot } from './app.ts';
import { addDeskApi } from './desk/api.ts';
import { addPictures } from './desk/pictures.ts';
import type { HttpLimits } from './http/harden.ts';
import { hideFaults } from './http/faults.ts';
import { harden, HTTP_LIMITS, isTooDeep } from './http/harden.ts';
import { addProbes } from './http/probes.ts';

const MAX_BODY = 256 * 1024;

const said = z.string().nullish();

/** It becomes part of a URL, and no server takes one of any length. */
const id = z.string().max(1_000);
const kind = z.string().min(1).max(100);

const Account = z.object({ id: id.min(1), name: said, aadObjectId: said, role: said, tenantId: said });

/** What the bot and the SDK read of an activity, with the types they take for granted: the SDK answers 500 without them. */
const Received = z
  .object({
    type: kind,
    id: id.nullish(),
    channelId: kind,
    serviceUrl: z.string().url().regex(/^https?:/),
    replyToId: id.nullish(),
    locale: said,
    text: said,
    conversation: z
      .object({
        // It becomes part of a URL and of a file name; channels use printable ASCII.
        id: z.string().regex(/^[\x21-\x7e]{1,500}$/),
        conversationType: said,
        isGroup: z.boolean().nullish(),
        name: said,
        role: said,
        tenantId: said,
      }),
    from: Account,
    recipient: Account,
    entities: z.array(z.object({ type: z.string(), text: said })).max(200).nullish(),
    membersAdded: z.array(z.object({ id: z.string() })).nullish(),
  });

/** The HTTP side: activities at `/api/messages`, and what `addProbes` tells whoever runs the bot. */
export function createServer(bot: Bot, limits: HttpLimits = HTTP_LIMITS): Server {
  const { log, metrics } = bot.house;
  const server = restify.createServer({ name: 'vl-access-bot' });
  server.pre(onlyPlainJson);
  server.use(restify.plugins.bodyParser({ mapParams: false, maxBodySize: MAX_BODY }));

  harden(server, limits);
  hideFaults(server, log);
  addProbes(server, { ...bot, metrics });

  server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
    if (isTooDeep(req.body)) {
      metrics.notLetIn('depth');
      res.send(400, { error: 'not an activity: too deep' });
      return;
    }
    const received = Received.safeParse(req.body);
    if (!received.success) {
      metrics.notLetIn('shape');
      res.send(400, { error: `not an activity: ${received.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ')}` });
      return;
    }
    try {
      const answer = await bot.receive(req.header('authorization', ''), req.body as Activity);
      respond(res, answer?.status ?? 200, answer?.body);
    } catch (err) {
      if (!(err instanceof AuthenticationError)) throw err;
      metrics.notLetIn('authentication');
      log.warn({ reason: err.message }, 'a request was not authenticated');
      res.send(401);
    }
  });
  if (bot.house.pictures) addPictures(server, bot.house.pictures);
  addDeskApi(server, bot.house, bot.deskApi);
  return server;
}

/** restify's own way costs more than the rest of an acknowledgement. */
function respond(res: restify.Response, status: number, body: unknown): void {
  const json = body === undefined ? '' : JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  res.end(json);
}

/** Refused before anything reads the body: the parser would unpack, or write uploads to disk, for whoever asks. */
function onlyPlainJson(req: restify.Request, res: restify.Response, next: restify.Next): void {
  const isJson = /^application\/json\s*(;|$)/i.test(req.header('content-type', ''));
  if (req.method === 'POST' && (!isJson || req.header('content-encoding', 'identity') !== 'identity')) {
    res.send(415, { error: 'send application/json, not compressed' });
    next(false);
  } else next();
}
