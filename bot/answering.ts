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
import { turnHere } from './underWay.ts';

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
    message: (route) => (context) =>
      answered(house, context, async (turn) => ({ replies: await route(turn) }), ({ say, replies }) => send(context, replies ?? said(say))),

    action: (route) => (context) => {
      const { action } = (context.activity.value ?? {}) as { action?: { verb?: unknown; data?: object } };
      const { replyToId } = context.activity;
      const press = async (turn: Turn): Promise<Pressed> => {
        const answer = await route(turn, { ...action?.data, verb: action?.verb });
        // The invoke response shows the card to the one who pressed; this keeps it when the chat is opened again.
        // Not where others see the same card: what one pressed is not theirs.
        if (answer.inPlace && answer.isSettled !== true && replyToId !== undefined && turn.isPersonal) house.redraw(turn, replyToId, answer.inPlace);
        // After the answer: Teams waits 5 s for it, and asks again.
        if (answer.replies) house.say(turn, answer.replies);
        return answer;
      };
      return answered(house, context, press, (pressed) => answerInvoke(context, pressed));
    },

    submit: (route) => (context) =>
      answered(house, context, (turn) => route(turn, context.activity.value), ({ say, inPlace, replies }) => {
        const over = context.activity.replyToId;
        const card: Reply[] = inPlace ? [{ kind: 'card', ...inPlace, ...(over === undefined ? {} : { over }) }] : [];
        return send(context, [...card, ...(replies ?? said(say))]);
      }),

    consent: (route) => async (context) => {
      // Answered at once: the upload may take longer than Teams waits.
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: {} } });
      await answered(house, context, async (turn) => ({ replies: await route(turn, context.activity.value) }), ({ say, replies }) => send(context, replies ?? said(say)));
    },

    unknownInvoke: async (context) => {
      const { faults } = TEXTS[languageFor(undefined, '', context.activity.locale)];
      const body = { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message: faults.unknownAction } };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    },
  };
}

/** Runs a route and sends its answer. What the route throws becomes one log line and one sentence, joined by a reference; nothing was saved then. Throws when the answer could not be sent. */
async function answered(house: House, context: TurnContext, route: (turn: Turn) => Promise<Pressed>, answer: (pressed: Pressed) => Promise<void>): Promise<void> {
  const { type, channelId, locale, from } = context.activity;
  const { reference, began } = turnHere();
  const typed = type === 'message' ? typedIn(context.activity) : '';
  const { faults } = TEXTS[languageFor(undefined, typed, locale)];
  const answerAs = async (result: Parameters<House['metrics']['turn']>[1], pressed: Pressed): Promise<number> => {
    await answer(pressed);
    const ms = performance.now() - began;
    house.metrics.turn(type, result, ms);
    return Math.round(ms);
  };
  const pace = house.pace.of(tenantOf(context) ?? NO_TENANT, from.aadObjectId ?? from.id);
  if (pace !== 'fine') {
    // One sentence a minute; whoever pressed a button waits for an answer each time.
    await answerAs('slowedDown', pace === 'first' || type === 'invoke' ? { say: faults.tooFast } : {});
    return;
  }
  if (!isServed(house, context)) {
    await answerAs('refused', { say: faults.tenant });
    return;
  }
  let done: { turn: Turn; pressed: Pressed };
  try {
    done = await house.tracing.span('turn', { type, channelId, reference }, async () => {
      const turn = await makeTurn(house, context, typed);
      return { turn, pressed: await route(turn) };
    });
  } catch (err) {
    house.log.error({ err, type, channelId, ms: Math.round(performance.now() - began) }, 'a turn failed');
    await answerAs('failed', { say: faults.broken(reference) });
    return;
  }
  const { turn, pressed } = done;
  const ms = await answerAs('answered', pressed);
  house.log.info({ type, channelId, lang: turn.lang, known: turn.person !== undefined, ms }, 'turn');
}

function said(say: string | undefined): Reply[] {
  return say === undefined ? [] : [text(say)];
}
