import type { Language } from '../data/model/language.ts';
import { TEXTS } from '../data/text/index.ts';
import { button } from './actions.ts';
import type { Card } from './card.ts';
import { literal } from './card.ts';
import { messageCard } from './message.ts';
import { smallFormCard } from './smallForm.ts';

/** How a talk with the help desk stands. */
export interface TalkView {
  ticket: string;
  question: string;
  state: 'waiting' | 'claimed' | 'closed';
  helper: string;
  /** Whether anybody was ever there. */
  wasClaimed: boolean;
  /** From 1. */
  place: number;
  /** How long people usually wait; undefined when nobody knows. */
  minutes: number | undefined;
  /** When the help desk is there again; absent: it is there. */
  opensAt?: string;
  /** When it is there, in words; absent: always. */
  hours?: string;
}

/** The card that shows the person how the talk stands; kept current. */
export function talkCard(lang: Language, view: TalkView): Card {
  const { talk } = TEXTS[lang];
  const end = button(view.state === 'waiting' ? talk.leave : talk.end, { verb: 'endTalk', ticket: view.ticket });
  const question = literal(view.question.length > 300 ? `${view.question.slice(0, 300)} …` : view.question);
  switch (view.state) {
    case 'waiting': {
      const wait = view.opensAt === undefined ? (view.minutes === undefined ? '' : talk.usual(view.minutes)) : talk.answersFrom(view.opensAt);
      return messageCard(lang, { title: view.opensAt === undefined ? talk.waitingTitle(view.place) : talk.taken, paragraphs: [question, [wait, ...(view.hours === undefined ? [] : [talk.hours(view.hours)]), talk.meanwhile].filter((text) => text !== '').join('\n')], actions: [...(view.opensAt === undefined ? [] : [line(lang)]), end] });
    }
    case 'claimed':
      return messageCard(lang, { title: talk.with(view.helper), paragraphs: [question, talk.goesTo(view.helper)], actions: [end] });
    case 'closed':
      return messageCard(lang, { title: view.wasClaimed ? talk.over : talk.left, paragraphs: [question], actions: [] });
  }
}

/** Asks what it is about, before anybody is asked to help. */
export function helpFormCard(lang: Language, form: { question: string; subject: string; opensAt?: string; problem?: string }): Card {
  const { talk, desk, fields, buttons } = TEXTS[lang];
  return smallFormCard(lang, {
    title: talk.formTitle,
    text: [talk.formText, ...(form.opensAt === undefined ? [] : [talk.closedUntil(form.opensAt)]), ...(form.question === '' ? [talk.orType] : [])].join(lang === 'ja' ? '' : ' '),
    ...(form.problem === undefined ? {} : { problem: form.problem }),
    texts: [{ id: 'question', label: talk.about, hint: talk.aboutHint, value: form.question, isLong: true, required: fields.required }],
    choices: [{ id: 'subject', label: talk.subject, value: form.subject, isMulti: false, options: (['registration', 'roles', 'other'] as const).map((value) => ({ title: desk.subjects[value], value })) }],
    actions: [button(buttons.person, { verb: 'openTicket' }, { style: 'positive' }), ...(form.opensAt === undefined ? [] : [line(lang)]), button(buttons.cancel, { verb: 'cancelForm', form: 'help' }, { inputs: false })],
  });
}

/** Microsoft's own VL support. */
function line(lang: Language): ReturnType<typeof button> {
  return button(TEXTS[lang].talk.microsoft, { verb: 'answer', entry: 'contact-support' }, { inputs: false });
}

export interface TalkOver {
  ticket: string;
  by: 'helper' | 'person' | 'time' | 'noDesk';
  helper: string | undefined;
  reason?: string;
  /** Whether anybody was there. */
  wasClaimed: boolean;
  /** The guide that was left, and goes on. */
  guide?: { run: string; rev: number };
}

/** The talk is over: was it solved? And the way back to what was left. */
export function talkOverCard(lang: Language, view: TalkOver): Card {
  const { talk, buttons, guide } = TEXTS[lang];
  if (view.by === 'noDesk') return messageCard(lang, { title: talk.over, paragraphs: [talk.closedNoDesk], actions: [line(lang)] });
  const said = view.by === 'helper' ? talk.closedBy(view.helper ?? '', view.reason) : view.by === 'time' ? talk.closedByTime : view.wasClaimed ? talk.closedByPerson : talk.withdrawn;
  const goOn = view.guide ? [button(buttons.continue, { verb: 'guide', ...view.guide, move: 'show' }, { inputs: false })] : [];
  const after = view.guide ? `\n${guide.waiting}` : '';
  if (!view.wasClaimed) return messageCard(lang, { title: talk.left, paragraphs: [`${said}${after}`], actions: goOn });
  return smallFormCard(lang, {
    title: talk.over,
    lead: said,
    text: view.by === 'time' ? talk.wasItSolvedLater : `${talk.wasItSolved}${after}`,
    texts: [{ id: 'comment', label: talk.sentence, hint: '', value: '', isLong: false, required: '' }],
    actions: [button(buttons.solved, { verb: 'rateTalk', ticket: view.ticket, solved: true }, { style: 'positive' }), button(buttons.notSolved, { verb: 'rateTalk', ticket: view.ticket, solved: false }), ...goOn],
  });
}

/** After the rating. */
export function talkRatedCard(lang: Language, solved: boolean): Card {
  const { talk, buttons } = TEXTS[lang];
  return messageCard(lang, { title: talk.over, paragraphs: [solved ? talk.ratedSolved : talk.ratedNotSolved], actions: solved ? [] : [button(buttons.person, { verb: 'command', command: 'person' })] });
}
