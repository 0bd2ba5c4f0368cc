import type { Chat } from '../../data/model/chat.ts';
import type { Given, GuideMove, GuideSaid, GuideState } from '../../dialogs/guide.flow.ts';
import { learnt, stepOf } from '../../dialogs/guide.flow.ts';
import type { Guide, Slot } from '../../dialogs/guide.ts';
import { stateIn, Talk } from '../../dialogs/talk.dialog.ts';
import { chatOf, saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Turn } from '../turn.ts';

/** Who comes back later than this is asked whether to go on. */
const AWAY_MS = 10 * 60_000;
const EXPIRES_MS = 14 * 24 * 60 * 60_000;
/** What one guide asked, and no other asks again. */
const REMEMBERED: ReadonlySet<string> = new Set<Slot>(['signInId', 'earlierId', 'newId', 'businessMail', 'contractId', 'domain']);

/** A guide in progress. */
export interface Running {
  state: GuideState;
  guide: Guide;
}

/** The guide in progress, unless it expired or its step is gone. */
export function runningGuide(house: House, talk: Talk, chat: Chat): Running | undefined {
  const state = talk.running;
  const guide = state && house.guides.get(state.guide);
  // A step may be gone after an update of the guides.
  const step = guide && state ? guide.steps[state.step] : undefined;
  return state && guide && step && step.kind !== 'decide' && !isExpired(house, chat) ? { state, guide } : undefined;
}

/** The guide in progress in a conversation, outside of a turn. */
export async function runningGuideOf(house: House, { tenantId, conversationId }: Pick<Chat, 'tenantId' | 'conversationId'>): Promise<{ run: string; rev: number } | undefined> {
  const chat = await house.chats.get(tenantId, conversationId);
  const state = chat && stateIn(chat.dialog);
  return state && house.guides.get(state.guide)?.steps[state.step] && !isExpired(house, chat) ? { run: state.run, rev: state.rev } : undefined;
}

/** Whether to ask first if the guide is to go on. */
export function isAway(house: House, { guideAt }: Chat): boolean {
  return guideAt !== undefined && house.clock.now().getTime() - Date.parse(guideAt) > AWAY_MS;
}

export function isExpired(house: House, { guideAt }: Chat): boolean {
  return guideAt !== undefined && house.clock.now().getTime() - Date.parse(guideAt) > EXPIRES_MS;
}

/** What is known before a guide asks. */
export function given(house: House, chat: Chat): Given {
  return { known: isExpired(house, chat) ? {} : (chat.known as Given['known']), canLook: house.canLook, now: house.clock.now() };
}

/** The chat of a turn and its dialogs. */
export async function open(house: House, turn: Turn): Promise<{ chat: Chat; talk: Talk }> {
  const chat = await chatOf(house, turn);
  return { chat, talk: new Talk(house.guides, turn.context, chat.dialog) };
}

/** Asked once; whatever is said next is said in the guide. */
export async function isBack(house: House, turn: Turn): Promise<void> {
  await saveChat(house, turn, (chat) => ({ ...chat, guideAt: house.clock.now().toISOString() }));
}

const HANDLED_KEPT = 20;

/** Where the person is, on disk before it is shown. Turns of a conversation run one after the other, so the dialog is theirs alone. */
export async function keep(house: House, turn: Turn, chat: Chat, talk: Talk, move: GuideMove, guideCard: string | undefined, before?: { state: GuideState; said: GuideSaid; guide: Guide }): Promise<void> {
  const handled = [...chat.handled, turn.context.activity.id ?? ''].slice(-HANDLED_KEPT);
  const guide = move.kind === 'cancelled' ? undefined : house.guides.get(move.state.guide);
  const state = move.kind === 'cancelled' ? undefined : move.state;
  const typed = Object.fromEntries(Object.entries(state?.values ?? {}).filter(([slot]) => REMEMBERED.has(slot)));
  const withdrawn = before && state ? withdrawnBy(before, state) : [];
  await saveChat(house, turn, ({ guideCard: _old, ...now }) => {
    const kept = before?.said.move === 'restart' || isExpired(house, now) ? {} : now.known;
    const values = Object.fromEntries(Object.entries({ ...kept.values, ...typed }).filter(([slot]) => !withdrawn.includes(slot)));
    const known = { ...kept, ...(guide && state ? learnt(guide, state) : {}), values };
    return { ...now, ...(state ? { lastGuide: lastGuideOf(state) } : {}), ...(state && guide ? packetAt(guide, state, values, turn.lang) : {}), dialog: talk.kept, handled, known, guideAt: house.clock.now().toISOString(), ...(guideCard === undefined ? {} : { guideCard }) };
  });
}

function lastGuideOf({ guide, step, path, answers, detail }: GuideState): NonNullable<Chat['lastGuide']> {
  return { id: guide, step, path: path.map((one) => ({ step: one, ...(answers[one] === undefined ? {} : { answer: answers[one] }) })), ...(detail === '' ? {} : { detail }) };
}

/** What Microsoft's VL support asks for, or the help desk, at an end without a solution. */
function packetAt(guide: Guide, state: GuideState, known: Record<string, string>, lang: Turn['lang']): Pick<Chat, 'packet'> {
  const step = stepOf(guide, state);
  if (step.kind !== 'end' || step.outcome === 'solved') return {};
  const problem = step.problem?.[lang] ?? guide.symptom?.[lang] ?? guide.title[lang];
  return { packet: { run: state.run, kind: step.packet ?? 'general', values: { problem, ...known, ...state.values } } };
}

/** Forgets what was said in guides; false when there was nothing. */
export async function forget(house: House, turn: Turn): Promise<boolean> {
  const { known, packet } = await chatOf(house, turn);
  if (packet === undefined && Object.keys(known.values ?? {}).length === 0 && known.agreement === undefined && known.cloud === undefined) return false;
  await saveChat(house, turn, ({ packet: _packet, ...now }) => ({ ...now, known: {} }));
  return true;
}

/** What is taken back: by going back to where it was typed, or by not knowing it after all. */
function withdrawnBy({ state, said, guide }: { state: GuideState; said: GuideSaid; guide: Guide }, now: GuideState): string[] {
  const step = stepOf(guide, state);
  return [...Object.keys(state.values).filter((slot) => said.move === 'back' && !(slot in now.values)), ...(said.move === 'unsure' && step.kind === 'ask' ? [step.slot] : [])];
}
