import type { Agreement, Cloud } from '../data/model/contract.ts';
import type { Language } from '../data/model/language.ts';
import type { Subject } from '../data/model/ticket.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button, link } from './actions.ts';
import template from './briefing.card.json' with { type: 'json' };
import type { Card } from './card.ts';
import { headline, layout, literal, when } from './card.ts';
import { messageCard } from './message.ts';

/** What the help desk has to know before it begins. */
export interface BriefingView {
  ticket: string;
  name: string;
  /** Sign-in mail. */
  mail: string;
  speaks: Language;
  subject: Subject;
  question: string;
  state: 'waiting' | 'claimed' | 'closed';
  /** Who has it; empty when nobody. */
  helper: string;
  waitsSince: string;
  closedBy: string;
  /** Empty while it is open. */
  closedAt: string;
  solved: boolean | undefined;
  answers: { title: string; question: string; rejected: boolean }[];
  /** The guide's title, then what was chosen or found in it. */
  path: string[];
  /** What a look found besides. */
  detail: string;
  /** What was typed in guides, by slot. */
  values: { slot: string; value: string }[];
  /** Masked. */
  contracts: string[];
  requests: string[];
  agreement: Agreement | undefined;
  cloud: Cloud | undefined;
  /** What the colleague wrote who passed it on; empty when nobody did. */
  note: string;
  /** Whether an answer can be made of it. */
  canDraft: boolean;
}

const draw = layout(template);
const COLORS = { waiting: 'Attention', claimed: 'Accent', closed: 'Good' } as const;
/** A card is to be read in one look. */
const LONGEST = 700;

/** The card that begins a ticket's thread. */
export function briefingCard(lang: Language, view: BriefingView): Card {
  const { desk } = TEXTS[lang];
  const facts = factsOf(lang, view).filter(({ lines }) => lines.length > 0);
  return draw({
    lang,
    title: headline(desk.title(view.name)),
    state: desk.states[view.state],
    color: COLORS[view.state],
    since: view.state === 'closed' ? `${view.ticket} · ${desk.closedAt} ${when(view.closedAt)}` : `${view.ticket} · ${desk.waitsSince} ${when(view.waitsSince)}`,
    question: cut(view.question),
    facts: facts.map(({ label, lines }) => ({ label, lines: lines.map((text) => ({ text: cut(text) })) })),
    hint: view.state === 'claimed' ? desk.hint : '',
    // Few in a row: a narrow chat does not wrap them everywhere.
    rows: actionsOf(lang, view).map((actions) => ({ actions })),
  });
}

function cut(text: string): string {
  return literal(text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
}

function factsOf(lang: Language, view: BriefingView): { label: string; lines: string[] }[] {
  const { desk, guide, answer } = TEXTS[lang];
  const { facts } = desk;
  const labelOf = (slot: string): string => (slot in guide.slots ? guide.slots[slot as keyof typeof guide.slots].label : slot);
  return [
    { label: facts.helper, lines: view.helper === '' ? [] : [view.helper] },
    { label: facts.note, lines: view.note === '' ? [] : [view.note] },
    { label: facts.closed, lines: view.closedBy === '' ? [] : [view.closedBy, ...(view.solved === undefined ? [] : [view.solved ? desk.solved : desk.notSolved])] },
    { label: desk.mail, lines: [view.mail] },
    { label: facts.language, lines: [desk.languages[view.speaks]] },
    { label: facts.subject, lines: [desk.subjects[view.subject]] },
    { label: facts.case, lines: [[...(view.agreement ? [answer.audiences[view.agreement]] : []), ...(view.cloud ? [desk.clouds[view.cloud]] : [])].join(' · ')].filter((line) => line !== '') },
    { label: facts.path, lines: view.path.length === 0 ? [] : [view.path.join(' › ')] },
    { label: facts.found, lines: view.detail === '' ? [] : [view.detail] },
    { label: facts.answers, lines: view.answers.map(({ title, question, rejected }) => `${title}${question === '' ? '' : ` ← ${question}`}${rejected ? ` (${desk.rejected})` : ''}`) },
    ...view.values.map(({ slot, value }) => ({ label: labelOf(slot), lines: [value] })),
    { label: facts.contracts, lines: view.contracts.length === 0 ? [] : [view.contracts.join(', ')] },
    { label: facts.requests, lines: view.requests.length === 0 ? [] : [view.requests.join(', ')] },
  ];
}

function actionsOf(lang: Language, { ticket, state, canDraft }: BriefingView): Button[][] {
  const { buttons, desk } = TEXTS[lang];
  const act = (title: string, move: 'claim' | 'moveForm' | 'assignForm' | 'closeForm' | 'transcript' | 'answers' | 'roleForm' | 'release' | 'draft', look: { style?: 'positive' } = {}): Button => button(title, { verb: 'ticket', ticket, move }, look);
  const transcript = act(desk.transcript, 'transcript');
  switch (state) {
    case 'waiting':
      return [[act(buttons.claim, 'claim', { style: 'positive' }), act(buttons.transfer, 'moveForm'), act(buttons.close, 'closeForm')], [act(desk.assign, 'assignForm'), transcript]];
    case 'claimed':
      return [[act(desk.answersButton, 'answers'), act(buttons.close, 'closeForm'), act(buttons.transfer, 'moveForm')], [act(desk.assign, 'assignForm'), act(desk.requestRole, 'roleForm')], [act(desk.release, 'release'), transcript]];
    case 'closed':
      return [[transcript, ...(canDraft ? [act(desk.draft, 'draft')] : [])]];
  }
}

/** What stands in the place of a briefing that goes on elsewhere. */
export function leftCard(lang: Language, { name, channel, link: url }: { name: string; channel: string; link: string }): Card {
  const { desk } = TEXTS[lang];
  return messageCard(lang, { title: desk.title(name), paragraphs: [desk.goesOn(channel)], actions: url === '' ? [] : [link(desk.openThread, url)] });
}
