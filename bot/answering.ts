import { randomUUID } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import { NO_TENANT } from '../data/model/ids.ts';
import { TEXTS } from '../data/text/index.ts';
import type { House } from './house.ts';
import type { Pressed, Reply } from './reply.ts';
import { text } from './reply.ts';
import { typedIn } from './routes/message.ts';
import { answerInvoke, send } from './send.ts';
import { tenantOf } from './teams/directory.ts';
import type { Turn } from './turn.ts';
import { isServed, languageFor, makeTurn } from './turn.ts';

type Handler = (context: TurnContext) => Promise<void>;
type Press = (turn: Turn, sentBack: unknown) => Promise<Pressed>;

/** What stands around every route: the tenant is served, a turn is made, the answer is sent, and nothing thrown is left unsaid. */
export interface Answering {
  message(route: (turn: Turn) => Promise<Reply[]>): Handler;
  /** Action.Execute. */
  action(route: Press): Handler;
  /** Action.Submit, of a client that does not know Action.Execute. */
  submit(route: Press): Handler;
  /** The answer to where a file may go. */
  consent(route: (turn: Turn, sentBack: unknown) => Promise<Reply[]>): Handler;
  unknownInvoke: Handler;
}

export function answering(house: House): Answering {
  return {
    message: (route) => async (context) => {
      const { say, replies } = await orSentence(house, context, async (turn) => ({ replies: await route(turn) }));
      await send(context, replies ?? said(say));
    },

    action: (route) => async (context) => {
      const { action } = (context.activity.value ?? {}) as { action?: { verb?: unknown; data?: object } };
      const { replyToId } = context.activity;
      const pressed = await orSentence(house, context, async (turn) => {
        const answer = await route(turn, { ...action?.data, verb: action?.verb });
        // The invoke response shows the card to the one who pressed; this keeps it when the chat is opened again.
        // Not where others see the same card: what one pressed is not theirs.
        if (answer.inPlace && answer.isSettled !== true && replyToId !== undefined && turn.isPersonal) house.redraw(turn, replyToId, answer.inPlace);
        // After the answer: Teams waits 5 s for it, and asks again.
        if (answer.replies) house.say(turn, answer.replies);
        return answer;
      });
      await answerInvoke(context, pressed);
    },

    submit: (route) => async (context) => {
      const { say, inPlace, replies } = await orSentence(house, context, (turn) => route(turn, context.activity.value));
      const over = context.activity.replyToId;
      const card: Reply[] = inPlace ? [{ kind: 'card', ...inPlace, ...(over === undefined ? {} : { over }) }] : [];
      await send(context, [...card, ...(replies ?? said(say))]);
    },

    consent: (route) => async (context) => {
      // Answered at once: the upload may take longer than Teams waits.
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: {} } });
      const { say, replies } = await orSentence(house, context, async (turn) => ({ replies: await route(turn, context.activity.value) }));
      await send(context, replies ?? said(say));
    },

    unknownInvoke: async (context) => {
      const { faults } = TEXTS[languageFor(undefined, '', context.activity.locale)];
      const body = { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message: faults.unknownAction } };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    },
  };
}

/** Runs a route. What it throws becomes one log line and one sentence, joined by a reference; nothing was saved then. */
async function orSentence(house: House, context: TurnContext, route: (turn: Turn) => Promise<Pressed>): Promise<Pressed> {
  const { type, channelId, locale, from } = context.activity;
  const typed = type === 'message' ? typedIn(context.activity) : '';
  const { faults } = TEXTS[languageFor(undefined, typed, locale)];
  const began = performance.now();
  const ended = (result: Parameters<House['metrics']['turn']>[1]): number => {
    const ms = performance.now() - began;
    house.metrics.turn(type, result, ms);
    return Math.round(ms);
  };
  if (!isServed(house, context)) {
    ended('refused');
    return { say: faults.tenant };
  }
  const pace = house.pace.of(tenantOf(context) ?? NO_TENANT, from.aadObjectId ?? from.id);
  if (pace !== 'fine') {
    ended('slowedDown');
    // One sentence a minute; whoever pressed a button waits for an answer each time.
    return pace === 'first' || type === 'invoke' ? { say: faults.tooFast } : {};
  }
  const reference = randomUUID().slice(0, 8).toUpperCase();
  try {
    return await house.tracing.span('turn', { type, channelId, reference }, async () => {
      const turn = await makeTurn(house, context, typed);
      const pressed = await route(turn);
      house.log.info({ reference, type, channelId, lang: turn.lang, known: turn.person !== undefined, ms: ended('answered') }, 'turn');
      return pressed;
    });
  } catch (err) {
    house.log.error({ err, reference, type, ms: ended('failed') }, 'a turn failed');
    return { say: faults.broken(reference) };
  }
}

function said(say: string | undefined): Reply[] {
  return say === undefined ? [] : [text(say)];
}
