import { Agent, request } from 'node:http';

/** What a bot answered. */
export interface Answer {
  status: number;
  body: string;
}

/** Posts JSON over connections that are kept. Rejects when there is no answer. */
export type Post = (url: string, body: object, headers: Record<string, string>) => Promise<Answer>;

export function keptAlive(): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  return (url, body, headers) =>
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
}
