import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SentActivity } from '../../support/fakeConnector.ts';
import type { Who } from '../../support/people.ts';

/** What a bot sent or changed. */
export interface Sent {
  method: string;
  activityId: string;
  body: SentActivity;
  authorization: string | undefined;
}

/** The Bot Connector that the bots of the bench see: hands what they send to whoever waits for it in that conversation. */
export interface Channel {
  /** As Teams gives it, with a slash at the end. */
  url: string;
  members: Map<string, Who>;
  /** Takes what is sent to a conversation. */
  takers: Map<string, (sent: Sent) => void>;
  /** What nobody waited for. */
  stray: string[];
  server: Server;
}

const OF_CONVERSATION = /^\/v3\/conversations\/([^/?]+)\/(activities|members|pagedmembers)\/?([^/?]*)/;

export async function openChannel(): Promise<Channel> {
  const server = createServer();
  const channel: Channel = { url: '', members: new Map(), takers: new Map(), stray: [], server };
  server.on('request', (req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const [status, body] = answer(channel, req, Buffer.concat(chunks).toString());
      const json = JSON.stringify(body);
      res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
      res.end(json);
    });
  });
  // Never closed by this side first: a bot that keeps its connections finds them there.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  channel.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return channel;
}

let count = 0;

function answer(channel: Channel, { method = '', url = '', headers }: IncomingMessage, raw: string): [number, unknown] {
  const [, where = '', what, of = ''] = OF_CONVERSATION.exec(url) ?? [];
  const conversation = decodeURIComponent(where);
  if (what === 'members') return memberOf(channel, decodeURIComponent(of));
  if (what === 'pagedmembers') return [200, { members: [...channel.members.values()].map(accountOf) }];
  if (what !== 'activities') return [404, {}];
  const isNew = method === 'POST';
  if (isNew) count += 1;
  const activityId = isNew ? `sent-${count}` : decodeURIComponent(of);
  const sent: Sent = { method, activityId, body: (raw === '' ? {} : JSON.parse(raw)) as SentActivity, authorization: headers.authorization };
  const taker = channel.takers.get(conversation);
  // After the answer is written: what follows is not the bot's to wait for.
  if (taker) setImmediate(taker, sent);
  else channel.stray.push(`${method} ${url}`);
  return [isNew ? 201 : 200, { id: activityId }];
}

function memberOf({ members }: Channel, id: string): [number, unknown] {
  const who = members.get(id);
  return who ? [200, accountOf(who)] : [404, { error: { code: 'MemberNotFoundInConversation', message: 'unknown' } }];
}

function accountOf({ id, objectId, mail, name }: Who): object {
  return { id, aadObjectId: objectId, userPrincipalName: mail, name };
}
