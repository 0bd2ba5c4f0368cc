import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button, CardAction, Carried } from './actions.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { layout, literal } from './card.ts';
import template from './list.card.json' with { type: 'json' };

export interface Row {
  heading: string;
  lines?: string[];
  time?: string;
  warning?: string;
  /** Beside the row: one short button. */
  side?: Button[];
  /** Below the row. */
  below?: Button[];
}

export interface List {
  title: string;
  rows: Row[];
  /** A sentence above the rows, and whether it reports, warns or is all there is. */
  note?: { text: string; style: 'default' | 'good' | 'warning' | 'attention' };
  actions?: Button[];
  /** Counts from 0. */
  page: number;
  /** What shows another page of the same list. */
  turn: Omit<Extract<CardAction, { verb: 'list' }>, 'verb' | 'page'> | ((page: number) => Carried);
  /** A box to search in the list. */
  search?: { label: string; hint: string; value: string; action: Button };
}

/** Keeps a page with two buttons a row well under the 28 KB that Teams takes. */
export const PAGE_LENGTH = 8;

const draw = layout(template);

/** A page of rows; a page beyond the end shows the last one. */
export function listCard(lang: Language, list: List): Card {
  const { buttons, page: pageOf } = TEXTS[lang];
  const pages = Math.max(1, Math.ceil(list.rows.length / PAGE_LENGTH));
  const page = Math.min(list.page, pages - 1);
  const turn = (title: string, to: number): Button => button(title, typeof list.turn === 'function' ? list.turn(to) : { verb: 'list', ...list.turn, page: to });
  return draw({
    lang,
    title: list.title,
    note: list.note?.text ?? '',
    noteStyle: list.note?.style ?? 'default',
    search: list.search ? [{ ...list.search, actions: [list.search.action] }] : [],
    rows: list.rows.slice(page * PAGE_LENGTH, (page + 1) * PAGE_LENGTH).map((row) => ({
      heading: literal(row.heading),
      lines: (row.lines ?? []).map((text) => ({ text: literal(text) })),
      time: row.time ?? '',
      warning: row.warning ?? '',
      side: row.side ?? [],
      below: row.below ?? [],
    })),
    page: pages > 1 ? pageOf(page + 1, pages) : '',
    actions: [
      ...(page > 0 ? [turn(buttons.previousPage, page - 1)] : []),
      ...(page < pages - 1 ? [turn(buttons.nextPage, page + 1)] : []),
      ...(list.actions ?? []),
    ],
  });
}
