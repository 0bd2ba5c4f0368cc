import { DECIDED, USUAL } from './company/companies.ts';
import type { Company } from './company/write.ts';
import type { Bot, Client } from './process/bots.ts';
import { startPeer, startSubject } from './process/bots.ts';

/** One kind of turns at one bot. */
export interface Contestant {
  name: string;
  /** Contestants of one bot share its process. */
  bot: string;
  start: (client: Client) => Promise<Bot>;
  /** What people do with it; see load/client.ts. */
  scenario: string;
  isAuthenticated: boolean;
  company: Company;
  /** How long a round is, as a part of the usual length; undefined: until there is nothing left to do. */
  share?: number;
  /** For one turn of the plain echo with the same authentication: so much CPU at most, so many turns in the same time at least. */
  target?: { cpu: number; rate?: number };
}

/** The plain echo, that others are compared with. */
export const PLAIN = 'echo: botbuilder + restify';

/** In the order in which they take turns: who asks for roles comes before who decides. */
export const CONTESTANTS: Contestant[] = [false, true].flatMap((isAuthenticated): Contestant[] => {
  const peer = (name: string, module: string): Contestant => ({ name, bot: `${module} ${isAuthenticated}`, scenario: 'echo', share: 1, company: USUAL, isAuthenticated, start: (client) => startPeer(module, client, isAuthenticated) });
  const subject = (name: string, scenario: string, target?: Contestant['target']): Contestant => ({ name, bot: `${scenario} ${isAuthenticated}`, scenario, share: 1, company: USUAL, isAuthenticated, ...(target ? { target } : {}), start: (client) => startSubject(client, isAuthenticated, USUAL) });
  const decided = { bot: 'decisions', company: DECIDED, isAuthenticated, start: (client: Client) => startSubject(client, isAuthenticated, DECIDED, { REQUESTS_PER_HOUR: '1000000' }) };
  return [
    peer('echo: node:http, no SDK', 'raw'),
    peer(PLAIN, 'botbuilder'),
    peer('echo: teams-ai + restify', 'teamsAi'),
    subject('this bot: a question answered with its card', 'questions', { cpu: 1, rate: 1 }),
    subject('this bot: a step of a guide', 'guides', { cpu: 1.3 }),
    ...(isAuthenticated ? [] : [{ ...decided, name: 'this bot: a role is asked for', scenario: 'requests', share: 0.5 }, { ...decided, name: 'this bot: a request is approved', scenario: 'decisions' }]),
  ];
});
