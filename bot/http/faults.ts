import type { Request, Response, Server } from 'restify';
import type { Log } from '../log.ts';

/** Whoever asks hears of a fault in any route that there is one; what it says is for the log. restify itself would send its message. */
export function hideFaults(server: Server, log: Log): void {
  server.on('restifyError', (req: Request, res: Response, err: unknown, done: () => void) => {
    if (isOfRequest(err)) {
      done();
      return;
    }
    log.error({ err, method: req.method, route: (req.getRoute() as { path?: string } | undefined)?.path }, 'a request could not be answered');
    if (!res.headersSent) res.send(500, { error: 'the request could not be answered' });
  });
}

/** What restify itself refuses: there is no such route, or the body is too large or no JSON. It tells of nothing but the request. */
function isOfRequest(err: unknown): boolean {
  const { statusCode, body } = (err ?? {}) as { statusCode?: unknown; body?: unknown };
  return typeof statusCode === 'number' && statusCode < 500 && body !== undefined;
}
