import type { Server as HttpServer, ServerResponse } from 'node:http';
import type restify from 'restify';
import type { Server } from 'restify';
import { withinTime } from '../withinTime.ts';

/** They go on to answer while the bot stops: the process is alive, and how it is doing. */
const ALWAYS: ReadonlySet<string> = new Set(['/healthz', '/metrics']);

/** The requests of a server that are in work. When the bot stops, these are ended and no others are taken. */
export class Requests {
  private readonly server: Server;
  private readonly http: HttpServer;
  private readonly inWork = new Set<ServerResponse>();
  private isStopping = false;

  constructor(server: Server) {
    this.server = server;
    this.http = (server as unknown as { server: HttpServer }).server;
    // Behind the parser of bodies: a request that was half there when the bot stopped is not taken either.
    server.use((req: restify.Request, res: restify.Response, next: restify.Next) => this.take(req, res, next));
    // Both are over, the answer and its handler, which goes on when the sender has hung up.
    server.on('after', (_req: restify.Request, res: restify.Response) => void this.inWork.delete(res));
  }

  /**
   * Takes no new requests. New connections are refused and idle ones are closed: whoever stands before several processes goes to
   * another one. What comes over a connection that is in use gets 503.
   */
  stop(): void {
    this.isStopping = true;
    for (const res of this.inWork) if (!res.headersSent) res.setHeader('connection', 'close');
    this.server.close();
  }

  /** Waits until those in work are ended, and not longer than `ms`; how many are left then. */
  async ended(ms: number): Promise<number> {
    const isOver = new Promise<void>((resolve) => {
      const look = (): void => void (this.inWork.size === 0 && resolve());
      this.server.on('after', look);
      look();
    });
    await withinTime(isOver, ms).catch(() => undefined);
    return this.inWork.size;
  }

  /** Cuts off whoever is still there. */
  cut(): void {
    this.http.closeAllConnections();
  }

  private take(req: restify.Request, res: restify.Response, next: restify.Next): void {
    if (this.isStopping) res.setHeader('connection', 'close');
    if (this.isStopping && !ALWAYS.has(req.path())) {
      res.send(503, { error: 'the bot is stopping' });
      next(false);
      return;
    }
    this.inWork.add(res);
    next();
  }
}
