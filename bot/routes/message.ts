import type { Activity, TurnContext } from 'botbuilder';
import { followUpOf } from '../../data/knowledge/followUp.ts';
import { mask, MASKED } from '../../data/text/mask.ts';
import { roleWordsIn } from '../../data/text/roleNames.ts';
import { commandOf } from '../../data/text/typed.ts';
import { CARRIED } from '../desk/content.ts';
import { noteSaid } from '../desk/said.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { onCommand } from './command.ts';
import { guideWaits, repeatStep, typedInGuide } from './guide.ts';
import { onFollowUp } from './followUp.ts';
import { onQuestion } from './question.ts';
import { hasFile, onFile } from './files.ts';
import { mentionsBot, onThread, ticketOf } from './desk.ts';
import { isHandedOver } from './handoff.ts';
import { typedAfterPerson } from './askForPerson.ts';
import { inTalk } from './talk.ts';

/** More than a person types; what is longer is not even looked at, because looking takes time. */
const LONGEST = 2000;
/** A mention of the bot is one; more are nobody's words. */
const MENTIONS = 20;

/** A typed message. Secrets in it are taken out before anything looks at it, and whoever typed them is told. */
export async function onMessage(house: House, turn: Turn, typed: string): Promise<Reply[]> {
  if (await isHandedOver(house, turn)) return [];
  const whole = typedIn(turn.context.activity, CARRIED + 1);
  const talked = (await inTalk(house, turn, whole)) ?? (await onThread(house, turn, whole));
  if (talked) return talked;
  if (hasFile(turn.context.activity)) return onFile(house, turn, typed);
  if (typed === '') return [text(turn.words.notRead)];
  if (typed.length > LONGEST) return [text(turn.words.tooLong)];
  const { text: said, secrets } = mask(typed);
  const rest = said.replaceAll(MASKED, '').trim();
  const replies = secrets.length === 0 || /\p{L}{2}/u.test(rest) ? await onWords(house, turn, said) : [];
  await noteSaid(house, turn, said, replies);
  return secrets.length === 0 ? replies : [text(turn.words.masked), ...replies];
}

/** A running guide sees it first (help goes before), else it is a command, else a question. */
async function onWords(house: House, turn: Turn, typed: string): Promise<Reply[]> {
  const command = commandOf(typed);
  const asked = await typedAfterPerson(house, turn, typed);
  if (asked) return asked;
  if (command?.command === 'help') return onCommand(house, turn, command);
  const inGuide = turn.isPersonal ? await typedInGuide(house, turn, typed) : undefined;
  if (inGuide) return inGuide;
  // `英語で` right after an answer asks for that answer, else for the language.
  const again = followUpOf(typed)?.kind === 'inLanguage' ? await onFollowUp(house, turn, typed) : undefined;
  if (again) return again;
  const roleWords = command ? undefined : roleWordsIn(typed);
  if (roleWords !== undefined) return onCommand(house, turn, { command: 'requestRole', rest: roleWords });
  if (command) return onCommand(house, turn, command);
  const { isAnswered, replies, offered } = await onQuestion(house, turn, typed);
  if (!turn.isPersonal) return replies;
  return isAnswered ? [...replies, ...(await guideWaits(house, turn))] : [...((await repeatStep(house, turn)) ?? replies), ...offered];
}

/**
 * Where the bot hears all messages of a channel, most are not for it: without a mention, outside of a ticket's thread, and none
 * of the help desk's own commands. Nothing is kept of them, not even who spoke.
 */
export async function isOverheard(house: House, context: TurnContext): Promise<boolean> {
  return isNotForBot(context.activity) && (await ticketOf(house, { context })) === undefined;
}

/** Whether a message is none for the bot, as far as it says itself: in the thread of a ticket it is one all the same. */
export function isNotForBot(activity: Activity): boolean {
  return activity.conversation.conversationType === 'channel' && !mentionsBot({ context: { activity } }) && !DESK_COMMANDS.has(commandOf(typedIn(activity))?.command ?? '');
}

const DESK_COMMANDS: ReadonlySet<string> = new Set(['connectHelpDesk', 'disconnectHelpDesk', 'queue', 'summary']);

/** What was typed, up to so many characters, without the mentions of the bot and with the blanks that Teams leaves around them. */
export function typedIn(activity: Partial<Activity>, most = LONGEST + 1): string {
  const mentions = (activity.entities ?? []).filter((entity) => entity.type === 'mention') as unknown as { text?: string; mentioned?: { id?: string } }[];
  const written = typeof activity.text === 'string' ? activity.text.slice(0, most * 2) : '';
  const said = mentions
    .slice(0, MENTIONS)
    .filter((mention) => mention.mentioned?.id === activity.recipient?.id && mention.text)
    .reduce((rest, mention) => rest.replaceAll(mention.text ?? '', ' '), written);
  return said.replaceAll('&nbsp;', ' ').trim().slice(0, most);
}
