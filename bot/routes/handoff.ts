import { EventFactory } from 'botbuilder';
import type { Activity } from 'botbuilder';
import { chatOf, saveChat } from '../chat.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { questionOf } from '../desk/gather.ts';
import { personReply } from './answer.ts';
import { TAKES_HANDOFF } from './channels.ts';

// Channels other than Teams may have a help desk of their own: the Bot Framework's handoff protocol
// (learn.microsoft.com/azure/bot-service/bot-service-design-pattern-handoff-human). Teams answers it with 400.

/** Asks the channel for a person, with what was said before. */
export async function handOver(house: House, turn: Turn): Promise<Reply[]> {
  const { channelId } = turn.context.activity;
  if (!TAKES_HANDOFF.has(channelId)) return personReply(house, turn);
  const chat = await chatOf(house, turn);
  const bot = turn.context.activity.recipient;
  const { from } = turn.context.activity;
  const activities = chat.said.map(({ at, by, text: said }) => ({ type: 'message', text: said, timestamp: new Date(at), from: by === 'bot' ? { ...bot, role: 'bot' } : { ...from, role: 'user' } }) as unknown as Activity);
  const event = EventFactory.createHandoffInitiation(turn.context, { Language: turn.lang, Question: questionOf(chat, house.clock.now()) }, { activities });
  await turn.context.sendActivity(event);
  await saveChat(house, turn, (now) => ({ ...now, handoff: 'asked' }));
  return [text(turn.words.talk.handoff.asked)];
}

/** `handoff.status`: the person is there, is not to be had, or is gone again. */
export async function onHandoffStatus(house: House, turn: Turn): Promise<Reply[]> {
  const { state } = (turn.context.activity.value ?? {}) as { state?: unknown };
  const { handoff } = turn.words.talk;
  if (state === 'accepted') {
    await saveChat(house, turn, (now) => ({ ...now, handoff: 'accepted' }));
    return [text(handoff.accepted)];
  }
  if (state !== 'failed' && state !== 'completed') return [];
  await saveChat(house, turn, ({ handoff: _over, ...now }) => now);
  return [text(handoff[state])];
}

/** A person has the chat on such a channel: the bot is silent. */
export async function isHandedOver(house: House, turn: Turn): Promise<boolean> {
  return turn.context.activity.channelId !== 'msteams' && (await house.chats.get(turn.tenantId, turn.conversationId))?.handoff === 'accepted';
}
