import type { Activity } from 'botbuilder';
import type { Content } from '../../data/model/ticket.ts';
import { literal } from '../../cards/card.ts';

/** What one side wrote as the other side sees it: with the name of who wrote it, the formatting, the images, and links to the files. */
export function carried(name: string, { text, html, files }: Content): Partial<Activity> {
  const links = files.filter(({ kind }) => kind === 'file');
  const images = files.filter(({ kind }) => kind === 'image');
  const attachments = images.map(({ type, url, name: file }) => ({ contentType: type, contentUrl: url, name: file }));
  const more = attachments.length > 0 ? { attachments } : {};
  if (html === undefined && links.length === 0) return { type: 'message', textFormat: 'plain', text: `${name}: ${text}`, ...more };
  const body = [html ?? paragraphs(text), ...links.map(({ name: file, url }) => `<a href="${escaped(url)}">${escaped(file)}</a>`)].filter((part) => part !== '').join('<br>');
  return { type: 'message', textFormat: 'xml', text: `<b>${escaped(name)}:</b> ${body}`, ...more };
}

function paragraphs(text: string): string {
  return escaped(literal(text)).replaceAll('\n', '<br>');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
