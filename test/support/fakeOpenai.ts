import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  path: string;
  authorization: string | undefined;
  body: { model: string; stream?: boolean; tools?: unknown; messages: { role: string; content: string }[] };
}

/** A service that speaks OpenAI's chat completions over server-sent events, and misbehaves on demand. */
export interface FakeOpenai {
  url: string;
  asked: Asked[];
  /** Answers the next requests; the default is an answer that cites the first entry it was given, in its own words. */
  reply: (response: ServerResponse, asked: Asked) => void | Promise<void>;
  close(): Promise<void>;
}

/** Streams a text piece by piece. */
export async function streams(response: ServerResponse, text: string, options: { pause?: number; end?: boolean } = {}): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of text.match(/[\s\S]{1,12}/g) ?? []) {
    response.write(`data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`);
    if (options.pause) await new Promise((resolve) => setTimeout(resolve, options.pause));
  }
  if (options.end !== false) response.end('data: [DONE]\n\n');
}

export async function fakeOpenai(): Promise<FakeOpenai> {
  const fake: FakeOpenai = { url: '', asked: [], reply: (response) => streams(response, 'NONE'), close: async () => undefined };
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    request.on('end', () => {
      const asked = { path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(raw) as Asked['body'] };
      fake.asked.push(asked);
      void fake.reply(response, asked);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  fake.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return fake;
}
