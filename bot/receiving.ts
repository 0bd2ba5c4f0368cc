import { randomUUID } from 'node:crypto';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import { NO_TENANT } from '../data/model/ids.ts';
import { TEXTS } from '../data/text/index.ts';
import type { House } from './house.ts';
import { isNotForBot, typedIn } from './routes/message.ts';
import { invokeAnswer } from './send.ts';
import type { Adapter } from './teams/adapter.ts';
import { ChannelFault } from './teams/adapter.ts';
import { tenantOf } from './teams/directory.ts';
import { isServed, languageFor } from './turn.ts';
import type { UnderWay } from './underWay.ts';
import { asPartOf } from './underWay.ts';

/** Activities that are remembered: a channel brings again what failed, within minutes. */
const REMEMBERED = 1_000;

/** Where activities come in. Each gets its reference; what fails outside of its route, the store or the channel, is logged, counted and said under it. */
export class Receiving {
  private readonly parts: { house: House; adapter: Adapter; run: (context: TurnContext) => Promise<void> };
  /** What somebody was told of already, the oldest first. */
  private readonly told = new Set<string>();

  constructor(parts: Receiving['parts']) {
    this.parts = parts;
  }

  /** Returns the answer for the channel; undefined: there is nothing to say but that it was taken. Throws an AuthenticationError when the activity is not to be let in. */
  async receive(authorization: string, activity: Activity): Promise<InvokeResponse | undefined> {
    const { adapter, run } = this.parts;
    const turn: UnderWay = { reference: randomUUID().slice(0, 8).toUpperCase(), began: performance.now() };
    try {
      // Not around the store's order of turns: there, one turn goes on where another one ended.
      return await adapter.receive(authorization, activity, (context) => asPartOf(turn, () => run(context)));
    } catch (err) {
      if (err instanceof AuthenticationError) throw err;
      return asPartOf(turn, () => this.failed(activity, turn, err));
    }
  }

  /** Whoever pressed a button waits for an answer, and gets the sentence as it. For anything else the channel hears that it failed, and may bring it again. */
  private failed(activity: Activity, { reference, began }: UnderWay, err: unknown): InvokeResponse {
    const { log, metrics } = this.parts.house;
    const { type, channelId, name } = activity;
    const ms = performance.now() - began;
    metrics.turn(type, 'failed', ms);
    log.error({ err, type, channelId, ms: Math.round(ms) }, 'an activity could not be answered');
    const { faults } = TEXTS[languageFor(undefined, type === 'message' ? typedIn(activity) : '', activity.locale)];
    const say = isServed(this.parts.house, { activity }) ? faults.broken(reference) : faults.tenant;
    const isFile = type === 'invoke' && name === 'fileConsent/invoke';
    if ((type === 'message' || isFile) && !isUnreached(err) && this.isToBeTold(activity)) this.tell(activity, say);
    if (isFile) return { status: 200, body: {} };
    if (type === 'invoke') return invokeAnswer({ say });
    return { status: 500, body: { error: 'the activity could not be answered' } };
  }

  /** Once of an activity, however often it comes; not whoever speaks with others, or faster than a person can. */
  private isToBeTold(activity: Activity): boolean {
    const { id, channelId, conversation, from } = activity;
    if (isNotForBot(activity)) return false;
    const key = JSON.stringify([channelId, conversation.id, id]);
    if (id !== undefined && this.told.has(key)) return false;
    if (this.parts.house.pace.of(tenantOf({ activity }) ?? NO_TENANT, from.aadObjectId ?? from.id) !== 'fine') return false;
    for (const oldest of this.told) if (this.told.size >= REMEMBERED) this.told.delete(oldest);
    else break;
    this.told.add(key);
    return true;
  }

  private tell(activity: Activity, say: string): void {
    const { house, adapter } = this.parts;
    house.background.run(`sentence ${activity.conversation.id}`, async () => {
      const outcome = await adapter.reply(activity, say);
      if (outcome.kind !== 'done') house.log.warn({ status: outcome.status, outcome: outcome.kind }, 'a person could not be told that something failed');
    });
  }
}

/** Then one more sentence would not arrive either, or what was lost came after all. */
function isUnreached(err: unknown): boolean {
  return err instanceof ChannelFault ? !err.isRefusal : (err as { code?: unknown } | undefined)?.code === 'ETIMEDOUT';
}
