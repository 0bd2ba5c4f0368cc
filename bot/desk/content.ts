import type { Activity, Attachment } from 'botbuilder';
import sanitize from 'sanitize-html';
import type { Content } from '../../data/model/ticket.ts';
import { LOST } from '../../data/model/ticket.ts';
import { mask } from '../../data/text/mask.ts';
import type { House } from '../house.ts';
import { picture } from './picture.ts';

/** Characters of a message that are carried; Teams takes no longer ones. */
export const CARRIED = 28_000;
const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';

const MOST_FILES = 20;

/** What Teams formats messages with, and shows of a bot's. */
const TAGS = ['b', 'strong', 'i', 'em', 'u', 's', 'strike', 'a', 'ul', 'ol', 'li', 'p', 'br', 'div', 'pre', 'code', 'blockquote', 'h1', 'h2', 'h3', 'table', 'tbody', 'thead', 'tr', 'td', 'th'];
/** With nothing but these a message has no formatting. */
const FORMATTED = /<(?!\/?(?:p|br|div)\b)/i;

/** What somebody wrote, ready to be carried to the other side: secrets masked, formatting cleaned, images read. `typed`: the text without mentions of the bot. */
export async function readContent(house: House, activity: Partial<Activity>, typed: string): Promise<{ content: Content; hadSecrets: boolean }> {
  const { text, secrets } = mask(named(activity, typed));
  const all = (activity.attachments ?? []).filter(({ contentType }) => contentType !== 'text/html');
  const attachments = all.slice(0, MOST_FILES);
  const written = htmlIn(activity);
  const html = written === undefined || secrets.length > 0 ? undefined : formatted(activity, written);
  const files: Content['files'] = [];
  const lost = new Set<Content['lost'][number]>(text.length > CARRIED ? ['text'] : []);
  if (all.length > MOST_FILES) lost.add('file');
  let bytes = 0;
  // One after the other: what the images of a message may weigh is shared by all of them.
  for (const attachment of attachments) {
    const carried = await fileOf(house, activity, attachment, bytes);
    if (typeof carried === 'string') lost.add(carried);
    else {
      files.push(carried);
      if (carried.url.startsWith('data:')) bytes += carried.url.length;
    }
  }
  const images = attachments.filter(({ contentType }) => contentType.startsWith('image/')).length;
  if (pictures(written ?? '') > images) lost.add('image');
  return { content: { text: text.slice(0, CARRIED), ...(html === undefined ? {} : { html }), files, lost: LOST.filter((kind) => lost.has(kind)) }, hadSecrets: secrets.length > 0 };
}

function htmlIn({ attachments = [] }: Partial<Activity>): string | undefined {
  const content = attachments.find(({ contentType }) => contentType === 'text/html')?.content as unknown;
  return typeof content === 'string' && content.length <= CARRIED * 2 ? content : undefined;
}

/** Colleagues who are mentioned stay as their names. */
function named({ entities }: Partial<Activity>, typed: string): string {
  return (entities ?? []).reduce((text, entity) => {
    const { text: tag, mentioned } = entity as unknown as { text?: string; mentioned?: { name?: string } };
    return entity.type === 'mention' && tag ? text.replaceAll(tag, mentioned?.name ?? tag.replaceAll(/<[^>]{0,100}>/g, '')) : text;
  }, typed);
}

/** An emoji is an element whose text is the emoji itself. */
const EMOJI = /<emoji\b[^>]{0,500}?\balt="([^"<>]{1,40})"[^>]{0,500}>(?:\s{0,5}<\/emoji>)?|<img\b(?=[^>]{0,1000}itemtype="[^">]{0,100}emoji")[^>]{0,1000}?\balt="([^"<>]{1,40})"[^>]{0,1000}>/giu;
/** Who is mentioned, as Teams writes it. */
const MENTION = /<(span|at)\b[^>]{0,300}>([^<]{0,200})<\/\1>/giu;

/** The formatting, cleaned; undefined when there is none. */
function formatted(activity: Partial<Activity>, written: string): string | undefined {
  const bot = activity.recipient?.name ?? '';
  const withoutBot = written.replaceAll(MENTION, (tag, _name, who: string) => (/mention|^<at/i.test(tag) ? (who.trim() === bot ? '' : who) : tag));
  const clean = sanitize(withoutBot.replaceAll(EMOJI, (_tag, one?: string, other?: string) => one ?? other ?? ''), {
    allowedTags: TAGS,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['https', 'http', 'mailto'],
  }).trim();
  return FORMATTED.test(clean) && mask(clean).secrets.length === 0 && clean.length <= CARRIED * 2 ? clean : undefined;
}

/** Pictures that stand in the text. */
function pictures(written: string): number {
  return (written.replaceAll(EMOJI, '').match(/<img\b/gi) ?? []).length;
}

type Carried = Content['files'][number] | Content['lost'][number];

async function fileOf(house: House, activity: Partial<Activity>, { contentType, contentUrl, content, name }: Attachment, bytes: number): Promise<Carried> {
  if (contentType.startsWith('image/')) return (await picture(house, activity, { contentType, url: contentUrl, name, bytes })) ?? 'image';
  if (contentType === DOWNLOAD || contentType === 'reference') {
    const url = contentUrl ?? (content as { downloadUrl?: unknown } | undefined)?.downloadUrl;
    return typeof url === 'string' && /^https?:\/\//.test(url) && url.length < 4000 ? { kind: 'file', name: (name ?? 'file').slice(0, 300), url, type: contentType.slice(0, 100) } : 'file';
  }
  if (contentType.startsWith('application/vnd.microsoft.card.')) return 'card';
  return 'other';
}
