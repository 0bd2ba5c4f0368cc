import { connect } from 'node:net';

/** What came back over one connection. */
export interface Heard {
  /** The statuses of the answers, in order. */
  statuses: number[];
  text: string;
  /** Milliseconds until the server closed the connection; undefined: it did not within the time. */
  cutAfter: number | undefined;
}

/** Writes bytes as they are, and listens until the server closes the connection or `forMs` are over. `drip`: written again and again, every so many milliseconds, after `bytes`. */
export function rawHttp(port: number, bytes: string | Buffer, { forMs = 5_000, drip }: { forMs?: number; drip?: { bytes: string; everyMs: number } } = {}): Promise<Heard> {
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    const dripping = drip && setInterval(() => socket.writable && socket.write(drip.bytes), drip.everyMs);
    const end = (cutAfter: number | undefined): void => {
      clearInterval(dripping);
      clearTimeout(timer);
      socket.destroy();
      resolve({ statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)), text, cutAfter });
    };
    const timer = setTimeout(() => end(undefined), forMs);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    // A reset is a way to close.
    socket.on('error', () => undefined);
    socket.once('close', () => end(performance.now() - began));
  });
}
