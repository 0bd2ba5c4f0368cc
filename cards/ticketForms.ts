import type { Entry } from '../data/knowledge/entry.ts';
import type { Language } from '../data/model/language.ts';
import type { Line } from '../data/model/ticket.ts';
import { TEXTS } from '../data/text/index.ts';
import type { Button } from './actions.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { gist } from './gist.ts';
import { listCard } from './list.ts';
import { messageCard } from './message.ts';
import { smallFormCard } from './smallForm.ts';

interface Form {
  ticket: string;
  problem?: string;
}

/** Where to, and a note for those who take it over. */
export function moveForm(lang: Language, { ticket, problem, channels, note = '' }: Form & { channels: { id: string; title: string }[]; note?: string }): Card {
  const { desk, buttons } = TEXTS[lang];
  const [first] = channels;
  if (!first) return messageCard(lang, { title: buttons.transfer, paragraphs: [desk.noOtherChannel], actions: [back(lang, ticket)] });
  return smallFormCard(lang, {
    title: buttons.transfer,
    text: desk.moveText,
    ...(problem === undefined ? {} : { problem }),
    texts: [{ id: 'note', label: desk.note, hint: '', value: note, isLong: true, required: '' }],
    choices: [{ id: 'to', label: desk.channel, value: first.id, isMulti: false, options: channels.map(({ id, title }) => ({ title, value: id })) }],
    actions: [button(buttons.transfer, { verb: 'ticket', ticket, move: 'move' }, { style: 'positive' }), back(lang, ticket)],
  });
}

/** Which colleague. Without a list of the team, a sign-in mail is typed. */
export function assignTicketForm(lang: Language, { ticket, problem, members }: Form & { members: { id: string; name: string }[] }): Card {
  const { desk, fields } = TEXTS[lang];
  const [first] = members;
  return smallFormCard(lang, {
    title: desk.assign,
    text: desk.assignText,
    ...(problem === undefined ? {} : { problem }),
    ...(first
      ? { choices: [{ id: 'to', label: desk.colleague, value: first.id, isMulti: false, options: members.map(({ id, name }) => ({ title: name, value: id })) }] }
      : { texts: [{ id: 'to', label: desk.colleague, hint: fields.forWhomHint, value: '', isLong: false, required: fields.required }] }),
    actions: [button(desk.assign, { verb: 'ticket', ticket, move: 'assign' }, { style: 'positive' }), back(lang, ticket)],
  });
}

/** What the person is told at the end. */
export function closeForm(lang: Language, { ticket, problem }: Form): Card {
  const { desk, buttons } = TEXTS[lang];
  return smallFormCard(lang, {
    title: buttons.close,
    text: desk.closeText,
    ...(problem === undefined ? {} : { problem }),
    texts: [{ id: 'note', label: desk.reason, hint: desk.reasonHint, value: '', isLong: true, required: '' }],
    actions: [button(buttons.close, { verb: 'ticket', ticket, move: 'close' }, { style: 'positive' }), back(lang, ticket)],
  });
}

/** Answers to send: those that were found, each with a button. */
export function cannedCard(lang: Language, { ticket, query, found, isThread }: { ticket: string; query: string; found: Entry[]; isThread: boolean }): Card {
  const { desk } = TEXTS[lang];
  return listCard(lang, {
    title: desk.answersButton,
    note: { text: query === '' ? desk.answersText : found.length === 0 ? desk.noneFound : desk.pressToSend, style: 'default' },
    rows: found.map((entry) => ({ heading: entry.title, lines: [gist(entry)], side: [button(desk.send, { verb: 'ticket', ticket, move: 'sendAnswer', entry: entry.id }, { inputs: false })] })),
    page: 0,
    turn: () => ({ verb: 'ticket', ticket, move: 'answers' }),
    search: { label: desk.searchFor, hint: desk.searchHint, value: query, action: button(desk.search, { verb: 'ticket', ticket, move: 'answers' }) },
    // In a message of its own it has no briefing to go back to.
    actions: isThread ? [] : [back(lang, ticket)],
  });
}

const SHOWN = 40;
const LONGEST = 300;

/** What was said, oldest first; the newest part when it is long. */
export function transcriptCard(lang: Language, { ticket, name, lines }: { ticket: string; name: string; lines: (Omit<Line, 'by'> & { by: string })[] }): Card {
  const { desk } = TEXTS[lang];
  const shown = lines.slice(-SHOWN).map(({ by, text }) => `${by}: ${text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text}`);
  return messageCard(lang, { title: `${desk.transcript}: ${name}`, paragraphs: shown.length === 0 ? [desk.nothingSaid] : shown, actions: [back(lang, ticket)] });
}

/** What was done, and the way back. */
export function ticketSaysCard(lang: Language, ticket: string, said: string): Card {
  return messageCard(lang, { paragraphs: [said], actions: [back(lang, ticket)] });
}

function back(lang: Language, ticket: string): Button {
  return button(TEXTS[lang].buttons.back, { verb: 'ticket', ticket, move: 'briefing' }, { inputs: false });
}
