import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSocket } from 'node:dgram';

/** Microsoft's public realm lookup, as the sign-in pages ask it; answers what it is told to, and misbehaves on demand. */
export interface FakeSignIn {
  url: string;
  asked: string[];
  reply: (id: string) => { status?: number; body: string; delay?: number };
  close(): Promise<void>;
}

export const realm = (told: object): { body: string } => ({ body: JSON.stringify({ ver: '2.1', account_type: 'x', ...told }) });

export async function fakeSignIn(): Promise<FakeSignIn> {
  const fake: FakeSignIn = { url: '', asked: [], reply: () => realm({ NameSpaceType: 'Managed', cloud_instance_name: 'microsoftonline.com' }), close: async () => undefined };
  const server = createServer((req, res) => {
    fake.asked.push(req.url ?? '');
    const id = decodeURIComponent(/^\/common\/userrealm\/([^/?]+)\?api-version=2\.1$/.exec(req.url ?? '')?.[1] ?? '');
    const { status = 200, body, delay = 0 } = fake.reply(id);
    setTimeout(() => {
      res.statusCode = status;
      if (status === 302) res.setHeader('location', body);
      res.setHeader('content-type', 'application/json');
      res.end(body);
    }, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
  return fake;
}

/** A DNS server for TXT records (RFC 1035, over UDP). `undefined`: the domain does not exist; it may also be silent. */
export interface FakeDns {
  address: string;
  asked: string[];
  records: (name: string) => string[] | undefined | 'silent';
  close(): Promise<void>;
}

export async function fakeDns(): Promise<FakeDns> {
  const fake: FakeDns = { address: '', asked: [], records: () => [], close: async () => undefined };
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const labels: string[] = [];
    let at = 12;
    while (query[at] !== 0) {
      labels.push(query.toString('ascii', at + 1, at + 1 + query[at]!));
      at += query[at]! + 1;
    }
    const question = query.subarray(12, at + 5);
    const name = labels.join('.').toLowerCase();
    fake.asked.push(name);
    const records = fake.records(name);
    if (records === 'silent') return;
    const header = Buffer.from([query[0]!, query[1]!, 0x81, records === undefined ? 0x83 : 0x80, 0, 1, 0, records?.length ?? 0, 0, 0, 0, 0]);
    const answers = (records ?? []).map((record) => {
      const data = Buffer.concat([Buffer.from([Buffer.byteLength(record)]), Buffer.from(record)]);
      return Buffer.concat([Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]), data]);
    });
    socket.send(Buffer.concat([header, question, ...answers]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  fake.address = `127.0.0.1:${socket.address().port}`;
  fake.close = () => new Promise((resolve) => socket.close(() => resolve()));
  return fake;
}
