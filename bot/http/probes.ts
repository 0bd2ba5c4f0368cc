import { timingSafeEqual } from 'node:crypto';
import type restify from 'restify';
import type { Server } from 'restify';
import type { Metrics } from '../metrics.ts';
import type { Checks, Readiness } from '../readiness.ts';
import { isOnThisMachine } from '../teams/serviceUrl.ts';

/** For whoever runs the bot: is it alive, is it ready, how is it doing. */
export function addProbes(server: Server, { readiness, metrics, metricsToken }: { readiness: Readiness; metrics: Metrics; metricsToken: string | undefined }): void {
  server.get('/healthz', async (_req: restify.Request, res: restify.Response) => {
    res.send(200, { ok: true });
  });

  server.get('/readyz', async (req: restify.Request, res: restify.Response) => {
    const checks = asked(req, await readiness.look());
    res.send(Object.values(checks).every((check) => check === 'ok' || check === 'off') ? 200 : 503, checks);
  });

  server.get('/metrics', async (req: restify.Request, res: restify.Response) => {
    if (!maySee(req, metricsToken)) {
      res.send(401, { error: 'send METRICS_TOKEN as a bearer token' });
      return;
    }
    const text = await metrics.text();
    res.writeHead(200, { 'content-type': metrics.contentType, 'content-length': Buffer.byteLength(text) });
    res.end(text);
  });
}

/** `?of=store,token`: only these, for whoever decides by it whether people come here at all; a help desk's channel that was deleted is no reason. */
function asked(req: restify.Request, checks: Checks): Partial<Checks> {
  const of = new URL(req.url ?? '', 'http://x').searchParams.get('of')?.split(',');
  const chosen = Object.entries(checks).filter(([check]) => of === undefined || of.includes(check));
  return chosen.length === 0 ? checks : Object.fromEntries(chosen);
}

/** With a token, whoever has it; without one, who calls this machine by a name of its own: a proxy on it passes on another name, and says mostly whom it speaks for. */
function maySee(req: restify.Request, token: string | undefined): boolean {
  if (token !== undefined) {
    const [given, expected] = [Buffer.from(req.header('authorization', '')), Buffer.from(`Bearer ${token}`)];
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
  const { remoteAddress = '' } = req.socket;
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(remoteAddress) && isOnThisMachine(`http://${req.header('host', '')}`) && req.header('x-forwarded-for', '') === '' && req.header('forwarded', '') === '';
}
