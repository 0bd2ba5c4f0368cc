import type { Command } from '../../data/model/command.ts';
import { helpCard } from '../../cards/help.ts';
import { troubleshootCard } from '../../cards/troubleshoot.ts';
import type { Person } from '../../data/model/person.ts';
import { contractsAdministeredBy } from '../../data/operations/lists.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { rememberPerson } from '../../data/operations/recognise.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { TypedCommand } from '../../data/text/typed.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Reply } from '../reply.ts';
import { card, text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { awayForm, leaverForm } from './administering.ts';
import { beginGuide } from './guide.ts';
import { forget } from './guideKept.ts';
import { connect, disconnect } from './helpDesk.ts';
import { health } from './health.ts';
import { listReply } from './lists.ts';
import { queue, summary } from './queue.ts';
import { askForPerson } from './askForPerson.ts';
import { approvals } from './approvals.ts';
import { roleForm } from './roleForm.ts';

/** Commands that may be used anywhere: nothing personal comes of them. */
const PUBLIC = new Set<Command>(['help', 'register', 'troubleshoot', 'supportCase', 'person', 'end', 'queue', 'summary', 'connectHelpDesk', 'disconnectHelpDesk', 'cancel', 'back', 'restart', 'japanese', 'english']);

/** What a command leads to, typed or pressed. */
export async function onCommand(house: House, turn: Turn, { command, rest }: TypedCommand): Promise<Reply[]> {
  if (!PUBLIC.has(command) && !turn.isPersonal) return [text(turn.words.personalOnly)];
  const { person } = turn;
  switch (command) {
    case 'help':
      return [await menu(house, turn, 'help')];
    case 'register':
      return beginGuide(house, turn, 'registration');
    case 'troubleshoot':
      return [troubleshoot(house, turn)];
    case 'supportCase':
      return beginGuide(house, turn, 'support-case');
    case 'person':
      return askForPerson(house, turn);
    case 'end':
      return [text(turn.words.nothingToEnd)];
    case 'connectHelpDesk':
      return person ? connect(house, turn, person, rest) : unidentified(turn);
    case 'queue':
      return person ? queue(house, turn, person, rest) : unidentified(turn);
    case 'summary': {
      if (!person) return unidentified(turn);
      const drawn = await summary(house, turn, person);
      return ['kind' in drawn ? text(refusalText(turn.lang, drawn)) : { kind: 'card', ...drawn }];
    }
    case 'disconnectHelpDesk':
      return person ? disconnect(house, turn, person) : unidentified(turn);
    case 'cancel':
    case 'back':
      return [text(turn.words.nothingToCancel)];
    case 'restart':
      return [text((await forget(house, turn)) ? turn.words.guide.forgotten : turn.words.nothingToCancel)];
    case 'japanese':
      return switchLanguage(house, turn, 'ja');
    case 'english':
      return switchLanguage(house, turn, 'en');
    case 'requestRole':
      return person ? roleForm(turn, 'request', rest) : unidentified(turn);
    case 'assignRole':
      return person ? assignForm(house, turn, person, rest) : unidentified(turn);
    case 'health':
      return person ? health(house, turn, person) : unidentified(turn);
    case 'leaver':
      return person ? leaverForm(turn) : unidentified(turn);
    case 'away':
      return person ? [await awayForm(house, turn, person)] : unidentified(turn);
    case 'approvals':
      return person ? approvals(house, turn, person) : unidentified(turn);
    case 'myRequests':
    case 'myRoles':
    case 'contracts':
    case 'users':
    case 'audit':
    case 'toDo':
      return person ? [{ kind: 'card', ...(await listReply(house, turn, person, command, rest)) }] : unidentified(turn);
  }
}

/** The menu: what this person can do. */
export async function menu(house: House, turn: Turn, greeting: 'welcome' | 'help'): Promise<Reply> {
  // Not in front of others: it tells that this person administers contracts.
  const administers = turn.isPersonal && turn.person !== undefined && (await contractsAdministeredBy(house.contracts, turn.person)).length > 0;
  return card(turn.words[greeting].title, helpCard(turn.lang, { greeting, administers }));
}

export function unidentified(turn: Turn): Reply[] {
  return [text(turn.words.faults.unidentified)];
}

/** Nobody fills in a form that can only be refused. */
async function assignForm(house: House, turn: Turn, person: Person, contractId: string): Promise<Reply[]> {
  if ((await contractsAdministeredBy(house.contracts, person)).length === 0) return [text(turn.words.assign.none)];
  const shown = contractId === '' ? undefined : await showContract(house.contracts, person, contractId);
  return shown && !shown.ok ? [text(refusalText(turn.lang, shown.refusal))] : roleForm(turn, 'assign', contractId);
}

function troubleshoot(house: House, turn: Turn): Reply {
  const { lang } = turn;
  const guides = [...house.guides.values()].flatMap(({ id, symptom }) => (symptom ? [{ id, symptom: symptom[lang] }] : []));
  const entries = [...house.knowledge.entries[lang].values()].flatMap(({ id, symptom }) => (symptom === undefined ? [] : [{ id, symptom }]));
  return card(turn.words.troubleshoot.title, troubleshootCard(lang, { guides, entries }));
}

async function switchLanguage(house: House, turn: Turn, language: Turn['lang']): Promise<Reply[]> {
  if (!turn.person) return [text(TEXTS[language].faults.unidentified)];
  await rememberPerson(house.people, turn.person, { language, languageChosen: true });
  return [text(TEXTS[language].languageSwitched)];
}
