import { TEXTS } from '../../../data/text/index.ts';
import { cardOf, textOf } from '../../support/bot.ts';
import type { Company } from '../company/write.ts';
import { administratorsOf, contractId, holdersOf, numbers } from '../company/write.ts';
import { person } from './people.ts';
import type { Scenario } from './scenario.ts';
import { nothingUnasked, onlyMessage, shown } from './scenario.ts';
import type { Talk } from './talk.ts';
import { Wrong } from './talk.ts';
import type { Waiting } from './waiting.ts';

/** Which one speaks: of the administrators or of the holders. */
const WHICH = 1;
/** Rows of a page, and request cards at once: see cards/list.ts and bot/routes/approvals.ts. */
const PAGE = 8;
const AT_ONCE = 5;

const { approvals: words } = TEXTS.en;

/** Every list that is measured, for each kind of people. */
export const LISTS = (['holder', 'administrator'] as const).flatMap((kind) => (['approvals', 'my roles', 'contracts'] as const).map((command) => ({ scenario: `${command} ${kind}`, command, kind })));
type List = (typeof LISTS)[number];

/** Somebody asks for one of the lists again and again; it has to name the contracts, or the requests, that are this person's. */
export function lists({ kind, command }: Pick<List, 'kind' | 'command'>, { company, requests }: Waiting): Scenario {
  const own = new Set(numbers(company.contracts).filter((n) => isOwn(n, { kind, command }, company)).map(contractId));
  return {
    who: () => person(WHICH, kind),
    begin: async (talk) => onlyMessage((await talk.say('help')).sent),
    turn: async (talk) => {
      if (command === 'approvals') return approvals(talk, [...requests.values()].filter(({ deciders }) => kind === 'administrator' && deciders.includes(WHICH)).map(({ request }) => request));
      const { body } = onlyMessage((await talk.say(command)).sent);
      const named = new Set(textOf(cardOf(body) ?? {}).match(/\b4\d{7}\b/g));
      if (named.size !== Math.min(own.size, PAGE) || [...named].some((id) => !own.has(id))) throw new Wrong(`${command}: ${own.size} are the ${kind}'s, shown are ${shown([...named])}`);
    },
    after: nothingUnasked,
  };
}

/** The count, a card for each of the first, one for several at once, and how many more. */
async function approvals(talk: Talk, waiting: string[]): Promise<void> {
  const shownAtOnce = Math.min(waiting.length, AT_ONCE);
  const all = waiting.length === 0 ? 1 : 1 + shownAtOnce + (waiting.length > 1 ? 1 : 0) + (waiting.length > AT_ONCE ? 1 : 0);
  const { sent } = await talk.say('approvals', ({ length }) => length >= all);
  const named = new Set(sent.slice(1, 1 + shownAtOnce).map(({ body }) => /R-[0-9A-Z]{8}/.exec(textOf(cardOf(body) ?? {}))?.[0] ?? ''));
  const said = sent[0]?.body.text;
  if (sent.length !== all || said !== (waiting.length === 0 ? words.empty : words.count(waiting.length)) || named.size !== shownAtOnce || [...named].some((id) => !waiting.includes(id))) throw new Wrong(`${waiting.length} wait, but ${shown(sent)}`);
}

function isOwn(n: number, { kind, command }: Pick<List, 'kind' | 'command'>, company: Company): boolean {
  const administers = kind === 'administrator' && administratorsOf(n, company).includes(WHICH);
  return command === 'contracts' ? administers : administers || (kind === 'holder' && holdersOf(n, company).includes(WHICH));
}
