import type { CardAction } from '../../cards/actions.ts';
import { button } from '../../cards/actions.ts';
import { guideStub } from '../../cards/guide.ts';
import { messageCard } from '../../cards/message.ts';
import { isQuestion } from '../../data/knowledge/sentences.ts';
import { commandOf } from '../../data/text/typed.ts';
import type { Chat } from '../../data/model/chat.ts';
import type { Given, GuideMove, GuideSaid } from '../../dialogs/guide.flow.ts';
import { isFound, stepOf } from '../../dialogs/guide.flow.ts';
import type { Guide } from '../../dialogs/guide.ts';
import { isAgain, understand } from '../../dialogs/guide.understand.ts';
import type { Here } from '../../dialogs/slots.ts';
import { valueOf } from '../../dialogs/slots.ts';
import type { Talk } from '../../dialogs/talk.dialog.ts';
import { saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import type { Finding } from './guideLook.ts';
import { lookAt, soon } from './guideLook.ts';
import type { Running } from './guideKept.ts';
import { given, isAway, isBack, isExpired, keep, open, runningGuide } from './guideKept.ts';
import { drawn, hereOf, live, noticeFor, resume, resumeCard, showBelow, stub, whyNot } from './guideShown.ts';
import { packetReplies } from './packet.ts';

/** Begins a guide in a card of its own, with what it then need not ask; another one in progress ends, the same one goes on where it is. */
export async function beginGuide(house: House, turn: Turn, id: string, filledIn: Pick<Given, 'values' | 'chosen'> = {}): Promise<Reply[]> {
  const guide = house.guides.get(id);
  if (!guide) return [text(turn.words.faults.unknownAction)];
  if (!turn.isPersonal) return inOwnChat(house, turn, guide);
  const { chat, talk } = await open(house, turn);
  const running = runningGuide(house, talk, chat);
  const isNew = filledIn.values !== undefined;
  if (!isNew && running?.guide.id === id && isAway(house, chat)) {
    await isBack(house, turn);
    return resume(house, turn, chat, running);
  }
  if (!isNew && running?.guide.id === id) return showBelow(house, turn, chat, running.state);
  const move = await talk.begin(id, house.ids.uuid(), { ...given(house, chat), ...filledIn });
  await keep(house, turn, chat, talk, move, chat.guideCard);
  stub(house, turn, chat, turn.words.guide.replaced);
  return move.kind === 'cancelled' ? [] : [live(house, turn, move.state), ...(await packetReplies(house, turn, move))];
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
  const said = isFound(running.guide, running.state) && isAgain(typed) ? ({ move: 'look' } as const) : understand(stepOf(running.guide, running.state), typed, hereOf(house, turn));
  const isSlip = !said && stepOf(running.guide, running.state).kind === 'ask' && !commandOf(typed) && !asksSomething(house, typed.trim());
  if (!said && !isSlip) return undefined;
  if (isAway(house, chat) && said?.move !== 'cancel' && said?.move !== 'restart') {
    await isBack(house, turn);
    return resume(house, turn, chat, running);
  }
  if (!said) return showBelow(house, turn, chat, running.state, whyNot(turn, running));
  return keepAndShow(house, turn, chat, talk, await moved(house, turn, chat, talk, running, said), { ...running, said });
}

/** A symptom or a pasted error of some length asks too; of a few words anything might be recognised. */
const TELLING = 12;

/** Where something of a form is asked for, what has another form and asks nothing is a slip. */
function asksSomething(house: House, typed: string): boolean {
  return isQuestion(typed) || (typed.length >= TELLING && house.search.answer(typed).kind === 'sure');
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
  if (!running) {
    const over = isExpired(house, chat) ? turn.words.guide.expired : turn.words.guide.over;
    return { inPlace: { title: over, card: messageCard(turn.lang, { paragraphs: [over] }) } };
  }
  if (action.move === 'show') {
    await isBack(house, turn);
    return { say: turn.words.shownBelow, replies: showBelow(house, turn, chat, running.state) };
  }
  if (action.run !== running.state.run || action.rev !== running.state.rev) return { inPlace: drawn(house, turn, running.state) };
  const said = saidBy(action, running, hereOf(house, turn));
  if (isAway(house, chat) && action.move !== 'cancel' && action.move !== 'restart') {
    await isBack(house, turn);
    return { inPlace: resumeCard(turn, running) };
  }
  if (!said) return { inPlace: drawn(house, turn, running.state, whyNot(turn, running)) };
  const shownAt = turn.context.activity.replyToId ?? chat.guideCard;
  const looking = said.move === 'look' ? lookAt(house, turn, running.guide, running.state) : undefined;
  const found = looking && (await soon(looking));
  if (looking && found === 'late') {
    goOnLater(house, turn, running, looking, shownAt);
    return { inPlace: drawn(house, turn, running.state, turn.words.guide.looking) };
  }
  const move = await talk.goOn(looking && found !== 'late' ? foundBy(found) : said, given(house, chat));
  await keep(house, turn, chat, talk, move, shownAt, { ...running, said });
  if (move.kind === 'cancelled') return { inPlace: { title: running.guide.title[turn.lang], card: guideStub(turn.lang, running.guide.title[turn.lang], turn.words.guide.cancelled) } };
  return { inPlace: drawn(house, turn, move.state, noticeFor(turn, move, said)), replies: await packetReplies(house, turn, move) };
}

/** Asks again later: remembered, so that a restart forgets nothing. */
export async function remind(house: House, turn: Turn, { guide, at }: Extract<CardAction, { verb: 'remind' }>): Promise<Pressed> {
  const now = house.clock.now().getTime();
  if (!turn.isPersonal) return { say: turn.words.personalOnly };
  if (!house.guides.has(guide) || !(Date.parse(at) > now) || Date.parse(at) - now > 24 * 60 * 60_000) return { say: turn.words.faults.unknownAction };
  await saveChat(house, turn, (chat) => ({ ...chat, reminders: [...(chat.reminders ?? []).filter((one) => one.guide !== guide), { at, guide, language: turn.lang, conversation: turn.conversation }].slice(-3) }));
  return { say: turn.words.guide.reminded(hereOf(house, turn).timeOf(new Date(at))) };
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
  return talk.goOn(said.move === 'look' ? foundBy(await lookAt(house, turn, guide, state)) : said, given(house, chat));
}

function foundBy(found: Finding | undefined): GuideSaid {
  return found ? { move: 'found', ...found } : { move: 'skip' };
}

/** A look that takes longer than a pressed button may goes on after it, and the card follows; not when the person went on meanwhile. */
function goOnLater(house: House, turn: Turn, { state: { run, rev } }: Running, looking: Promise<Finding | undefined>, card: string | undefined): void {
  house.background.run(`look ${turn.conversationId}`, async () => {
    const found = foundBy(await looking);
    await house.inTurn(turn, async (context) => {
      const later = { ...turn, context };
      const { chat, talk } = await open(house, later);
      const running = runningGuide(house, talk, chat);
      if (running?.state.run !== run || running.state.rev !== rev) return;
      const move = await talk.goOn(found, given(house, chat));
      if (move.kind === 'cancelled') return;
      await keep(house, later, chat, talk, move, card, { ...running, said: found });
      const reply = drawn(house, later, move.state, noticeFor(later, move, { move: 'look' }));
      if (card !== undefined) house.redraw(turn, card, reply);
      house.say(turn, [...(card === undefined ? [{ kind: 'card' as const, ...reply }] : []), ...(await packetReplies(house, later, move))]);
    });
  });
}

async function keepAndShow(house: House, turn: Turn, chat: Chat, talk: Talk, move: GuideMove, before: Running & { said: GuideSaid }): Promise<Reply[]> {
  await keep(house, turn, chat, talk, move, chat.guideCard, before);
  if (move.kind === 'cancelled') {
    stub(house, turn, chat, turn.words.guide.ended);
    return [text(turn.words.guide.cancelled)];
  }
  return [...showBelow(house, turn, chat, move.state, noticeFor(turn, move, before.said)), ...(await packetReplies(house, turn, move))];
}
