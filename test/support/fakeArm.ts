import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Azure Resource Manager's billing role assignments and a token endpoint, as documented; misbehaves on demand. */
export interface FakeArm {
  url: string;
  /** By assignment id. */
  assignments: Map<string, Record<string, unknown>>;
  calls: { method: string; path: string; authorization: string | undefined; body: string }[];
  tokens: number;
  /** So many requests for a token are refused. */
  refuseTokens: number;
  /** Answers itself by returning true. */
  misbehave: ((req: IncomingMessage, res: ServerResponse, call: number) => boolean) | undefined;
  /** So many polls until a long-running operation has ended; 0: it ends at once. */
  polls: number;
  close(): Promise<void>;
}

export async function fakeArm(): Promise<FakeArm> {
  const fake: FakeArm = { url: '', assignments: new Map(), calls: [], tokens: 0, refuseTokens: 0, misbehave: undefined, polls: 0, close: async () => undefined };
  const operations = new Map<string, number>();
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      const send = (status: number, answer: unknown, headers: Record<string, string> = {}): void => {
        res.writeHead(status, { 'content-type': 'application/json', ...headers });
        res.end(JSON.stringify(answer));
      };
      const url = new URL(req.url ?? '', 'http://x');
      if (url.pathname.endsWith('/oauth2/v2.0/token')) {
        fake.tokens += 1;
        if (fake.tokens <= fake.refuseTokens) return send(503, {}, { 'retry-after': '0' });
        return send(200, { access_token: `token-${fake.tokens}`, expires_in: 3600 });
      }
      fake.calls.push({ method: req.method ?? '', path: req.url ?? '', authorization: req.headers.authorization, body });
      if (fake.misbehave?.(req, res, fake.calls.length)) return;
      const operation = /\/operations\/([^/?]+)/.exec(url.pathname)?.[1];
      if (operation !== undefined) {
        const left = operations.get(operation) ?? 0;
        operations.set(operation, left - 1);
        return left > 1 ? send(202, { status: 'Running' }, { location: `${fake.url}/operations/${operation}`, 'retry-after': '0' }) : send(200, { status: 'Succeeded' });
      }
      const [, account = '', id] = /billingAccounts\/([^/]+)\/billingRoleAssignments(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
      if (account === '' || url.searchParams.get('api-version') !== '2024-04-01') return send(400, { error: { code: 'InvalidRequest' } });
      if (req.method === 'GET') return send(200, { value: [...fake.assignments].map(([name, properties]) => ({ name, properties })) });
      if (req.method === 'DELETE') return fake.assignments.delete(id ?? '') ? send(200, {}) : send(404, { error: { code: 'NotFound' } });
      fake.assignments.set(id ?? '', (JSON.parse(body) as { properties: Record<string, unknown> }).properties);
      if (fake.polls === 0) return send(200, { properties: { provisioningState: 'Succeeded' } });
      operations.set(id ?? '', fake.polls);
      return send(201, { properties: { provisioningState: 'Provisioning' } }, { location: `${fake.url}/operations/${id ?? ''}`, 'retry-after': '0' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return fake;
}
