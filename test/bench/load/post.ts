import { Agent, request } from 'node:http';

/** What a bot answered. */
export interface Answer {
  status: number;
  body: string;
}

/** Posts JSON over connections that are kept. */
export interface Post {
  /** Rejects when there is no answer. */
  post: (url: string, body: object, headers: Record<string, string>) => Promise<Answer>;
  /** Lets the connections go that nobody used for a while: a server closes them, perhaps just when they are used again. */
  forget: () => void;
}

export function keptAlive(): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const post: Post['post'] = (url, body, headers) =>
    new Promise((resolve, reject) => {
      const json = JSON.stringify(body);
      const req = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json), ...headers } }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.once('end', () => resolve({ status: res.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
        res.once('error', reject);
      });
      req.once('error', reject);
      req.end(json);
    });
  return { post, forget: () => agent.destroy() };
}
