import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Attempt } from './activities.ts';

/** An HTTP status, or `cut`: the connection was closed without one. */
export type Answered = number | 'cut';

/** Sends a body as it says, and waits for the answer; where a body is shorter than it says, the sender hangs up. */
export async function sendBody(url: string, how: Attempt['body'], json: string): Promise<Answered> {
  if (how === 'whole') return fetched(url, { 'content-type': 'application/json' }, json);
  const { head, body } = REQUESTS[how](Buffer.from(json));
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]) || 'cut'));
    socket.end(Buffer.concat([Buffer.from(`POST /api/messages HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n${head}\r\n\r\n`), body]));
  });
}

async function fetched(url: string, headers: Record<string, string>, body: string): Promise<Answered> {
  const response = await fetch(`${url}/api/messages`, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}

const JSON_TYPE = 'content-type: application/json';
const sized = (head: string, body: Buffer, more = 0): { head: string; body: Buffer } => ({ head: `${head}\r\ncontent-length: ${body.length + more}`, body });

const REQUESTS: Record<Exclude<Attempt['body'], 'whole'>, (json: Buffer) => { head: string; body: Buffer }> = {
  cut: (json) => sized(JSON_TYPE, json.subarray(0, json.length / 2)),
  wrongType: (json) => sized('content-type: multipart/form-data; boundary=x', json),
  noType: (json) => sized('x-none: 1', json),
  longer: (json) => sized(JSON_TYPE, json, 100),
  shorter: (json) => sized(JSON_TYPE, json, -Math.min(20, json.length)),
  chunks: (json) => ({ head: `${JSON_TYPE}\r\ntransfer-encoding: chunked`, body: Buffer.concat([Buffer.from(`${json.length.toString(16)}\r\n`), json, Buffer.from('\r\n0\r\n\r\n')]) }),
  packed: (json) => sized(`${JSON_TYPE}\r\ncontent-encoding: gzip`, gzipSync(json)),
  bytes: (json) => sized(JSON_TYPE, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xfe]), json])),
  notJson: (json) => sized(JSON_TYPE, Buffer.concat([Buffer.from('x='), json])),
};
