import { messageCard } from '../../cards/message.ts';
import { CardAction } from '../../cards/actions.ts';
import type { Command } from '../../data/model/command.ts';
import { showContract } from '../../data/operations/showContract.ts';
import { rateAnswer } from '../../data/operations/rateAnswer.ts';
import { mask } from '../../data/text/mask.ts';
import { plain } from '../../data/text/visible.ts';
import { chatOf, rememberAnswers } from '../chat.ts';
import type { House } from '../house.ts';
import type { Pressed } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { onCommand } from './command.ts';
import { beginGuide, pressedInGuide, remind } from './guide.ts';
import { listReply } from './lists.ts';
import { answerReplies, answerReply } from './answer.ts';
import { insteadOf } from './followUp.ts';
import { askRemove, assign, confirmPlan, remove } from './assignments.ts';
import { askRemovePerson, changeUser, copyForm, copyRoles, leaver, openUser, removeLeaver, removeWholePerson, saveAway } from './administering.ts';
import { accept, auditFile } from './files.ts';
import { apply, markRemoved, portalSteps, works } from './portal.ts';
import { toHelpDesk } from './packet.ts';
import { helped, missed, open } from './askForPerson.ts';
import { deskAction, isDesk } from './deskAction.ts';
import { isBusy } from './busy.ts';
import { endTalk, rateTalk } from './talk.ts';
import { keep, renew } from './review.ts';
import { decideMany } from './approvals.ts';
import { correct, decide, openRequest, sendCorrection, sendRequest, unchanged, withdraw } from './requests.ts';
import { cancelledForm, roleForm } from './roleForm.ts';

/** A pressed button. What it sends back is parsed; what is no known action gets a sentence. */
export async function onAction(house: House, turn: Turn, sentBack: unknown): Promise<Pressed> {
  const parsed = CardAction.safeParse(sentBack);
  if (!parsed.success) return { say: turn.words.faults.unknownAction };
  const { action, hadSecrets } = withoutSecrets(parsed.data);
  const busy = isForAnybody(action) || action.verb === 'assignForm' || action.verb === 'auditFile' ? await isBusy(house, turn) : undefined;
  if (busy !== undefined) return { say: busy };
  const pressed = isForAnybody(action) ? await anybody(house, turn, action) : await identified(house, turn, action);
  return hadSecrets ? { ...pressed, replies: [text(turn.words.masked), ...(pressed.replies ?? [])] } : pressed;
}

/** The fields of a form that people type into. */
const TYPED: ReadonlySet<string> = new Set(['contractId', 'forMail', 'reason', 'ticket', 'comment', 'value', 'question', 'note', 'query']);

/** What people wrote into a form is kept and shown to others: secrets are taken out before anything looks at it. */
function withoutSecrets(action: CardAction): { action: CardAction; hadSecrets: boolean } {
  let hadSecrets = false;
  const typed = Object.fromEntries(
    Object.entries(action).flatMap(([field, value]) => {
      if (!TYPED.has(field) || typeof value !== 'string') return [];
      const { text: said, secrets } = mask(plain(value));
      hadSecrets ||= secrets.length > 0;
      return [[field, said]];
    }),
  );
  return { action: { ...action, ...typed }, hadSecrets };
}

type Anybody = Extract<CardAction, { verb: 'command' | 'answer' | 'rate' | 'startGuide' | 'guide' | 'remind' | 'waited' | 'cancelForm' }>;

function isForAnybody(action: CardAction): action is Anybody {
  return ['command', 'answer', 'rate', 'startGuide', 'guide', 'remind', 'waited', 'cancelForm'].includes(action.verb);
}

async function anybody(house: House, turn: Turn, action: Anybody): Promise<Pressed> {
  switch (action.verb) {
    case 'command':
      return { say: turn.words.shownBelow, replies: await onCommand(house, turn, { command: action.command, rest: await contractFor(house, turn, action.command) }) };
    case 'answer':
    case 'rate':
      return answered(house, turn, action);
    case 'startGuide':
      return { say: turn.words.shownBelow, replies: await beginGuide(house, turn, action.guide) };
    case 'guide':
      return turn.isPersonal ? pressedInGuide(house, turn, action) : { say: turn.words.personalOnly };
    case 'waited':
      return action.isThere ? { inPlace: { title: turn.words.guide.isThere, card: messageCard(turn.lang, { paragraphs: [turn.words.guide.isThere] }) } } : { say: turn.words.shownBelow, replies: await beginGuide(house, turn, 'page-not-visible') };
    case 'remind':
      return remind(house, turn, action);
    case 'cancelForm':
      // The request that was not corrected is shown again.
      if (action.request !== undefined && turn.person && turn.isPersonal) return unchanged(house, turn, turn.person, action.request);
      return cancelledForm(house, turn, action);
  }
}

/** A form begins with the contract that was spoken of in a guide. */
async function contractFor(house: House, turn: Turn, command: Command): Promise<string> {
  const isForm = command === 'requestRole' || command === 'assignRole';
  const spokenOf = isForm && turn.isPersonal ? (await chatOf(house, turn)).known.values?.['contractId'] : undefined;
  if (spokenOf === undefined || command === 'requestRole') return spokenOf ?? '';
  return turn.person && (await showContract(house.contracts, turn.person, spokenOf)).ok ? spokenOf : '';
}

async function answered(house: House, turn: Turn, action: Extract<CardAction, { verb: 'answer' | 'rate' }>): Promise<Pressed> {
  const { entry } = action;
  if (!house.knowledge.entries[turn.lang].has(entry)) return { say: turn.words.faults.unknownAction };
  if (action.verb === 'answer') {
    await rememberAnswers(house, turn, [entry], '');
    return { say: turn.words.shownBelow, replies: await answerReplies(house, turn, [entry]) };
  }
  if (!turn.person) return { say: turn.words.faults.unidentified };
  const question = (await chatOf(house, turn)).answers.findLast((given) => given.entry === entry)?.question ?? '';
  await rateAnswer(house, turn.person, { entryId: entry, helpful: action.helpful, language: turn.lang, question });
  const instead = insteadOf(house, turn, { entry, question });
  if (action.helpful) await helped(house, turn);
  const offered = action.helpful ? [] : await missed(house, turn);
  return { ...(offered.length > 0 ? { replies: offered } : {}), inPlace: await answerReply(house, turn, entry, { rated: action.helpful ? 'helpful' : 'notHelpful', instead, lang: action.lang ?? turn.lang }) };
}

/** Acts in somebody's name: only in the own chat, and only when it is certain who that is. */
async function identified(house: House, turn: Turn, action: Exclude<CardAction, Anybody>): Promise<Pressed> {
  if (!turn.person) return { say: turn.words.faults.unidentified };
  const { person } = turn;
  // The help desk acts in its channel; who acts is asked of the team's roster there.
  if (isDesk(action)) return deskAction(house, turn, person, action);
  if (!turn.isPersonal) return { say: turn.words.personalOnly };
  switch (action.verb) {
    case 'openTicket':
      return open(house, turn, person, action);
    case 'endTalk':
      return endTalk(house, turn, person, action);
    case 'rateTalk':
      return rateTalk(house, turn, person, action);
    case 'toHelpDesk':
      return toHelpDesk(house, turn, person, action);
    case 'sendRequest':
      return sendRequest(house, turn, person, action);
    case 'correct':
      return correct(house, turn, person, action);
    case 'sendCorrection':
      return sendCorrection(house, turn, person, action);
    case 'decideMany':
      return decideMany(house, turn, person, action);
    case 'portalSteps':
      return portalSteps(house, turn, person, action);
    case 'apply':
      return apply(house, turn, person, action);
    case 'removedInPortal':
      return markRemoved(house, turn, person, action);
    case 'works':
      return works(house, turn, person, action);
    case 'accept':
      return accept(house, turn, person, action);
    case 'auditFile':
      return auditFile(house, turn, person, action);
    case 'openUser':
      return openUser(house, turn, person, action);
    case 'changeUser':
      return changeUser(house, turn, person, action);
    case 'askRemovePerson':
      return askRemovePerson(house, turn, person, action);
    case 'removePerson':
      return removeWholePerson(house, turn, person, action);
    case 'copyForm':
      return copyForm(house, turn, person, action);
    case 'copyRoles':
      return copyRoles(house, turn, person, action);
    case 'leaver':
      return leaver(house, turn, person, action);
    case 'removeLeaver':
      return removeLeaver(house, turn, person, action);
    case 'setAway':
      return saveAway(house, turn, person, { until: action.until, deputyId: action.deputy });
    case 'backFromAway':
      return saveAway(house, turn, person, { until: '', deputyId: '' }, true);
    case 'renew':
      return renew(house, turn, person, action);
    case 'keep':
      return keep(house, turn, person, action);
    case 'confirmPlan':
      return confirmPlan(house, turn, person, action);
    case 'showRequest':
      return openRequest(house, turn, person, action);
    case 'decide':
      return decide(house, turn, person, action);
    case 'withdraw':
      return withdraw(house, turn, person, action);
    case 'assignForm':
      return { say: turn.words.shownBelow, replies: roleForm(turn, 'assign', action.contractId, action.administrator ? ['administrator'] : []) };
    case 'assign':
      return assign(house, turn, person, action);
    case 'list':
      return { inPlace: await listReply(house, turn, person, action.list, action.contract, action.page) };
    case 'askRemove':
      return askRemove(house, turn, person, action);
    case 'remove':
      return remove(house, turn, person, action);
  }
}
