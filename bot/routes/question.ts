import { didYouMeanCard } from '../../cards/didYouMean.ts';
import { messageCard } from '../../cards/message.ts';
import { button } from '../../cards/actions.ts';
import { unknownCard } from '../../cards/unknown.ts';
import { namedIn } from '../../data/knowledge/named.ts';
import { ordinalOf } from '../../data/knowledge/ordinal.ts';
import type { Answering } from '../../data/knowledge/search.ts';
import { keptQuestion, noteGap } from '../../data/operations/noteGap.ts';
import { commandTitle } from '../../data/text/index.ts';
import { lastOffer, rememberAnswers, rememberOffer } from '../chat.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { card, text } from '../reply.ts';
import { tenantOf } from '../teams/directory.ts';
import type { Turn } from '../turn.ts';
import { answerReplies, entryOf } from './answer.ts';
import { menu } from './command.ts';
import { onFollowUp } from './followUp.ts';
import { missed } from './askForPerson.ts';
import { writtenReplies } from './written.ts';

/** Answers a question, asks back, or says that it does not know. `isAnswered`: the person got what was asked for; `offered`: a person, after two that were not. */
export async function onQuestion(house: House, turn: Turn, typed: string): Promise<{ isAnswered: boolean; replies: Reply[]; offered: Reply[] }> {
  const chosen = await chosenByPlace(house, turn, typed);
  if (chosen) return { isAnswered: true, replies: chosen, offered: [] };
  const followed = await onFollowUp(house, turn, typed);
  if (followed) return { isAnswered: true, replies: followed, offered: [] };
  const answering = house.search.answer(typed);
  house.metrics.answered(answering.kind === 'aside' ? answering.aside : answering.kind);
  const replies = await replyTo(house, turn, typed, answering);
  return { isAnswered: answering.kind === 'sure' || answering.kind === 'aside', replies, offered: answering.kind === 'unsure' ? await missed(house, turn, typed) : [] };
}

/** `2` after three were offered. */
async function chosenByPlace(house: House, turn: Turn, typed: string): Promise<Reply[] | undefined> {
  const place = ordinalOf(typed);
  const chosen = place === undefined ? undefined : (await lastOffer(house, turn))[place];
  if (chosen === undefined || !house.knowledge.entries[turn.lang].has(chosen)) return undefined;
  await rememberAnswers(house, turn, [chosen], '');
  return answerReplies(house, turn, [chosen]);
}

async function replyTo(house: House, turn: Turn, typed: string, answering: Answering): Promise<Reply[]> {
  switch (answering.kind) {
    case 'sure':
      await rememberAnswers(house, turn, answering.entries, keptQuestion(typed));
      return (await writtenReplies(house, turn, typed, answering.entries)) ?? answerReplies(house, turn, answering.entries, { named: namedIn(typed), ...(answering.also === undefined ? {} : { also: answering.also }) });
    case 'between': {
      await note(house, turn, typed, answering.entries);
      await rememberOffer(house, turn, answering.entries);
      const entries = answering.entries.map((id) => entryOf(house, turn.lang, id));
      return [card(turn.words.between.title, didYouMeanCard(turn.lang, entries))];
    }
    case 'unsure': {
      await note(house, turn, typed, answering.near);
      await rememberOffer(house, turn, answering.near);
      const near = answering.near.map((id) => entryOf(house, turn.lang, id));
      return [card(turn.words.unknown.title, unknownCard(turn.lang, near))];
    }
    case 'aside':
      return [await asideReply(house, turn, answering.aside)];
  }
}

async function asideReply(house: House, turn: Turn, aside: Extract<Answering, { kind: 'aside' }>['aside']): Promise<Reply> {
  const { asides, buttons } = turn.words;
  const requestRole = button(commandTitle(turn.lang, 'requestRole'), { verb: 'command', command: 'requestRole' });
  switch (aside) {
    case 'abilities':
      return menu(house, turn, 'help');
    case 'hello':
    case 'thanks':
    case 'bot':
      return text(asides[aside]);
    case 'sorry':
      return sentence(turn, asides[aside], button(buttons.person, { verb: 'command', command: 'person' }));
    case 'secrets':
    case 'rights':
    case 'instructions':
      return sentence(turn, asides[aside], requestRole);
  }
}

function sentence(turn: Turn, said: string, action: ReturnType<typeof button>): Reply {
  return card(said, messageCard(turn.lang, { paragraphs: [said], actions: [action] }));
}

async function note(house: House, turn: Turn, typed: string, near: string[]): Promise<void> {
  const tenantId = tenantOf(turn.context);
  if (tenantId !== undefined) await noteGap(house, { tenantId, language: turn.lang, near, typed });
}
