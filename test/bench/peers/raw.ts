import type { IncomingMessage } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveAt } from '../process/serve.ts';
import { OF_THE_BOT } from './credentials.ts';

// The floor: what an echo costs with nothing but Node's own HTTP. It believes whoever asks.

interface Received {
  id: string;
  text: string;
  serviceUrl: string;
  conversation: { id: string };
  from: { id: string };
  recipient: { id: string };
}

const agent = new Agent({ keepAlive: true });
const authorization = process.env['MicrosoftAppId'] === undefined ? {} : { authorization: OF_THE_BOT };

async function read(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function post(url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...authorization };
    const req = request(url, { method: 'POST', agent, headers }, (res) => {
      res.resume();
      res.once('end', resolve);
    });
    req.once('error', reject);
    req.end(body);
  });
}

async function echo(received: Received): Promise<void> {
  const { id, text, serviceUrl, conversation, from, recipient } = received;
  const reply = { type: 'message', text: `Echo: ${text}`, conversation, from: recipient, recipient: from, replyToId: id };
  await post(`${serviceUrl}v3/conversations/${encodeURIComponent(conversation.id)}/activities/${encodeURIComponent(id)}`, JSON.stringify(reply));
}

const server = createServer((req, res) => {
  void read(req)
    .then((json) => echo(JSON.parse(json) as Received))
    .then(() => res.writeHead(200).end());
});
server.listen(0, '127.0.0.1', () => serveAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
