import type { Role } from '../../../data/model/role.ts';
import { TEXTS } from '../../../data/text/index.ts';
import { actionsOf, cardOf, textOf } from '../../support/bot.ts';
import { administratorsOf, contractId } from '../company/write.ts';
import type { Sent } from './channel.ts';
import { person } from './people.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage, shown } from './scenario.ts';
import type { Talk } from './talk.ts';
import { Wrong } from './talk.ts';

type CardJson = Record<string, unknown>;

const ROLES: Role[] = ['licensePositionReader', 'productDownloadManager', 'productKeysReader', 'benefitsReader', 'onlineServicesManager'];
const PATIENCE_MS = 20_000;
const { requestStates, apply } = TEXTS.en;

/** A request, who asked for it, where that form stood, and the numbers of who may decide. */
interface About {
  request: string;
  requester: Talk;
  form: string;
  deciders: [number, number];
}

/**
 * People ask for roles, each time another one or on another contract; of the two administrators who are shown it, the first
 * approves by the button of the card that came. Everybody concerned has to be told, in the card they have and, who asked, in a
 * new one. `contracts`: how many there are, a multiple of `administrators`.
 */
export function deciding(company: { contracts: number; administrators: number }): { requests: Scenario; decisions: Scenario } {
  const { contracts, administrators } = company;
  const waiting = new Map<string, About>();
  const approved: About[] = [];
  const [askers, deciders]: [Talk[], Talk[]] = [[], []];
  const asked = new Map<Talk, number>();
  const rows = contracts / administrators;
  const begin = async (talk: Talk, all: Talk[]): Promise<void> => {
    onlyMessage((await talk.say('help')).sent);
    all.push(talk);
  };

  const requests: Scenario = {
    who: (n) => person(n),
    begin: (talk) => begin(talk, askers),
    turn: async (talk) => {
      const k = asked.get(talk) ?? 0;
      asked.set(talk, k + 1);
      const role = ROLES[Math.floor(k / rows)];
      if (role === undefined) throw new Error('all that can be asked for was asked for: more contracts are needed');
      const n = (k % rows) * administrators + ((k + askers.indexOf(talk)) % administrators);
      const form = `form-${talk.who.id}-${k}`;
      const wish = { verb: 'sendRequest', contractId: contractId(n), roles: role, reason: `For the work on ${contractId(n)}, number ${k}`, forMail: '', until: '', ticket: '' };
      const { answer, sent } = await talk.press(wish, form, ({ length }) => length > 0);
      const request = /R-[0-9A-Z]{8}/.exec(answer)?.[0] ?? '';
      expectTexts(answer, [request, requestStates.pending, contractId(n)]);
      if (sent.length > 1 || !isChange(sent[0], form, [request, requestStates.pending])) throw new Wrong(`the form was not replaced, but ${shown(sent)}`);
      waiting.set(request, { request, requester: talk, form, deciders: administratorsOf(n, company) });
    },
    after: nothingUnasked,
  };

  const decisions: Scenario = {
    who: (n) => person(n, 'administrator'),
    begin: (talk) => begin(talk, deciders),
    turn: async (talk) => {
      const { card, about, data } = taken(talk) ?? {};
      if (!card || !about || !data) return false;
      const { request, requester } = about;
      const isOfIt = (sent: Sent): boolean => sent.body.summary === apply.title || JSON.stringify(sent.body).includes(request);
      const { answer, sent } = await talk.press(data, card.activityId, ({ length }) => length > 1, isOfIt);
      expectTexts(answer, [request, requestStates.approved]);
      const steps = sent.find(({ method, body }) => method === 'POST' && body.summary === apply.title && JSON.stringify(body).includes(requester.who.mail));
      const kept = sent.find((one) => isChange(one, card.activityId, [request, requestStates.approved]));
      if (!steps || !kept || sent.length > 2) throw new Wrong(`who decided is not told so: ${shown(sent)}`);
      approved.push(about);
      return true;
    },
    after: async (talks) => {
      for (const { request, requester, form, deciders: [, second] } of approved.splice(0)) {
        const isApproved = (sent: Sent): boolean => hasAll(sent, [request, requestStates.approved]);
        await came(requester, (sent) => sent.method === 'POST' && isApproved(sent));
        await came(requester, (sent) => sent.activityId === form && isApproved(sent));
        const card = await came(deciders[second]!, (sent) => sent.method === 'POST' && hasAll(sent, [request, requestStates.pending]));
        await came(deciders[second]!, (sent) => sent.activityId === card.activityId && isApproved(sent));
      }
      await nothingUnasked([...talks, ...askers]);
    },
  };
  return { requests, decisions };

  /** The oldest card in front of an administrator who is the first to decide it. */
  function taken(talk: Talk): { card: Sent; about: About; data: CardJson } | undefined {
    for (const [at, card] of talk.late.entries()) {
      const data = card.method === 'POST' ? actionsOf(cardOf(card.body)).map((action) => action['data'] as CardJson).find((one) => one['decision'] === 'approved') : undefined;
      const about = waiting.get(String(data?.['request']));
      if (!data || !about || deciders[about.deciders[0]] !== talk) continue;
      talk.late.splice(at, 1);
      waiting.delete(about.request);
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

function expectTexts(answer: string, texts: string[]): void {
  const { value } = JSON.parse(answer) as { value: unknown };
  const said = typeof value === 'object' && value !== null ? textOf(value as CardJson) : String(value);
  const lacking = texts.find((text) => text === '' || !said.includes(text));
  if (lacking !== undefined) throw new Wrong(`lacks “${lacking}”: ${said}`);
}

function hasAll({ body }: Sent, texts: string[]): boolean {
  const card = cardOf(body);
  const said = card ? textOf(card) : '';
  return texts.every((text) => said.includes(text));
}

function isChange(sent: Sent | undefined, activityId: string, texts: string[]): boolean {
  return sent?.method === 'PUT' && sent.activityId === activityId && hasAll(sent, texts);
}
