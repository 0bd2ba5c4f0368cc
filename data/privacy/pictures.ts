import type { Ticket } from '../model/ticket.ts';

/** The address of a picture, as the bot serves it. */
const ADDRESS = /\/pictures\/[0-9a-f-]{8,64}\/([0-9a-f]{64}\.(?:png|jpe?g|gif))$/;

/** The names of the pictures that a ticket's messages carry by address. */
export function picturesIn({ log }: Ticket): string[] {
  const urls = log.flatMap((event) => ('content' in event ? event.content.files.map(({ url }) => url) : []));
  return [...new Set(urls.flatMap((url) => ADDRESS.exec(url)?.[1] ?? []))];
}
