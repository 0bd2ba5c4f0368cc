import type { Activity } from 'botbuilder';
import type { Content } from '../../data/model/ticket.ts';
import { NO_TENANT } from '../../data/model/ids.ts';
import type { House } from '../house.ts';
import { tenantOf } from '../teams/directory.ts';

/** Teams takes messages of up to about 100 KB, and an image in one is a third longer than it is. */
const IN_MESSAGE = 60_000;
/** Larger ones are carried by an address of the bot's own, if it has one. */
const MOST_BYTES = 5_000_000;
const TIMEOUT_MS = 5_000;

/**
 * An image in a chat, to be carried in the message itself, or kept under an address of the bot's own: what Teams links to
 * only the bot may read. `bytes`: what the images before it in the message weigh there. Undefined when it is too large, of another kind, or not where the channel keeps images: no other
 * address is asked.
 */
export async function picture(house: House, activity: Partial<Activity>, { contentType, url, name = 'image', bytes: before }: { contentType: string; url: string | undefined; name: string | undefined; bytes: number }): Promise<Content['files'][number] | undefined> {
  const { serviceUrl = '' } = activity;
  const type = /^image\/(?:png|jpe?g|gif)$/i.exec(contentType)?.[0].toLowerCase();
  if (url?.startsWith('data:image/') && before + url.length < IN_MESSAGE * 1.4) return { kind: 'image', name: name.slice(0, 300), url, type: /^data:([a-z/]+)/.exec(url)?.[1] ?? contentType };
  if (!url || !URL.canParse(url) || !URL.canParse(serviceUrl) || new URL(url).host !== new URL(serviceUrl).host) return undefined;
  try {
    const authorization = await house.authorization();
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS), headers: authorization === undefined ? {} : { authorization } });
    const found = type ?? /^image\/(?:png|jpe?g|gif)/i.exec(response.headers.get('content-type') ?? '')?.[0];
    if (!response.ok || found === undefined || Number(response.headers.get('content-length') ?? 0) > MOST_BYTES) {
      await response.body?.cancel();
      return undefined;
    }
    const bytes = await read(response);
    const isSmall = bytes !== undefined && before + bytes.length * 1.4 <= IN_MESSAGE * 1.4;
    const address = bytes && (isSmall ? `data:${found};base64,${bytes.toString('base64')}` : await house.pictures?.keep(tenantOf({ activity }) ?? NO_TENANT, found.toLowerCase(), bytes));
    return address === undefined ? undefined : { kind: 'image', name: name.slice(0, 300), url: address, type: found.toLowerCase() };
  } catch {
    return undefined;
  }
}

/** Undefined when it is larger than it said. */
async function read(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}
