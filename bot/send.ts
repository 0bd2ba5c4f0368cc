import type { InvokeResponse, TurnContext } from 'botbuilder';
import type { Pressed, Reply } from './reply.ts';
import type { CardReply } from './teams/notifier.ts';
import { messageOf } from './teams/notifier.ts';
import { withinTime } from './withinTime.ts';

/** A connection that hangs must not hold up the conversation for ever; the connector itself tries again for some seconds. */
const SEND_MS = 15_000;

/** Sends replies in order. */
export async function send(context: TurnContext, replies: Reply[]): Promise<void> {
  for (const reply of replies) {
    if (reply.kind === 'text') await withinTime(context.sendActivity({ type: 'message', text: reply.text, ...(reply.entities ? { entities: reply.entities } : {}) }), SEND_MS);
    else if (reply.kind === 'attachment') await withinTime(context.sendActivity({ type: 'message', attachments: [reply.attachment] }), SEND_MS);
    else if (reply.over === undefined || !(await isDrawnOver(context, reply, reply.over))) {
      const sent = await withinTime(context.sendActivity(messageOf(reply)), SEND_MS);
      if (sent?.id !== undefined) await reply.sent?.(sent.id);
    }
  }
}

/** The message may be gone, or of a client that cannot be updated; then the card comes as a new one. */
async function isDrawnOver(context: TurnContext, reply: CardReply, activityId: string): Promise<boolean> {
  try {
    await withinTime(context.updateActivity({ ...messageOf(reply), id: activityId }), SEND_MS);
    return true;
  } catch {
    return false;
  }
}

/**
 * Answers an Action.Execute. The invoke response is sent by ourselves: teams-ai would put a card that has `refresh`
 * in front of everybody.
 */
export async function answerInvoke(context: TurnContext, pressed: Pick<Pressed, 'inPlace' | 'say'>): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: invokeAnswer(pressed) });
}

/** The invoke response itself: a card in place of the pressed one, or a sentence. */
export function invokeAnswer({ inPlace, say }: Pick<Pressed, 'inPlace' | 'say'>): InvokeResponse {
  const body = inPlace
    ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: inPlace.card }
    : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: say ?? '' };
  return { status: 200, body };
}
