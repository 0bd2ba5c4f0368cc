import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Language } from '../model/language.ts';
import { LANGUAGES } from '../model/language.ts';
import { z } from 'zod';
import type { Aside } from './aside.ts';
import { ASIDES } from './aside.ts';
import { paragraphOf } from './cases.ts';
import type { Entry } from './entry.ts';
import { FrontMatter, parseNext, SOURCES } from './entry.ts';
import type { Terms } from './features.ts';

/** All entries of each language by their id; both languages have the same ids. */
export type Entries = Record<Language, Map<string, Entry>>;

/** All the bot knows of its subject. */
export interface Knowledge {
  entries: Entries;
  terms: Terms;
  /** How people say what is no question about the subject. */
  asides: Record<Aside, Record<Language, string[]>>;
}

const Phrases = z.object({ ja: z.array(z.string()).min(1), en: z.array(z.string()).min(1) }).strict();
const Asides = z.object(Object.fromEntries(ASIDES.map((aside) => [aside, Phrases])) as Record<Aside, typeof Phrases>).strict();

/** Reads `entries/`, `terms.yaml` and `asides.yaml` of a folder. Throws naming the file and what is wrong with it. */
export async function loadKnowledge(folder: string): Promise<Knowledge> {
  const [entries, terms, asides] = await Promise.all([
    loadEntries(join(folder, 'entries')),
    readYaml(join(folder, 'terms.yaml'), z.record(z.array(z.string().min(1)).min(1))),
    readYaml(join(folder, 'asides.yaml'), Asides),
  ]);
  return { entries, terms, asides };
}

async function readYaml<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Every `<id>.<lang>.md` of a folder. */
async function loadEntries(folder: string): Promise<Entries> {
  const knowledge: Entries = { ja: new Map(), en: new Map() };
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).toSorted();
  for (const file of files) {
    try {
      const { id, lang } = nameOf(file);
      knowledge[lang].set(id, parseEntry(id, lang, await readFile(join(folder, file), 'utf8')));
    } catch (error) {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  checkTogether(knowledge);
  return knowledge;
}

function nameOf(file: string): { id: string; lang: Language } {
  const [id, suffix] = file.split('.');
  const lang = LANGUAGES.find((known) => known === suffix);
  if (id === undefined || !lang) throw new Error('is not named <id>.<ja|en>.md');
  return { id, lang };
}

/** One entry from its Markdown: front matter, paragraphs, then numbered steps. */
export function parseEntry(id: string, lang: Language, markdown: string): Entry {
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(markdown);
  if (!parts) throw new Error('has no front matter between two lines of ---');
  const { source: page, next, symptom, ...front } = FrontMatter.parse(parse(parts[1] ?? ''));
  const blocks = (parts[2] ?? '').trim().split(/\n\s*\n/);
  const locale = lang === 'ja' ? 'ja-jp/' : '';
  return {
    id,
    lang,
    ...front,
    ...(symptom === undefined ? {} : { symptom }),
    next: parseNext(next),
    source: { page, url: `https://learn.microsoft.com/${locale}${SOURCES[page].path}`, date: SOURCES[page].date },
    paragraphs: blocks.filter((block) => !isSteps(block)).map((block) => paragraphOf(lang, block)),
    steps: blocks.filter(isSteps).flatMap((block) => block.split('\n').map((line) => line.replace(/^\d+\. /, ''))),
  };
}

function isSteps(block: string): boolean {
  return /^\d+\. /.test(block);
}

/** What only shows when all entries are there. */
function checkTogether({ ja, en }: Entries): void {
  for (const [id, one] of [...ja, ...en]) {
    const other = (one.lang === 'ja' ? en : ja).get(id);
    if (!other) throw new Error(`${id} is missing in the other language than ${one.lang}`);
    for (const field of ['facts', 'for', 'related', 'next'] as const) {
      if (JSON.stringify(one[field]) !== JSON.stringify(other[field])) throw new Error(`${id}: ${field} differs between the languages`);
    }
    if (casesOf(one) !== casesOf(other)) throw new Error(`${id}: the cases (EA/EAS, GCC High, …) differ between the languages: ${casesOf(one)} and ${casesOf(other)}`);
    if (one.next.kind === 'answer' && !ja.has(one.next.entry)) throw new Error(`${id}: next ${one.next.entry} does not exist`);
    for (const related of one.related) if (!ja.has(related)) throw new Error(`${id}: related ${related} does not exist`);
  }
}

function casesOf({ paragraphs }: Entry): string {
  return paragraphs.flatMap(({ case: one }) => (one ? [JSON.stringify(one)] : [])).toSorted().join();
}
