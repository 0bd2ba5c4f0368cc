import { stringify } from 'csv-stringify/sync';
import type { Gap } from '../model/gap.ts';
import type { Language } from '../model/language.ts';
import type { Rating } from '../model/rating.ts';
import type { Search } from './search.ts';

/** Questions that one new or better answer would take care of. */
export interface GapGroup {
  kind: 'unanswered' | 'badlyRated';
  /** The entry that came nearest, or that did not help; empty when nothing came near. */
  entry: string;
  /** How often they were asked, or voted not helpful. */
  times: number;
  questions: { language: Language; question: string; times: number; last: string }[];
}

/**
 * What the owner should write next: unanswered questions by the entry they came nearest to, and answers that did not help
 * with what was asked. Asked again of today's knowledge: a question that has its answer by now is left out. Most asked first.
 */
export function gapGroups(gaps: readonly Gap[], ratings: readonly Rating[], search: Pick<Search, 'answer'>): GapGroup[] {
  const groups = new Map<string, GapGroup>();
  const add = (kind: GapGroup['kind'], entry: string, one: GapGroup['questions'][number]): void => {
    const key = `${kind} ${entry}`;
    const group = groups.get(key) ?? { kind, entry, times: 0, questions: [] };
    groups.set(key, group);
    group.times += one.times;
    const same = group.questions.find(({ question, language }) => question === one.question && language === one.language);
    if (!same) group.questions.push({ ...one });
    else {
      same.times += one.times;
      if (one.last > same.last) same.last = one.last;
    }
  };
  for (const { language, question, times, at } of gaps) {
    const now = search.answer(question);
    if (now.kind === 'between') add('unanswered', now.entries[0] ?? '', { language, question, times, last: at });
    else if (now.kind === 'unsure') add('unanswered', now.near[0] ?? '', { language, question, times, last: at });
  }
  for (const { entryId, votes } of ratings) {
    for (const { helpful, language, question, at } of Object.values(votes)) if (!helpful) add('badlyRated', entryId, { language, question, times: 1, last: at });
  }
  for (const group of groups.values()) group.questions.sort((a, b) => b.times - a.times || b.last.localeCompare(a.last));
  return [...groups.values()].toSorted((a, b) => b.times - a.times || a.entry.localeCompare(b.entry));
}

/** What one tenant's people asked; tenants are never mixed. */
export interface GapReport {
  tenantId: string;
  groups: readonly GapGroup[];
}

const COLUMNS = ['tenant', 'kind', 'entry', 'language', 'question', 'times', 'last'];

/** RFC 4180, with a byte order mark so that Excel reads it as UTF-8, and nothing that a spreadsheet would run. */
export function gapsAsCsv(reports: readonly GapReport[]): string {
  const rows = reports.flatMap(({ tenantId, groups }) => groups.flatMap(({ kind, entry, questions }) => questions.map((one) => ({ tenant: tenantId, kind, entry, ...one }))));
  return stringify(rows, { header: true, columns: COLUMNS, bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}

/** For reading: a chapter for each tenant, a heading for each group, its questions below. */
export function gapsAsMarkdown(reports: readonly GapReport[]): string {
  return ['# What to write next', '', ...(reports.length === 0 ? ['Nobody has asked for more yet.', ''] : reports.flatMap((report) => chapter(report, reports.length > 1)))].join('\n');
}

function chapter({ tenantId, groups }: GapReport, isNamed: boolean): string[] {
  const section = (title: string, kind: GapGroup['kind'], none: string): string[] => {
    const own = groups.filter((group) => group.kind === kind);
    return [`## ${title}`, '', ...(own.length === 0 ? [none, ''] : own.flatMap(block))];
  };
  return [...(isNamed ? [`# Tenant ${tenantId}`, ''] : []), ...section('Unanswered questions', 'unanswered', 'None.'), ...section('Answers that did not help', 'badlyRated', 'None.')];
}

function block({ kind, entry, times, questions }: GapGroup): string[] {
  const heading = entry === '' ? 'Nothing comes near' : kind === 'unanswered' ? `Nearest: ${entry}` : entry;
  return [`### ${heading} (${times})`, '', ...questions.map((one) => `- ${asText(one.question)} (${one.language}, ${one.times}x, last ${one.last.slice(0, 10)})`), ''];
}

/** A question is text, whatever Markdown it holds. */
function asText(question: string): string {
  return question === '' ? '(pressed, not asked)' : question.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
}
