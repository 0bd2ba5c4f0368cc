import type { Chat, Given } from '../data/model/chat.ts';
import type { House } from './house.ts';
import type { Turn } from './turn.ts';

/** What the bot remembers of the conversation of a turn. */
export async function chatOf(house: House, turn: Turn): Promise<Chat> {
  const fresh: Chat = { version: 0, conversationId: turn.conversationId, dialog: {}, handled: [], answers: [], known: {}, at: house.clock.now().toISOString() };
  return (await house.chats.get(turn.conversationId)) ?? fresh;
}

/** A card that was sent after its turn may note its id at the same time; each changes its own part. */
export async function saveChat(house: House, turn: Turn, changed: (now: Chat) => Chat): Promise<void> {
  for (;;) {
    const next = { ...changed(await chatOf(house, turn)), at: house.clock.now().toISOString() };
    if ((await house.chats.save(next)) === 'saved') return;
  }
}

const ANSWERS_KEPT = 8;

/** Remembers answers that were given, for what refers to them later. */
export async function rememberAnswers(house: House, turn: Turn, entries: string[], question: string): Promise<void> {
  const at = house.clock.now().toISOString();
  await saveChat(house, turn, (now) => ({ ...now, answers: [...now.answers, ...entries.map((entry) => ({ entry, question, at }))].slice(-ANSWERS_KEPT) }));
}

const REFERRED_TO_MS = 10 * 60_000;

/** The answer that a follow-up refers to: the last one, for ten minutes. */
export async function lastAnswer(house: House, turn: Turn): Promise<Given | undefined> {
  const last = (await chatOf(house, turn)).answers.at(-1);
  return last && house.clock.now().getTime() - Date.parse(last.at) <= REFERRED_TO_MS ? last : undefined;
}
