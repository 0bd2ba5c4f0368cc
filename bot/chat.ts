import type { Chat, Given } from '../data/model/chat.ts';
import type { House } from './house.ts';
import type { Turn } from './turn.ts';

/** What the bot remembers of the conversation of a turn. */
export async function chatOf(house: House, turn: Turn): Promise<Chat> {
  const fresh: Chat = { version: 0, tenantId: turn.tenantId, conversationId: turn.conversationId, dialog: {}, handled: [], answers: [], known: {}, said: [], at: house.clock.now().toISOString() };
  return (await house.chats.get(turn.tenantId, turn.conversationId)) ?? fresh;
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
  await saveChat(house, turn, (now) => ({ ...now, offered: undefined, answers: [...now.answers, ...entries.map((entry) => ({ entry, question, at }))].slice(-ANSWERS_KEPT) }));
}

/** Remembers what was offered to choose from, so that its place in the list chooses it too. */
export async function rememberOffer(house: House, turn: Turn, entries: string[]): Promise<void> {
  const at = house.clock.now().toISOString();
  await saveChat(house, turn, (now) => ({ ...now, offered: { entries, at } }));
}

/** What was offered last, for ten minutes. */
export async function lastOffer(house: House, turn: Turn): Promise<string[]> {
  const { offered } = await chatOf(house, turn);
  return offered && isLately(house, offered.at) ? offered.entries : [];
}

const REFERRED_TO_MS = 10 * 60_000;

/** The answer that a follow-up refers to: the last one, for ten minutes. */
export async function lastAnswer(house: House, turn: Turn): Promise<Given | undefined> {
  const last = (await chatOf(house, turn)).answers.at(-1);
  return last && isLately(house, last.at) ? last : undefined;
}

function isLately(house: House, at: string): boolean {
  return house.clock.now().getTime() - Date.parse(at) <= REFERRED_TO_MS;
}
