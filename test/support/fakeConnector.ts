import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the bot did at the channel. */
export interface Call {
  method: string;
  path: string;
  /** Conversation id of the path. */
  conversation: string;
  /** Activity id of the path (updates) or the one given to a new activity. */
  activityId: string;
  body: SentActivity;
}

export interface SentActivity {
  type?: string;
  text?: string;
  summary?: string;
  entities?: Record<string, unknown>[];
  attachments?: { contentType: string; content: Record<string, unknown> }[];
}

export interface Member {
  id: string;
  aadObjectId?: string | undefined;
  userPrincipalName?: string | undefined;
  name?: string;
}

/** The Bot Connector as the bot sees it: takes activities, knows a roster, and misbehaves on demand. */
export interface FakeConnector {
  url: string;
  calls: Call[];
  members: Map<string, Member>;
  /** Who is in no roster but that of the own chat: ids. */
  outsiders: Set<string>;
  /** Answers a request itself, by returning a status; undefined lets it through. */
  misbehave: ((method: string, path: string, raw: string) => number | undefined) | undefined;
  /** The header of what `misbehave` answers. */
  retryAfter: string | undefined;
  /** Takes a request, does what it says, and loses the answer. */
  drops: ((method: string, path: string, raw: string) => boolean) | undefined;
  /** Milliseconds until it looks at a request that has come. */
  delays: ((method: string, path: string) => number | undefined) | undefined;
  /** Takes a request and never answers it. */
  isSilent: ((path: string) => boolean) | undefined;
  /** Refuses whoever still waits, and is silent no more. */
  wake(): void;
  close(): Promise<void>;
}

export async function fakeConnector(): Promise<FakeConnector> {
  let count = 0;
  const waiting: ServerResponse[] = [];
  const fake: FakeConnector = { url: '', calls: [], members: new Map(), outsiders: new Set(), misbehave: undefined, retryAfter: undefined, drops: undefined, delays: undefined, isSilent: undefined, wake: () => undefined, close: async () => undefined };
  const server = createServer((req, res) => {
    let raw = '';
    req.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    const path = decodeURIComponent(req.url ?? '');
    const method = req.method ?? '';
    const answer = (): void => {
      const send = (status: number, body: unknown): void => {
        res.writeHead(status, { 'content-type': 'application/json', ...(status >= 400 && fake.retryAfter !== undefined ? { 'retry-after': fake.retryAfter } : {}) });
        res.end(JSON.stringify(body));
      };
      if (fake.isSilent?.(path)) return void waiting.push(res);
      const refused = fake.misbehave?.(method, path, raw);
      if (refused !== undefined) return send(refused, { error: { code: 'Misbehaving', message: 'as asked' } });
      const member = /\/members\/([^/?]+)$/.exec(path)?.[1];
      if (method === 'GET' && member !== undefined) {
        const isOut = fake.outsiders.has(member) && !path.includes(`conversations/a:`);
        const known = isOut ? undefined : fake.members.get(member);
        return known ? send(200, known) : send(404, { error: { code: 'MemberNotFoundInConversation', message: 'unknown' } });
      }
      if (method === 'GET' && path.includes('/pagedmembers')) return send(200, { members: [...fake.members.values()].filter(({ id }) => !fake.outsiders.has(id)) });
      const [, conversation = '', , of = ''] = /\/v3\/conversations\/([^/]+)(\/activities\/?([^/?]*))?/.exec(path) ?? [];
      const activityId = method === 'PUT' || method === 'DELETE' ? of : `sent-${(count += 1)}`;
      fake.calls.push({ method, path, conversation, activityId, body: (raw === '' ? {} : JSON.parse(raw)) as SentActivity });
      if (fake.drops?.(method, path, raw) === true) return void req.socket.destroy();
      return send(method === 'POST' ? 201 : 200, { id: activityId });
    };
    req.on('end', () => {
      const ms = fake.delays?.(method, path);
      if (ms === undefined) answer();
      else setTimeout(answer, ms).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  fake.wake = () => {
    fake.isSilent = undefined;
    for (const res of waiting.splice(0)) {
      res.writeHead(404, { 'content-type': 'application/json' });
      res.end('{}');
    }
  };
  fake.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return fake;
}
