import type { Activity, Attachment } from 'botbuilder';
import sanitize from 'sanitize-html';
import type { Content } from '../../data/model/ticket.ts';
import { LOST } from '../../data/model/ticket.ts';
import { mask } from '../../data/text/mask.ts';
import type { House } from '../house.ts';
import { picture } from './picture.ts';

/** Characters of a message that are carried; Teams takes no longer ones. */
const LONGEST = 28_000;
const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';

/** What Teams formats messages with, and shows of a bot's. */
const TAGS = ['b', 'strong', 'i', 'em', 'u', 's', 'strike', 'a', 'ul', 'ol', 'li', 'p', 'br', 'div', 'pre', 'code', 'blockquote', 'h1', 'h2', 'h3', 'table', 'tbody', 'thead', 'tr', 'td', 'th'];
/** With nothing but these a message has no formatting. */
const PLAIN = /<(?!\/?(?:p|br|div)\b)/i;

/** What somebody wrote, ready to be carried to the other side: secrets masked, formatting cleaned, images read. `typed`: the text without mentions of the bot. */
export async function contentOf(house: House, activity: Partial<Activity>, typed: string): Promise<{ content: Content; hadSecrets: boolean }> {
  const { text, secrets } = mask(typed);
  const attachments = activity.attachments ?? [];
  const html = formatted(attachments);
  const carried = await Promise.all(attachments.filter(({ contentType }) => contentType !== 'text/html').map((one) => fileOf(house, activity, one)));
  const files = carried.filter((one) => typeof one !== 'string');
  const lost = [...new Set(carried.filter((one) => typeof one === 'string'))].toSorted((a, b) => LOST.indexOf(a) - LOST.indexOf(b));
  return { content: { text: text.slice(0, LONGEST), ...(html === undefined || secrets.length > 0 ? {} : { html }), files, lost }, hadSecrets: secrets.length > 0 };
}

/** The formatting, cleaned; undefined when there is none. */
function formatted(attachments: Attachment[]): string | undefined {
  const written = attachments.find(({ contentType }) => contentType === 'text/html')?.content as unknown;
  if (typeof written !== 'string' || written.length > LONGEST * 2) return undefined;
  const clean = sanitize(written, {
    allowedTags: TAGS,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['https', 'http', 'mailto'],
    // An emoji is an image whose text is the emoji itself; who is mentioned stays as a name.
    textFilter: (text) => text,
    transformTags: { emoji: (_tag, { alt = '' }) => ({ tagName: 'span', attribs: {}, text: alt }), img: (_tag, { alt = '', itemtype = '' }) => ({ tagName: 'span', attribs: {}, text: /emoji/i.test(itemtype) ? alt : '' }) },
  }).trim();
  const isMasked = mask(clean).secrets.length > 0;
  return PLAIN.test(clean) && !isMasked && clean.length <= LONGEST * 2 ? clean : undefined;
}

type Carried = Content['files'][number] | Content['lost'][number];

async function fileOf(house: House, activity: Partial<Activity>, { contentType, contentUrl, content, name }: Attachment): Promise<Carried> {
  if (contentType.startsWith('image/')) return (await picture(house, activity, contentType, contentUrl, name)) ?? 'image';
  if (contentType === DOWNLOAD || contentType === 'reference') {
    const url = contentUrl ?? (content as { downloadUrl?: unknown } | undefined)?.downloadUrl;
    return typeof url === 'string' && /^https?:\/\//.test(url) && url.length < 4000 ? { kind: 'file', name: (name ?? 'file').slice(0, 300), url, type: contentType.slice(0, 100) } : 'file';
  }
  if (contentType.startsWith('application/vnd.microsoft.card.')) return 'card';
  return 'other';
}
