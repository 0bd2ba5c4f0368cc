import type { TurnContext } from 'botbuilder';
import type { Pressed, Reply } from './reply.ts';
import { messageOf } from './teams/notifier.ts';

/** Sends replies in order. */
export async function send(context: TurnContext, replies: Reply[]): Promise<void> {
  for (const reply of replies) {
    if (reply.kind === 'text') await context.sendActivity({ type: 'message', text: reply.text });
    else if (reply.over !== undefined) await context.updateActivity({ ...messageOf(reply), id: reply.over });
    else {
      const sent = await context.sendActivity(messageOf(reply));
      if (sent?.id !== undefined) await reply.sent?.(sent.id);
    }
  }
}

/**
 * Answers an Action.Execute. The invoke response is sent by ourselves: teams-ai would put a card that has `refresh`
 * in front of everybody.
 */
export async function answerInvoke(context: TurnContext, pressed: Pick<Pressed, 'inPlace' | 'say'>): Promise<void> {
  const body = pressed.inPlace
    ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: pressed.inPlace.card }
    : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: pressed.say ?? '' };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}
