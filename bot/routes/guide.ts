import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { guideCard, guideStub } from '../../cards/guide.ts';
import { messageCard } from '../../cards/message.ts';
import type { Chat } from '../../data/model/chat.ts';
import type { GuideMove, GuideState } from '../../dialogs/guide.flow.ts';
import { learnt, stepOf } from '../../dialogs/guide.flow.ts';
import { understand } from '../../dialogs/guide.understand.ts';
import { viewOf } from '../../dialogs/guide.view.ts';
import { Talk } from '../../dialogs/talk.dialog.ts';
import { chatOf, saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';

/** Begins a guide in a card of its own; another one in progress ends, the same one goes on where it is. */
export async function beginGuide(house: House, turn: Turn, id: string): Promise<Reply[]> {
  if (!turn.isPersonal) return [text(turn.words.personalOnly)];
  if (!house.guides.has(id)) return [text(turn.words.faults.unknownAction)];
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk);
  if (running?.guide.id === id) return showBelow(house, turn, chat, running.state);
  const move = await talk.begin(id, house.ids.uuid());
  await keep(house, turn, chat, talk, move, chat.guideCard);
  stub(house, turn, chat, turn.words.guide.replaced);
  return move.kind === 'cancelled' ? [] : [live(house, turn, move.state)];
}

/** What was typed, if a guide is in progress and it fits there; undefined leaves it to the others. */
export async function typedInGuide(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk);
  if (!running) return undefined;
  if (chat.handled.includes(turn.context.activity.id ?? '')) return showBelow(house, turn, chat, running.state);
  const said = understand(stepOf(running.guide, running.state), typed);
  if (!said) return undefined;
  return keepAndShow(house, turn, chat, talk, await talk.goOn(said));
}

/** The step again, with the reason, when what was typed fits nowhere. Undefined when no guide is in progress. */
export async function repeatStep(house: House, turn: Turn): Promise<Reply[] | undefined> {
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk);
  return running && showBelow(house, turn, chat, running.state, turn.words.guide.notUnderstood);
}

/** A line that leads back into the guide, below the answer to a question in the middle of it. */
export async function guideWaits(house: House, turn: Turn): Promise<Reply[]> {
  const { talk } = await open(house, turn);
  const running = runningGuide(house, talk);
  if (!running) return [];
  const { guide, buttons } = turn.words;
  const { run, rev } = running.state;
  return [
    {
      kind: 'card',
      title: guide.waiting,
      card: messageCard(turn.lang, { paragraphs: [guide.waiting], actions: [button(buttons.continue, { verb: 'guide', run, rev, move: 'show' })] }),
    },
  ];
}

/** A button of a guide's card. One of an older card changes nothing: it shows where the person is now. */
export async function pressedInGuide(house: House, turn: Turn, action: Extract<CardAction, { verb: 'guide' }>): Promise<Pressed> {
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk);
  if (!running || running.state.run !== action.run) {
    return { inPlace: { title: turn.words.guide.over, card: messageCard(turn.lang, { paragraphs: [turn.words.guide.over] }) } };
  }
  if (action.move === 'show') return { say: turn.words.shownBelow, replies: showBelow(house, turn, chat, running.state) };
  if (action.rev !== running.state.rev) return { inPlace: drawn(house, turn, running.state) };
  const said = action.move === 'choose' ? { move: action.move, option: action.option ?? '' } : { move: action.move };
  const move = await talk.goOn(said);
  const pressedCard = turn.context.activity.replyToId;
  await keep(house, turn, chat, talk, move, pressedCard ?? chat.guideCard);
  if (move.kind === 'cancelled') return { inPlace: { title: running.guide.title[turn.lang], card: guideStub(turn.lang, running.guide.title[turn.lang], turn.words.guide.cancelled) } };
  return { inPlace: drawn(house, turn, move.state, noticeFor(turn, move)) };
}

async function keepAndShow(house: House, turn: Turn, chat: Chat, talk: Talk, move: GuideMove): Promise<Reply[]> {
  await keep(house, turn, chat, talk, move, chat.guideCard);
  if (move.kind === 'cancelled') {
    stub(house, turn, chat, turn.words.guide.ended);
    return [text(turn.words.guide.cancelled)];
  }
  return showBelow(house, turn, chat, move.state, noticeFor(turn, move));
}

/** The guide's card anew at the end of the chat, where the person is; what stood above says so. */
function showBelow(house: House, turn: Turn, chat: Chat, state: GuideState, notice?: string): Reply[] {
  stub(house, turn, chat, turn.words.guide.movedOn);
  return [live(house, turn, state, notice)];
}

/** The card that shows the guide from now on. */
function live(house: House, turn: Turn, state: GuideState, notice?: string): Reply {
  return { kind: 'card', ...drawn(house, turn, state, notice), sent: (activityId) => saveChat(house, turn, (now) => ({ ...now, guideCard: activityId })) };
}

/** Leaves of the card that showed the guide in `chat` no more than its title and a sentence. */
function stub(house: House, turn: Turn, chat: Chat, said: string): void {
  const title = runningGuide(house, new Talk(house.guides, turn.context, chat.dialog))?.guide.title[turn.lang];
  if (chat.guideCard !== undefined && title !== undefined) house.redraw(turn, chat.guideCard, { title, card: guideStub(turn.lang, title, said) });
}

function drawn(house: House, turn: Turn, state: GuideState, notice?: string): CardReply {
  const guide = house.guides.get(state.guide);
  if (!guide) throw new Error(`no guide ${state.guide}`);
  return { title: guide.title[turn.lang], card: guideCard(turn.lang, viewOf(house.guides, guide, state, turn.lang, notice)) };
}

function noticeFor(turn: Turn, move: GuideMove): string | undefined {
  return move.kind === 'stayed' ? turn.words.guide[move.why] : undefined;
}

function runningGuide(house: House, talk: Talk): { state: GuideState; guide: NonNullable<ReturnType<House['guides']['get']>> } | undefined {
  const state = talk.running;
  const guide = state && house.guides.get(state.guide);
  // A step may be gone after an update of the guides.
  return state && guide && guide.steps[state.step] ? { state, guide } : undefined;
}

async function open(house: House, turn: Turn): Promise<{ chat: Chat; talk: Talk }> {
  const chat = await chatOf(house, turn);
  return { chat, talk: new Talk(house.guides, turn.context, chat.dialog) };
}

const HANDLED_KEPT = 20;

/** Where the person is, on disk before it is shown. Turns of a conversation run one after the other, so the dialog is theirs alone. */
async function keep(house: House, turn: Turn, chat: Chat, talk: Talk, move: GuideMove, guideCard: string | undefined): Promise<void> {
  const handled = [...chat.handled, turn.context.activity.id ?? ''].slice(-HANDLED_KEPT);
  const guide = move.kind === 'cancelled' ? undefined : house.guides.get(move.state.guide);
  const known = guide && move.kind !== 'cancelled' ? learnt(guide, move.state) : {};
  await saveChat(house, turn, ({ guideCard: _old, ...now }) => ({ ...now, dialog: talk.kept, handled, known: { ...now.known, ...known }, ...(guideCard === undefined ? {} : { guideCard }) }));
}
