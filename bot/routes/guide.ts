import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { guideCard, guideStub } from '../../cards/guide.ts';
import { messageCard } from '../../cards/message.ts';
import { packetCard } from '../../cards/packet.ts';
import { isQuestion } from '../../data/knowledge/sentences.ts';
import { commandOf } from '../../data/text/typed.ts';
import type { Chat } from '../../data/model/chat.ts';
import { linesFor } from '../../data/support/lines.ts';
import type { Given, GuideMove, GuideSaid, GuideState } from '../../dialogs/guide.flow.ts';
import { isFound, learnt, stepOf } from '../../dialogs/guide.flow.ts';
import type { Guide, Slot } from '../../dialogs/guide.ts';
import { understand } from '../../dialogs/guide.understand.ts';
import { viewOf } from '../../dialogs/guide.view.ts';
import type { Here } from '../../dialogs/slots.ts';
import { valueOf } from '../../dialogs/slots.ts';
import { Talk } from '../../dialogs/talk.dialog.ts';
import { chatOf, saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import { clockTime } from '../../data/text/moment.ts';
import type { CardReply } from '../teams/notifier.ts';
import { countryOf, timeZoneOf } from '../teams/client.ts';
import type { Turn } from '../turn.ts';
import { lookAt } from './guideLook.ts';

/** Who comes back later than this is asked whether to go on. */
const AWAY_MS = 10 * 60_000;
const EXPIRES_MS = 14 * 24 * 60 * 60_000;
/** What one guide asked, and no other asks again. */
const REMEMBERED: ReadonlySet<string> = new Set<Slot>(['signInId', 'earlierId', 'businessMail', 'contractId', 'domain']);

/** Begins a guide in a card of its own; another one in progress ends, the same one goes on where it is. */
export async function beginGuide(house: House, turn: Turn, id: string): Promise<Reply[]> {
  const guide = house.guides.get(id);
  if (!guide) return [text(turn.words.faults.unknownAction)];
  if (!turn.isPersonal) return inOwnChat(house, turn, guide);
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk, chat);
  if (running?.guide.id === id) return showBelow(house, turn, chat, running.state);
  const move = await talk.begin(id, house.ids.uuid(), given(house, chat));
  await keep(house, turn, chat, talk, move, chat.guideCard);
  stub(house, turn, chat, turn.words.guide.replaced);
  return move.kind === 'cancelled' ? [] : [live(house, turn, move.state), ...packetOf(house, turn, chat, move)];
}

/** A guide asks what others need not see: it is sent to the person's own chat, if there is one. */
function inOwnChat(house: House, turn: Turn, guide: Guide): Reply[] {
  const conversation = turn.person?.reference;
  if (!conversation) return [text(turn.words.personalOnly)];
  const title = guide.title[turn.lang];
  const begin = button(turn.words.guide.begin, { verb: 'startGuide', guide: guide.id }, { style: 'positive' });
  const conversationId = (conversation as { conversation?: { id?: string } }).conversation?.id ?? '';
  house.say({ conversation, conversationId }, [{ kind: 'card', title, card: messageCard(turn.lang, { title, paragraphs: [], actions: [begin] }) }]);
  return [text(turn.words.guide.movedToOwnChat)];
}

/** What was typed, if a guide is in progress and it fits there; undefined leaves it to the others. */
export async function typedInGuide(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk, chat);
  if (!running) return undefined;
  if (chat.handled.includes(turn.context.activity.id ?? '')) return showBelow(house, turn, chat, running.state);
  const said = understand(stepOf(running.guide, running.state), typed, hereOf(house, turn));
  // Where something of a form is asked for, what has another and is no question is a slip.
  if (!said && stepOf(running.guide, running.state).kind === 'ask' && !commandOf(typed) && !isQuestion(typed.trim())) return showBelow(house, turn, chat, running.state, whyNot(turn, running));
  if (!said) return undefined;
  if (isAway(house, chat) && said.move !== 'cancel' && said.move !== 'restart') {
    await isBack(house, turn);
    return resume(house, turn, chat, running);
  }
  return keepAndShow(house, turn, chat, talk, await moved(house, turn, chat, talk, running, said), { ...running, said });
}

/** The step again, with the reason, when what was typed fits nowhere. Undefined when no guide is in progress. */
export async function repeatStep(house: House, turn: Turn): Promise<Reply[] | undefined> {
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk, chat);
  return running && showBelow(house, turn, chat, running.state, whyNot(turn, running));
}

/** A line that leads back into the guide, below the answer to a question in the middle of it. */
export async function guideWaits(house: House, turn: Turn): Promise<Reply[]> {
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk, chat);
  if (!running) return [];
  const { guide, buttons } = turn.words;
  const { run, rev } = running.state;
  return [{ kind: 'card', title: guide.waiting, card: messageCard(turn.lang, { paragraphs: [guide.waiting], actions: [button(buttons.continue, { verb: 'guide', run, rev, move: 'show' })] }) }];
}

/** A button of a guide's card. One of an older card changes nothing: it shows where the person is now. */
export async function pressedInGuide(house: House, turn: Turn, action: Extract<CardAction, { verb: 'guide' }>): Promise<Pressed> {
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk, chat);
  if (!running || running.state.run !== action.run) {
    const over = isExpired(house, chat) ? turn.words.guide.expired : turn.words.guide.over;
    return { inPlace: { title: over, card: messageCard(turn.lang, { paragraphs: [over] }) } };
  }
  if (action.move === 'show') {
    await isBack(house, turn);
    return { say: turn.words.shownBelow, replies: showBelow(house, turn, chat, running.state) };
  }
  if (action.rev !== running.state.rev) return { inPlace: drawn(house, turn, running.state) };
  const said = saidBy(action, running, hereOf(house, turn));
  if (isAway(house, chat) && action.move !== 'cancel' && action.move !== 'restart') {
    await isBack(house, turn);
    return { inPlace: resumeCard(turn, running) };
  }
  if (!said) return { inPlace: drawn(house, turn, running.state, whyNot(turn, running)) };
  const move = await moved(house, turn, chat, talk, running, said);
  await keep(house, turn, chat, talk, move, turn.context.activity.replyToId ?? chat.guideCard, { ...running, said });
  if (move.kind === 'cancelled') return { inPlace: { title: running.guide.title[turn.lang], card: guideStub(turn.lang, running.guide.title[turn.lang], turn.words.guide.cancelled) } };
  return { inPlace: drawn(house, turn, move.state, noticeFor(turn, move, said)), replies: packetOf(house, turn, chat, move) };
}

/** Asks again later: remembered, so that a restart forgets nothing. */
export async function remind(house: House, turn: Turn, { guide, at }: Extract<CardAction, { verb: 'remind' }>): Promise<Pressed> {
  const now = house.clock.now().getTime();
  if (!turn.isPersonal) return { say: turn.words.personalOnly };
  if (!house.guides.has(guide) || !(Date.parse(at) > now) || Date.parse(at) - now > 24 * 60 * 60_000) return { say: turn.words.faults.unknownAction };
  await saveChat(house, turn, (chat) => ({ ...chat, reminders: [...(chat.reminders ?? []).filter((one) => one.guide !== guide), { at, guide, language: turn.lang, conversation: turn.conversation }].slice(-3) }));
  return { say: turn.words.guide.reminded(hereOf(house, turn).timeOf(new Date(at))) };
}

interface Running {
  state: GuideState;
  guide: Guide;
}

function saidBy(action: Extract<CardAction, { verb: 'guide' }>, { guide, state }: Running, here: Here): GuideSaid | undefined {
  switch (action.move) {
    case 'choose':
      return { move: 'choose', option: action.option ?? '' };
    case 'typed': {
      const step = stepOf(guide, state);
      const value = step.kind === 'ask' ? valueOf(step.slot, action.value, here) : undefined;
      return value === undefined ? undefined : { move: 'typed', value };
    }
    case 'again':
      return isFound(guide, state) ? { move: 'look' } : undefined;
    case 'show':
      return undefined;
    case 'next':
    case 'back':
    case 'cancel':
    case 'restart':
    case 'unsure':
    case 'look':
    case 'skip':
      return { move: action.move };
  }
}

/** Moves the guide; where it may look for itself, looks first, and goes on by what was found. */
async function moved(house: House, turn: Turn, chat: Chat, talk: Talk, { guide, state }: Running, said: GuideSaid): Promise<GuideMove> {
  const facts = given(house, chat);
  if (said.move !== 'look') return talk.goOn(said, facts);
  // `Look again` stands on the card that says what was found: the step before it looks.
  if (isFound(guide, state)) await talk.goOn({ move: 'back' }, facts);
  const at = talk.running ?? state;
  const found = await lookAt(house, turn, guide, at);
  if (!found) return talk.goOn({ move: 'skip' }, facts);
  return talk.goOn({ move: 'found', ...found }, facts);
}

async function keepAndShow(house: House, turn: Turn, chat: Chat, talk: Talk, move: GuideMove, before: Running & { said: GuideSaid }): Promise<Reply[]> {
  await keep(house, turn, chat, talk, move, chat.guideCard, before);
  if (move.kind === 'cancelled') {
    stub(house, turn, chat, turn.words.guide.ended);
    return [text(turn.words.guide.cancelled)];
  }
  return [...showBelow(house, turn, chat, move.state, noticeFor(turn, move)), ...packetOf(house, turn, chat, move)];
}

/** The guide's card anew at the end of the chat, where the person is; what stood above says so. */
function showBelow(house: House, turn: Turn, chat: Chat, state: GuideState, notice?: string): Reply[] {
  stub(house, turn, chat, turn.words.guide.movedOn);
  return [live(house, turn, state, notice)];
}

/** Asked once; whatever is said next is said in the guide. */
async function isBack(house: House, turn: Turn): Promise<void> {
  await saveChat(house, turn, (chat) => ({ ...chat, guideAt: house.clock.now().toISOString() }));
}

/** Who was away is asked whether to go on, before anything moves. */
function resume(house: House, turn: Turn, chat: Chat, running: Running): Reply[] {
  stub(house, turn, chat, turn.words.guide.movedOn);
  return [{ kind: 'card', ...resumeCard(turn, running) }];
}

function resumeCard(turn: Turn, { guide, state }: Running): CardReply {
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

/** What Microsoft's VL support asks for, at an end that leads there. */
function packetOf(house: House, turn: Turn, chat: Chat, move: GuideMove): Reply[] {
  const guide = move.kind === 'moved' ? house.guides.get(move.state.guide) : undefined;
  if (move.kind !== 'moved' || !guide) return [];
  const step = stepOf(guide, move.state);
  if (step.kind !== 'end' || step.packet === undefined) return [];
  const known = { ...chat.known.values, ...move.state.values };
  const lines = linesFor(house.supportLines, countryOf(turn.context.activity, turn.lang));
  return [{ kind: 'card', title: turn.words.support.title, card: packetCard(turn.lang, { kind: step.packet, known, lines, now: house.clock.now() }) }];
}

/** The card that shows the guide from now on. */
function live(house: House, turn: Turn, state: GuideState, notice?: string): Reply {
  return { kind: 'card', ...drawn(house, turn, state, notice), sent: (activityId) => saveChat(house, turn, (now) => ({ ...now, guideCard: activityId })) };
}

/** Leaves of the card that showed the guide in `chat` no more than its title and a sentence. */
function stub(house: House, turn: Turn, chat: Chat, said: string): void {
  const title = runningGuide(house, new Talk(house.guides, turn.context, chat.dialog), chat)?.guide.title[turn.lang];
  if (chat.guideCard !== undefined && title !== undefined) house.redraw(turn, chat.guideCard, { title, card: guideStub(turn.lang, title, said) });
}

function drawn(house: House, turn: Turn, state: GuideState, notice?: string): CardReply {
  const guide = house.guides.get(state.guide);
  if (!guide) throw new Error(`no guide ${state.guide}`);
  return { title: guide.title[turn.lang], card: guideCard(turn.lang, viewOf(house.guides, guide, state, turn.lang, hereOf(house, turn), notice)) };
}

function noticeFor(turn: Turn, move: GuideMove, said?: GuideSaid): string | undefined {
  if (move.kind === 'stayed') return turn.words.guide[move.why];
  return said?.move === 'look' && move.kind === 'moved' && move.state.answers[move.state.path.at(-1) ?? ''] === undefined ? turn.words.guide.lookFailed : undefined;
}

/** Why what was typed does not fit: where a value is asked for, what it looks like. */
function whyNot(turn: Turn, { guide, state }: Running): string {
  const step = stepOf(guide, state);
  return step.kind === 'ask' ? turn.words.guide.slots[step.slot].invalid : turn.words.guide.notUnderstood;
}

function runningGuide(house: House, talk: Talk, chat: Chat): Running | undefined {
  const state = talk.running;
  const guide = state && house.guides.get(state.guide);
  // A step may be gone after an update of the guides.
  const step = guide && state ? guide.steps[state.step] : undefined;
  return state && guide && step && step.kind !== 'decide' && !isExpired(house, chat) ? { state, guide } : undefined;
}

function isAway(house: House, { guideAt }: Chat): boolean {
  return guideAt !== undefined && house.clock.now().getTime() - Date.parse(guideAt) > AWAY_MS;
}

function isExpired(house: House, { guideAt }: Chat): boolean {
  return guideAt !== undefined && house.clock.now().getTime() - Date.parse(guideAt) > EXPIRES_MS;
}

function given(house: House, chat: Chat): Given {
  return { known: isExpired(house, chat) ? {} : (chat.known as Given['known']), canLook: house.canLook, now: house.clock.now() };
}

function hereOf(house: House, turn: Turn): Here & { timeOf: (at: Date) => string } {
  const timeZone = timeZoneOf(turn.context.activity, turn.lang);
  return { now: house.clock.now(), timeZone, timeOf: (at) => clockTime(at, timeZone, turn.lang) };
}

async function open(house: House, turn: Turn): Promise<{ chat: Chat; talk: Talk }> {
  const chat = await chatOf(house, turn);
  return { chat, talk: new Talk(house.guides, turn.context, chat.dialog) };
}

const HANDLED_KEPT = 20;

/** Where the person is, on disk before it is shown. Turns of a conversation run one after the other, so the dialog is theirs alone. */
async function keep(house: House, turn: Turn, chat: Chat, talk: Talk, move: GuideMove, guideCard: string | undefined, before?: { state: GuideState; said: GuideSaid; guide: Guide }): Promise<void> {
  const handled = [...chat.handled, turn.context.activity.id ?? ''].slice(-HANDLED_KEPT);
  const guide = move.kind === 'cancelled' ? undefined : house.guides.get(move.state.guide);
  const state = move.kind === 'cancelled' ? undefined : move.state;
  const typed = Object.fromEntries(Object.entries(state?.values ?? {}).filter(([slot]) => REMEMBERED.has(slot)));
  const withdrawn = before && state ? withdrawnBy(before, state) : [];
  await saveChat(house, turn, ({ guideCard: _old, ...now }) => {
    const kept = before?.said.move === 'restart' ? {} : now.known;
    const values = Object.fromEntries(Object.entries({ ...kept.values, ...typed }).filter(([slot]) => !withdrawn.includes(slot)));
    const known = { ...kept, ...(guide && state ? learnt(guide, state) : {}), values };
    return { ...now, dialog: talk.kept, handled, known, guideAt: house.clock.now().toISOString(), ...(guideCard === undefined ? {} : { guideCard }) };
  });
}

/** What is taken back: by going back to where it was typed, or by not knowing it after all. */
function withdrawnBy({ state, said, guide }: { state: GuideState; said: GuideSaid; guide: Guide }, now: GuideState): string[] {
  const step = stepOf(guide, state);
  return [...Object.keys(state.values).filter((slot) => said.move === 'back' && !(slot in now.values)), ...(said.move === 'unsure' && step.kind === 'ask' ? [step.slot] : [])];
}
