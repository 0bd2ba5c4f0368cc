/** A file may be so large; more is nobody's list of users. */
const MOST_BYTES = 5_000_000;
const TIMEOUT_MS = 10_000;

/** Where Teams keeps files: hosts and what ends with a dot and one of them. */
export interface FileHosts {
  hosts: readonly string[];
}

/** Thrown with one word for the reason; never with an address, which carries its own right to read. */
export class FileFault extends Error {
  override name = 'FileFault';
}

/** Reads a file that somebody sent, from the address Teams gives for it. Throws a FileFault. */
export async function download({ hosts }: FileHosts, url: unknown): Promise<Uint8Array> {
  const response = await fetch(addressOf(hosts, url), { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);
  if (!response?.ok) {
    await response?.body?.cancel();
    throw new FileFault('unreachable');
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > MOST_BYTES) throw new FileFault('tooLarge');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

/** Writes a file to where the person agreed to have it. Throws a FileFault. */
export async function upload({ hosts }: FileHosts, url: unknown, content: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(content.length), 'content-range': `bytes 0-${content.length - 1}/${content.length}` };
  const response = await fetch(addressOf(hosts, url), { method: 'PUT', body: Buffer.from(content), headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);
  await response?.body?.cancel();
  if (!response?.ok) throw new FileFault('unreachable');
}

/** Only https, and only where Teams keeps files; a host of the settings that names its port is for tests, and may be plain http. */
function addressOf(hosts: readonly string[], url: unknown): URL {
  const address = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  const isKept = address?.protocol === 'https:' && address.port === '' && hosts.some((host) => address.hostname === host || address.hostname.endsWith(`.${host}`));
  const isLocal = address?.protocol === 'http:' && /:\d+$/.test(address.host) && hosts.includes(address.host);
  if (!address || address.username !== '' || !(isKept || isLocal)) throw new FileFault('host');
  return address;
}

/** Text of a file: UTF-8, else Shift_JIS, in which Japanese spreadsheets save CSV. Throws a FileFault for anything else. */
export function textOfFile(content: Uint8Array): string {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(content);
      if (!text.includes('\u0000')) return text;
    } catch {
      continue;
    }
  }
  throw new FileFault('encoding');
}
