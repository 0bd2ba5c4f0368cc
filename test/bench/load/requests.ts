import type { Role } from '../../../data/model/role.ts';
import { TEXTS } from '../../../data/text/index.ts';
import { administratorsOf, contractId, contractName } from '../company/write.ts';
import { expectTexts, inPlace, isChange } from './cards.ts';
import { person } from './people.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage, shown } from './scenario.ts';
import type { Talk } from './talk.ts';
import { Wrong } from './talk.ts';
import type { Waiting } from './waiting.ts';

const ROLES: Role[] = ['licensePositionReader', 'productDownloadManager', 'productKeysReader', 'benefitsReader', 'onlineServicesManager'];
const { requestStates, request: words } = TEXTS.en;
/** How far apart two people begin: no divisor of any number of contracts here. */
const APART = 41;

/** People ask for roles, each time another one or on another of the first `contracts` contracts; in place of the form has to stand that it was sent. */
export function requests({ company, requests: waiting, askers }: Waiting, contracts: number): Scenario {
  const asked = new Map<Talk, number>();
  return {
    who: (n) => person(n),
    begin: async (talk) => {
      onlyMessage((await talk.say('help')).sent);
      askers.push(talk);
    },
    turn: async (talk) => {
      const k = asked.get(talk) ?? 0;
      asked.set(talk, k + 1);
      const n = (k + APART * askers.indexOf(talk)) % contracts;
      const role = ROLES[Math.floor(k / contracts)];
      if (role === undefined) throw new Error('all that can be asked for was asked for: more contracts are needed');
      const form = `form-${talk.who.id}-${k}`;
      const wish = { verb: 'sendRequest', contractId: contractId(n), roles: role, reason: `For the work on ${contractId(n)}, number ${k}`, forMail: '', until: '', ticket: '' };
      const { answer, sent } = await talk.press(wish, form, ({ length }) => length > 0);
      const request = /R-[0-9A-Z]{8}/.exec(answer)?.[0] ?? '';
      const sentCard = [words.title(request), requestStates.pending];
      expectTexts(inPlace(answer), [...sentCard, `${contractId(n)} ${contractName(n)}`]);
      if (sent.length > 1 || !isChange(sent[0], form, sentCard)) throw new Wrong(`the form was not replaced, but ${shown(sent)}`);
      waiting.set(request, { request, requester: talk, form, deciders: administratorsOf(n, company) });
    },
    after: nothingUnasked,
  };
}
