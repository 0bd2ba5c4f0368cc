import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button, link, QUEUES } from './actions.ts';
import type { Card } from './card.ts';
import { when } from './card.ts';
import { listCard } from './list.ts';

export interface QueueRow {
  ticket: string;
  name: string;
  question: string;
  state: 'waiting' | 'claimed' | 'closed';
  helper: string;
  waitsSince: string;
  /** A link to its thread; empty when it has none. */
  thread: string;
}

export interface QueueView {
  show: (typeof QUEUES)[number];
  rows: QueueRow[];
  page: number;
  query: string;
  /** What was just done; empty when nothing was. */
  note: string;
  /** Shown in a channel, and so of that channel alone. */
  isOneChannel: boolean;
}

/** What waits at the help desk, what is mine, and everyone's; the oldest first. */
export function queueCard(lang: Language, { show, rows, page, query, note, isOneChannel }: QueueView): Card {
  const { desk, buttons } = TEXTS[lang];
  const tab = (to: QueueView['show']): Button => button(desk.tabs[to], { verb: 'queue', show: to, page: 0 }, { inputs: false });
  return listCard(lang, {
    title: `${desk.queueTitle}: ${desk.tabs[show]}`,
    ...(note !== '' ? { note: { text: note, style: 'good' as const } } : rows.length === 0 ? { note: { text: query !== '' ? desk.noneFound : isOneChannel ? `${desk.empty[show]}\n${desk.ofThisChannel}` : desk.empty[show], style: 'default' as const } } : {}),
    rows: rows.map(({ ticket, name, question, state, helper, waitsSince, thread }) => ({
      heading: `${name} · ${ticket}`,
      lines: [question.length > 80 ? `${question.slice(0, 80)} …` : question, ...(state === 'claimed' ? [`${desk.states.claimed}: ${helper}`] : state === 'closed' ? [desk.states.closed] : [])],
      time: `${desk.waitsSince} ${when(waitsSince)}`,
      below: [...(state === 'waiting' ? [button(buttons.claim, { verb: 'ticket', ticket, move: 'claim' }, { inputs: false, style: 'positive' })] : []), ...(thread === '' ? [] : [link(desk.openThread, thread)])],
    })),
    page,
    turn: (to) => ({ verb: 'queue', show, page: to, query }),
    search: { label: desk.searchQueue, hint: '', value: query, action: button(desk.search, { verb: 'queue', show, page: 0 }) },
    actions: [...QUEUES.filter((one) => one !== show).map(tab), button(desk.summary, { verb: 'summary' }, { inputs: false })],
  });
}
