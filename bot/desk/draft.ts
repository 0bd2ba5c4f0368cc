import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { stringify } from 'yaml';
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

function fileName({ id }: Ticket, language: Language): string {
  return `${id.toLowerCase()}.${language}.md`;
}

/** As an entry is written; what only a writer can know is left open. No mail address and no long number goes into it. */
function draft({ id, question }: Ticket, words: string[]): string {
  const front = { title: '', questions: words.length > 0 ? [withoutPeople(question)] : [], source: { page: '', section: '', date: '' }, facts: [], ticket: id };
  return `---\n${stringify(front)}---\n\n${words.map(withoutPeople).join('\n\n')}\n`;
}

/** Never over a file that is there: somebody may have gone on with it. */
async function write(file: string, content: string): Promise<void> {
  const { access } = await import('node:fs/promises');
  if (await access(file).then(() => true, () => false)) return;
  await writeFileAtomic(file, content);
}
