import { access, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { parse, stringify } from 'yaml';
import type { Language } from '../../data/model/language.ts';
import { LANGUAGES } from '../../data/model/language.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { contentOf } from '../../data/operations/relayMessage.ts';
import { withoutPeople } from '../../data/text/mask.ts';

/**
 * Makes a draft of a knowledge entry of a ticket: the question and the helper's words in the person's language, and an empty
 * one in the other. One file per language; a second press writes the same again, unless somebody works on it. Returns the
 * name of the file that has the words.
 */
export async function writeDraft(folder: string, ticket: Ticket): Promise<string> {
  await mkdir(folder, { recursive: true });
  const words = ticket.log.flatMap((event, n) => (event.kind === 'replied' ? [contentOf(ticket, n)?.text ?? ''] : [])).filter((text) => text !== '');
  for (const language of LANGUAGES) await write(join(folder, fileName(ticket, language)), language === ticket.language ? draft(ticket, words) : draft(ticket, []));
  return fileName(ticket, ticket.language);
}

function fileName({ id }: Pick<Ticket, 'id'>, language: Language): string {
  return `${id.toLowerCase()}.${language}.md`;
}

/** As an entry is written; what only a writer can know is left open. No mail address and no long number goes into it. */
function draft({ id, question }: Ticket, words: string[]): string {
  const front = { title: '', questions: words.length > 0 ? [withoutPeople(question)] : [], source: { page: '', section: '', date: '' }, facts: [], ticket: id };
  return `---\n${stringify(front)}---\n\n${words.map(withoutPeople).join('\n\n')}\n`;
}

/** Never over a file that is there: somebody may have gone on with it. */
async function write(file: string, content: string): Promise<void> {
  if (await access(file).then(() => true, () => false)) return;
  await writeFileAtomic(file, content);
}

/** A draft that waits to be completed: its file, and the question it answers. */
export interface Draft {
  file: string;
  question: string;
}

/** The drafts in a folder, by their files; none where there is no folder. A file that is no draft is listed without a question. */
export async function draftsIn(folder: string): Promise<Draft[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.md')).toSorted();
  return Promise.all(files.map(async (file) => ({ file: join(folder, file), question: questionIn(await readFile(join(folder, file), 'utf8').catch(() => '')) })));
}

function questionIn(content: string): string {
  try {
    const [, front = ''] = /^---\n([\s\S]*?)\n---/.exec(content) ?? [];
    const { questions } = (parse(front) ?? {}) as { questions?: unknown };
    return Array.isArray(questions) && typeof questions[0] === 'string' ? questions[0] : '';
  } catch {
    return '';
  }
}

/** Rewrites the drafts in a folder as `clean` says, by their text and their ticket; returns how many of them change. `isTold`: nothing is written. */
export async function cleanDrafts(folder: string, clean: (text: string, ticket: string) => string, isTold: boolean): Promise<number> {
  let changed = 0;
  for (const { file } of await draftsIn(folder)) {
    const before = await readFile(file, 'utf8');
    const after = clean(before, basename(file).split('.')[0]?.toUpperCase() ?? '');
    if (after === before) continue;
    changed += 1;
    if (!isTold) await writeFileAtomic(file, after);
  }
  return changed;
}

/** The drafts that were made of these tickets, by file. */
export async function draftsOf(folder: string, tickets: readonly string[]): Promise<Record<string, string>> {
  const files = tickets.flatMap((id) => LANGUAGES.map((language) => join(folder, fileName({ id }, language))));
  const read = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8').catch(() => undefined)] as const));
  return Object.fromEntries(read.filter((one): one is [string, string] => one[1] !== undefined));
}

export function draftsAsMarkdown(drafts: readonly Draft[]): string {
  return ['## Drafts from the help desk', '', ...(drafts.length === 0 ? ['None.'] : drafts.map(({ file, question }) => `- ${file}${question === '' ? '' : `: ${question.split('\n')[0] ?? ''}`}`)), ''].join('\n');
}
