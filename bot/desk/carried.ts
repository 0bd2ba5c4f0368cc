import type { Activity } from 'botbuilder';
import type { Content } from '../../data/model/ticket.ts';
import { literal } from '../../cards/card.ts';
import type { Language } from '../../data/model/language.ts';
import { TEXTS } from '../../data/text/index.ts';

/** What one side wrote as the other side sees it: with the name of who wrote it, the formatting, the images, links to the files, and what could not be carried. */
export function carried(lang: Language, name: string, { text: written, html, files, lost }: Content): Partial<Activity> {
  const missing = lostIn(lang, lost);
  const text = [written, ...(html === undefined ? missing : [])].filter((part) => part !== '').join('\n');
  const links = files.filter(({ kind }) => kind === 'file');
  const images = files.filter(({ kind }) => kind === 'image');
  const attachments = images.map(({ type, url, name: file }) => ({ contentType: type, contentUrl: url, name: file }));
  const more = attachments.length > 0 ? { attachments } : {};
  if (text === '' && html === undefined && links.length === 0) return { type: 'message', ...more };
  if (html === undefined && links.length === 0) return { type: 'message', textFormat: 'plain', text: `${name}: ${text}`, ...more };
  const body = [html === undefined ? paragraphs(text) : [html, ...missing.map(escaped)].join('<br>'), ...links.map(({ name: file, url }) => `<a href="${escaped(url)}">${escaped(file)}</a>`), ...(links.length > 0 ? [escaped(TEXTS[lang].talk.sharedOnly)] : [])].filter((part) => part !== '').join('<br>');
  return { type: 'message', textFormat: 'xml', text: `<b>${escaped(name)}:</b> ${body}`, ...more };
}

function lostIn(lang: Language, lost: Content['lost']): string[] {
  const { talk, list } = TEXTS[lang];
  return lost.length === 0 ? [] : [talk.lostHere(list(lost.map((kind) => talk.lostKinds[kind])))];
}

function paragraphs(text: string): string {
  return escaped(literal(text)).replaceAll('\n', '<br>');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
