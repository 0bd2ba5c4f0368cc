import type { Entry } from '../data/knowledge/entry.ts';
import type { Language } from '../data/model/language.ts';
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
  /** Whose ticket it is. */
  name: string;
  problem?: string;
}

/** Where to, and a note for those who take it over. */
export function moveForm(lang: Language, { ticket, name, problem, channels, note = '' }: Form & { channels: { id: string; title: string }[]; note?: string }): Card {
  const { desk, buttons } = TEXTS[lang];
  const [first] = channels;
  if (!first) return messageCard(lang, { title: `${buttons.transfer}: ${name}`, paragraphs: [desk.noOtherChannel], actions: [back(lang, ticket)] });
  return smallFormCard(lang, {
    title: `${buttons.transfer}: ${name}`,
    text: desk.moveText,
    ...(problem === undefined ? {} : { problem }),
    texts: [{ id: 'note', label: desk.note, hint: '', value: note, isLong: true, required: '' }],
    choices: [{ id: 'to', label: desk.channel, value: first.id, isMulti: false, options: channels.map(({ id, title }) => ({ title, value: id })) }],
    actions: [button(buttons.transfer, { verb: 'ticket', ticket, move: 'move' }, { style: 'positive' }), back(lang, ticket)],
  });
}

/** Which colleague. Without a list of the team, a sign-in mail is typed. */
export function assignTicketForm(lang: Language, { ticket, name, problem, members }: Form & { members: { id: string; name: string }[] }): Card {
  const { desk, fields } = TEXTS[lang];
  const [first] = members;
  return smallFormCard(lang, {
    title: `${desk.assign}: ${name}`,
    text: desk.assignText,
    ...(problem === undefined ? {} : { problem }),
    ...(first
      ? { choices: [{ id: 'to', label: desk.colleague, value: '', isMulti: false, options: members.map((member) => ({ title: member.name, value: member.id })) }] }
      : { texts: [{ id: 'to', label: desk.colleague, hint: fields.forWhomHint, value: '', isLong: false, required: fields.required }] }),
    actions: [button(desk.assign, { verb: 'ticket', ticket, move: 'assign' }, { style: 'positive' }), back(lang, ticket)],
  });
}

/** What the person is told at the end. */
export function closeForm(lang: Language, { ticket, name, problem }: Form): Card {
  const { desk, buttons } = TEXTS[lang];
  return smallFormCard(lang, {
    title: `${buttons.close}: ${name}`,
    text: desk.closeText,
    ...(problem === undefined ? {} : { problem }),
    texts: [{ id: 'note', label: desk.reason, hint: desk.reasonHint, value: '', isLong: true, required: '' }],
    actions: [button(buttons.close, { verb: 'ticket', ticket, move: 'close' }, { style: 'positive' }), back(lang, ticket)],
  });
}

/** Answers to send: those that were found, each with a button. */
export function cannedCard(lang: Language, { ticket, name, speaks, query, found, isThread }: { ticket: string; name: string; speaks: Language; query: string; found: Entry[]; isThread: boolean }): Card {
  const { desk } = TEXTS[lang];
  return listCard(lang, {
    title: desk.answersButton,
    note: { text: query !== '' && found.length === 0 ? desk.noneFound : desk.answersText(name, desk.languages[speaks]), style: 'default' },
    rows: found.map((entry) => ({ heading: entry.title, lines: [gist(entry).replaceAll('**', '')], side: [button(desk.send, { verb: 'ticket', ticket, move: 'sendAnswer', entry: entry.id }, { inputs: false })] })),
    page: 0,
    turn: () => ({ verb: 'ticket', ticket, move: 'answers' }),
    search: { label: desk.searchFor, hint: desk.searchHint, value: query, action: button(desk.search, { verb: 'ticket', ticket, move: 'answers' }) },
    // In a message of its own it has no briefing to go back to.
    actions: isThread ? [] : [back(lang, ticket)],
  });
}

/** Keeps a page of Japanese under the 28 KB that Teams takes. */
const SHOWN = 15;
const LONGEST = 400;

/** What was said, oldest first, the newest page first. */
export function transcriptCard(lang: Language, { ticket, name, lines, page }: { ticket: string; name: string; lines: string[]; page: number }): Card {
  const { desk } = TEXTS[lang];
  const end = Math.max(0, lines.length - page * SHOWN);
  const shown = lines.slice(Math.max(0, end - SHOWN), end).map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line));
  const turn = (title: string, to: number): Button => button(title, { verb: 'ticket', ticket, move: 'transcript', page: to });
  const earlier = end > SHOWN ? [turn(desk.earlier, page + 1)] : [];
  const later = page > 0 ? [turn(desk.later, page - 1)] : [];
  return messageCard(lang, { title: `${desk.transcript}: ${name}`, paragraphs: shown.length === 0 ? [desk.nothingSaid] : shown, actions: [...earlier, ...later, back(lang, ticket)] });
}

/** What was done, and the way back. */
export function ticketSaysCard(lang: Language, ticket: string, said: string): Card {
  return messageCard(lang, { paragraphs: [said], actions: [back(lang, ticket)] });
}

function back(lang: Language, ticket: string): Button {
  return button(TEXTS[lang].buttons.back, { verb: 'ticket', ticket, move: 'briefing' }, { inputs: false });
}
