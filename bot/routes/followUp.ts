import type { Asker } from '../../data/knowledge/cases.ts';
import { tellsOf } from '../../data/knowledge/cases.ts';
import type { Case } from '../../data/knowledge/entry.ts';
import { followUpOf, newIn } from '../../data/knowledge/followUp.ts';
import { namedIn } from '../../data/knowledge/named.ts';
import type { Given } from '../../data/model/chat.ts';
import { keptQuestion } from '../../data/operations/noteGap.ts';
import { lastAnswer, rememberAnswers } from '../chat.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { answerReplies, entryOf } from './answer.ts';
import { missed } from './askForPerson.ts';

/** Characters that say something new. */
const NEW = 4;

/** Answers what leans on the answer before it; undefined when nothing does, or no answer was given lately. */
export async function onFollowUp(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const followUp = followUpOf(typed);
  const last = followUp && (await lastAnswer(house, turn));
  if (!followUp || !last || !house.knowledge.entries[turn.lang].has(last.entry)) return undefined;
  switch (followUp.kind) {
    case 'inLanguage':
      return answerReplies(house, turn, [last.entry], { lang: followUp.language });
    case 'stillNot':
      return isAnotherQuestion(house, typed, last) ? undefined : [...(await notEnough(house, turn, last)), ...(await missed(house, turn, last.question))];
    case 'forCase':
      return forCase(house, turn, typed, last, followUp.case);
    case 'about':
      return answered(house, turn, typed, `${last.question} ${followUp.what}`, last);
  }
}

/** `まだ招待メールが届かない` after another matter: enough of its own, and a sure answer that was not the last. */
function isAnotherQuestion(house: House, typed: string, last: Given): boolean {
  if (newIn(typed).length < NEW) return false;
  const answering = house.search.answer(typed);
  return answering.kind === 'sure' && !answering.entries.includes(last.entry);
}

/** What comes after an answer that was not enough: its next step, what else it could be, and a person. */
async function notEnough(house: House, turn: Turn, last: Given): Promise<Reply[]> {
  const instead = insteadOf(house, turn, last);
  return answerReplies(house, turn, [last.entry], { intro: turn.words.followUp.stillNot(entryOf(house, turn.lang, last.entry).title), rated: 'notHelpful', isBrief: true, instead });
}

/** The next two entries for a question whose answer did not help. */
export function insteadOf(house: House, turn: Turn, last: Pick<Given, 'entry' | 'question'>): string[] {
  const { related } = entryOf(house, turn.lang, last.entry);
  const near = last.question === '' ? [] : house.search.nearest(last.question, 3);
  return [...new Set([...near, ...related])].filter((id) => id !== last.entry).slice(0, 2);
}

/** What the same answer says for that case, or the entry that answers the question for it. */
async function forCase(house: House, turn: Turn, typed: string, last: Given, wanted: Case): Promise<Reply[] | undefined> {
  if (tellsOf(entryOf(house, turn.lang, last.entry), wanted)) {
    await rememberAnswers(house, turn, [last.entry], keptQuestion(typed));
    return answerReplies(house, turn, [last.entry], { named: wanted, intro: turn.words.followUp.also });
  }
  return answered(house, turn, typed, `${last.question} ${typed}`, last, wanted);
}

/** The question before and this one read as one; undefined when they give no sure answer together. */
async function answered(house: House, turn: Turn, typed: string, together: string, last: Given, named?: Asker): Promise<Reply[] | undefined> {
  const alone = house.search.answer(typed);
  const answering = alone.kind === 'sure' ? alone : house.search.answer(together);
  if (answering.kind !== 'sure' || (alone.kind !== 'sure' && answering.entries[0] === last.entry && !named)) return undefined;
  await rememberAnswers(house, turn, answering.entries, keptQuestion(together));
  return answerReplies(house, turn, answering.entries, { named: named ?? namedIn(together) });
}
