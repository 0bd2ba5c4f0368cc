import { button } from '../../cards/actions.ts';
import { guideCard, guideStub } from '../../cards/guide.ts';
import { messageCard } from '../../cards/message.ts';
import type { Chat } from '../../data/model/chat.ts';
import { clockTime } from '../../data/text/moment.ts';
import type { GuideMove, GuideSaid, GuideState } from '../../dialogs/guide.flow.ts';
import { stepOf } from '../../dialogs/guide.flow.ts';
import { viewOf } from '../../dialogs/guide.view.ts';
import type { Here } from '../../dialogs/slots.ts';
import { Talk } from '../../dialogs/talk.dialog.ts';
import { saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';
import type { Running } from './guideKept.ts';
import { runningGuide } from './guideKept.ts';

/** The guide's card anew at the end of the chat, where the person is; what stood above says so. */
export function showBelow(house: House, turn: Turn, chat: Chat, state: GuideState, notice?: string): Reply[] {
  stub(house, turn, chat, turn.words.guide.movedOn);
  return [live(house, turn, state, notice)];
}

/** Who was away is asked whether to go on, before anything moves. */
export function resume(house: House, turn: Turn, chat: Chat, running: Running): Reply[] {
  stub(house, turn, chat, turn.words.guide.movedOn);
  return [{ kind: 'card', ...resumeCard(turn, running) }];
}

export function resumeCard(turn: Turn, { guide, state }: Running): CardReply {
  const { run, rev } = state;
  const { buttons } = turn.words;
  const actions = [
    button(buttons.continue, { verb: 'guide', run, rev, move: 'show' }, { style: 'positive' as const }),
    button(turn.words.guide.restart, { verb: 'guide', run, rev, move: 'restart' }),
    button(buttons.cancel, { verb: 'guide', run, rev, move: 'cancel' }),
  ];
  const title = guide.title[turn.lang];
  return { title, card: messageCard(turn.lang, { title, paragraphs: [turn.words.guide.away], actions }) };
}

/** The card that shows the guide from now on. */
export function live(house: House, turn: Turn, state: GuideState, notice?: string): Reply {
  return { kind: 'card', ...drawn(house, turn, state, notice), sent: (activityId) => saveChat(house, turn, (now) => ({ ...now, guideCard: activityId })) };
}

/** Leaves of the card that showed the guide in `chat` no more than its title and a sentence. */
export function stub(house: House, turn: Turn, chat: Chat, said: string): void {
  const title = runningGuide(house, new Talk(house.guides, turn.context, chat.dialog), chat)?.guide.title[turn.lang];
  if (chat.guideCard !== undefined && title !== undefined) house.redraw(turn, chat.guideCard, { title, card: guideStub(turn.lang, title, said) });
}

export function drawn(house: House, turn: Turn, state: GuideState, notice?: string): CardReply {
  const guide = house.guides.get(state.guide);
  if (!guide) throw new Error(`no guide ${state.guide}`);
  return { title: guide.title[turn.lang], card: guideCard(turn.lang, viewOf(house.guides, guide, state, turn.lang, hereOf(house, turn), notice)) };
}

export function noticeFor(turn: Turn, move: GuideMove, said?: GuideSaid): string | undefined {
  if (move.kind === 'stayed') return turn.words.guide[move.why];
  return said?.move === 'look' && move.kind === 'moved' && move.state.answers[move.state.path.at(-1) ?? ''] === undefined ? turn.words.guide.lookFailed : undefined;
}

/** Why what was typed does not fit: where a value is asked for, what it looks like. */
export function whyNot(turn: Turn, { guide, state }: Running): string {
  const step = stepOf(guide, state);
  return step.kind === 'ask' ? turn.words.guide.slots[step.slot].invalid : turn.words.guide.notUnderstood;
}

/** When and where a person is. */
export function hereOf(house: House, turn: Turn): Here & { timeOf: (at: Date) => string } {
  const { timeZone, lang } = turn;
  return { now: house.clock.now(), timeZone, timeOf: (at) => clockTime(at, timeZone, lang) };
}
