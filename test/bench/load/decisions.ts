import { TEXTS } from '../../../data/text/index.ts';
import { actionsOf, cardOf } from '../../support/bot.ts';
import type { CardJson } from './cards.ts';
import { expectTexts, hasAll, inPlace, isChange } from './cards.ts';
import type { Sent } from './channel.ts';
import { person } from './people.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage, shown } from './scenario.ts';
import type { Talk } from './talk.ts';
import { Wrong } from './talk.ts';
import type { About, Waiting } from './waiting.ts';

const PATIENCE_MS = 20_000;
const { requestStates, request: words, apply } = TEXTS.en;
/** What stands on a request's card. */
const inState = (request: string, state: 'pending' | 'approved'): string[] => [words.title(request), requestStates[state]];

/**
 * Of the two administrators who were shown a request, the first approves it by the button of the card that came. Everybody
 * concerned has to be told: in the card they have and, who asked, in a new one; and whoever approved, how to enter it.
 */
export function decisions({ requests, askers, deciders }: Waiting): Scenario {
  const approved: About[] = [];
  const decider = (n: number): Talk => deciders.get(person(n, 'administrator').id)!;
  return {
    who: (n) => person(n, 'administrator'),
    begin: async (talk) => {
      onlyMessage((await talk.say('help')).sent);
      deciders.set(talk.who.id, talk);
    },
    turn: async (talk) => {
      const { card, about, data } = taken(talk) ?? {};
      if (!card || !about || !data) return false;
      const { request, requester } = about;
      const isOfIt = (sent: Sent): boolean => sent.body.summary === apply.title || JSON.stringify(sent.body).includes(request);
      const { answer, sent } = await talk.press(data, card.activityId, ({ length }) => length > 1, isOfIt);
      expectTexts(inPlace(answer), inState(request, 'approved'));
      const steps = sent.find(({ method, body }) => method === 'POST' && body.summary === apply.title && JSON.stringify(body).includes(requester.who.mail));
      const kept = sent.find((one) => isChange(one, card.activityId, inState(request, 'approved')));
      if (!steps || !kept || sent.length > 2) throw new Wrong(`who decided is not told so: ${shown(sent)}`);
      approved.push(about);
      return true;
    },
    after: async (talks) => {
      for (const { request, requester, form, deciders: [, second] } of approved.splice(0)) {
        const isApproved = (sent: Sent): boolean => hasAll(sent, inState(request, 'approved'));
        await came(requester, (sent) => sent.method === 'POST' && isApproved(sent));
        await came(requester, (sent) => sent.activityId === form && isApproved(sent));
        const card = await came(decider(second), (sent) => sent.method === 'POST' && hasAll(sent, inState(request, 'pending')));
        await came(decider(second), (sent) => sent.activityId === card.activityId && isApproved(sent));
      }
      if (requests.size > 0) throw new Wrong(`nobody was shown ${shown([...requests.keys()])}`);
      await nothingUnasked([...talks, ...askers]);
    },
  };

  /** The oldest card in front of an administrator who is the first to decide it. */
  function taken(talk: Talk): { card: Sent; about: About; data: CardJson } | undefined {
    for (const [at, card] of talk.late.entries()) {
      const data = card.method === 'POST' ? actionsOf(cardOf(card.body)).map((action) => action['data'] as CardJson).find((one) => one['decision'] === 'approved') : undefined;
      const about = requests.get(String(data?.['request']));
      if (!data || !about || decider(about.deciders[0]) !== talk) continue;
      talk.late.splice(at, 1);
      requests.delete(about.request);
      return { card, about, data };
    }
    return undefined;
  }
}

/** Waits for something that was or will be sent between the turns, and takes it. */
async function came(talk: Talk, isIt: (sent: Sent) => boolean): Promise<Sent> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const at = talk.late.findIndex(isIt);
    if (at >= 0) return talk.late.splice(at, 1)[0]!;
    if (performance.now() > end) throw new Wrong(`${talk.who.name} is not told; came: ${shown(talk.late)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
