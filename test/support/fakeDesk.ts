import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A help desk in another system: takes signed events (Standard Webhooks 1.0.0), and misbehaves on demand. */
export interface FakeDesk {
  url: string;
  secret: string;
  /** What was taken, and what its signature said. */
  taken: { id: string; type: string; isSigned: boolean; data: Record<string, unknown> }[];
  /** Answers with this status instead of taking it; `lost`: takes it and answers nothing. */
  misbehave: ((id: string) => number | 'lost' | undefined) | undefined;
  close(): Promise<void>;
}

export async function fakeDesk(): Promise<FakeDesk> {
  const secret = `whsec_${Buffer.from('a secret of the help desk').toString('base64')}`;
  const fake: FakeDesk = { url: '', secret, taken: [], misbehave: undefined, close: async () => undefined };
  const server = createServer((req, res) => {
    let raw = '';
    req.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    req.on('end', () => {
      const header = (name: string): string => String(req.headers[name] ?? '');
      const id = header('webhook-id');
      const outcome = fake.misbehave?.(id);
      const answer = (status: number): void => {
        res.statusCode = status;
        res.end();
      };
      if (typeof outcome === 'number') return answer(outcome);
      const wanted = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${id}.${header('webhook-timestamp')}.${raw}`).digest('base64');
      const event = JSON.parse(raw) as { type: string; data: Record<string, unknown> };
      fake.taken.push({ id, type: event.type, isSigned: header('webhook-signature') === `v1,${wanted}`, data: event.data });
      if (outcome === 'lost') return void req.socket.destroy();
      answer(204);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  fake.close = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
  return fake;
}
