import type { Activity, ConversationReference, InvokeResponse, ResourceResponse } from 'botbuilder';
import { ActivityEx, BotAdapter, INVOKE_RESPONSE_KEY, TurnContext } from 'botbuilder';
import { NO_TENANT } from '../../data/model/ids.ts';
import type { TurnKey, Turns } from '../../data/ports.ts';
import type { At, Connector } from './connector.ts';
import { tenantOf } from './directory.ts';
import type { Outcome } from './http.ts';
import type { Incoming } from './incoming.ts';

/** An activity of a turn that nobody's activity began: nothing sent in it is a reply. */
const BY_ITSELF = Symbol('by itself');

/** Turns of the Bot Framework over the bot's own connector: who comes in is verified, and each conversation has one turn at a time. */
export class Adapter extends BotAdapter {
  private readonly parts: { incoming: Incoming; connector: Connector; turns: Turns };

  constructor(parts: Adapter['parts']) {
    super();
    this.parts = parts;
  }

  /** Runs `turn` on an activity; returns the answer to an invoke. Throws an AuthenticationError when it is not to be let in. */
  async receive(authorization: string, activity: Activity, turn: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    await this.parts.incoming.verify(authorization, activity);
    const context = new TurnContext(this, activity);
    await this.parts.turns.run(turnKey(activity), () => turn(context));
    if (activity.deliveryMode === 'expectReplies') return { status: 200, body: { activities: context.bufferedReplyActivities } };
    if (activity.type !== 'invoke') return undefined;
    return (context.turnState.get<Activity | undefined>(INVOKE_RESPONSE_KEY)?.value as InvokeResponse | undefined) ?? { status: 501 };
  }

  /** Runs `turn` in a conversation that was kept, in order with its other turns. */
  override async continueConversation(reference: Partial<ConversationReference>, turn: (context: TurnContext) => Promise<void>): Promise<void> {
    const activity = ActivityEx.getContinuationActivity(reference) as Activity;
    const context = new TurnContext(this, activity);
    context.turnState.set(BY_ITSELF, true);
    await this.parts.turns.run(turnKey(activity), () => turn(context));
  }

  /** Answers an activity with one sentence, by one request and outside of its conversation's order, which may be what failed. */
  reply(activity: Activity, text: string): Promise<Outcome<string>> {
    const reply = TurnContext.applyConversationReference({ type: 'message', text }, TurnContext.getConversationReference(activity));
    return this.parts.connector.post(placeOf(reply), reply);
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const sent: ResourceResponse[] = [];
    for (const activity of activities) sent.push({ id: await this.send(context, activity) });
    return sent;
  }

  override async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<void> {
    orThrow(await this.parts.connector.replace(placeOf(activity), activity.id ?? '', activity));
  }

  override async deleteActivity(_context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    orThrow(await this.parts.connector.remove(placeOf(reference), reference.activityId ?? ''));
  }

  private async send(context: TurnContext, activity: Partial<Activity>): Promise<string> {
    if (activity.type === 'invokeResponse') {
      context.turnState.set(INVOKE_RESPONSE_KEY, activity);
      return '';
    }
    const { replyToId, ...own } = activity;
    return orThrow(await this.parts.connector.deliver(placeOf(activity), context.turnState.get(BY_ITSELF) === true || replyToId === undefined ? own : activity));
  }
}

/** Sent once each. Invokes may come twice, because their sender waits for an answer: their acts are guarded by versions. What edits or deletes a message carries the message's id. */
const ONCE: ReadonlySet<string> = new Set(['message', 'conversationUpdate', 'installationUpdate']);

function turnKey(activity: Activity): TurnKey {
  const { type, id, channelId, conversation } = activity;
  const key = { tenantId: tenantOf({ activity }) ?? NO_TENANT, channelId, conversationId: conversation.id };
  return ONCE.has(type) && id ? { ...key, activityId: id } : key;
}

function placeOf({ serviceUrl = '', conversation }: Partial<Activity> | Partial<ConversationReference>): At {
  return { serviceUrl, conversationId: conversation?.id ?? '' };
}

/** Thrown when the channel did not take what was sent; `statusCode` is its answer, if there was one; `isRefusal`: that will not do, another activity may. */
export class ChannelFault extends Error {
  override name = 'ChannelFault';
  readonly statusCode: number | undefined;
  readonly isRefusal: boolean;

  constructor({ kind, status }: Exclude<Outcome<unknown>, { kind: 'done' }>) {
    super(`the channel did not take it (${status ?? 'no answer'})`);
    this.statusCode = status;
    this.isRefusal = kind === 'refused';
  }
}

function orThrow<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'done') throw new ChannelFault(outcome);
  return outcome.value;
}
