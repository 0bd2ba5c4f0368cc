import type { Activity } from 'botbuilder';
import { namedIn } from '../../data/knowledge/named.ts';
import { MASKED, withoutPeople } from '../../data/text/mask.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { AnswerStream } from '../teams/stream.ts';
import type { Turn } from '../turn.ts';
import type { Written } from '../writer/writer.ts';
import { answerReplies, entryOf } from './answer.ts';

/** Entries that the language model is given at most. */
const GIVEN = 4;

/**
 * The answer as a language model writes it from these entries and their neighbours, shown while it is being written; what
 * goes with it (source, next step, rating) follows as a card. Undefined when there is no model, or nothing it wrote may be
 * shown: then the offline answer is given.
 */
export async function writtenReplies(house: House, turn: Turn, typed: string, ids: string[]): Promise<Reply[] | undefined> {
  const { writer } = house;
  // What held a secret is nobody else's to read, even without it.
  if (!writer || typed.includes(MASKED)) return undefined;
  const entries = [...new Set([...ids, ...house.search.nearest(typed, GIVEN)])].slice(0, GIVEN).map((id) => entryOf(house, turn.lang, id));
  const stream = turn.isPersonal ? new AnswerStream(turn.context) : undefined;
  stream?.inform(turn.words.writing);
  const written = await writer(turn.context, { question: withoutPeople(typed), lang: turn.lang, entries }, (text) => stream?.show(text));
  if (!written) {
    // A stream that was begun has to end: with what was already shown (all of it checked), or with what the card below is called.
    await stream?.end({ type: 'message', text: stream.shown === '' ? entryOf(house, turn.lang, ids[0] ?? '').title : stream.shown });
    return answerReplies(house, turn, ids, { named: namedIn(typed) });
  }
  const card = await answerReplies(house, turn, ids, { isBrief: true });
  if (!stream) return [{ kind: 'text', text: written.text, entities: [aiLabel(written)] }, ...card];
  await stream.end({ type: 'message', text: written.text, entities: [aiLabel(written)] });
  return card;
}

/** Says that a model wrote it, and what each `[n]` in it is. Teams takes names of 80 and abstracts of 160 characters. */
function aiLabel({ cited }: Written): NonNullable<Activity['entities']>[number] {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    citation: cited.map(({ number, entry }) => ({
      '@type': 'Claim',
      position: number,
      appearance: { '@type': 'DigitalDocument', name: entry.title.slice(0, 80), abstract: (entry.paragraphs[0]?.text ?? '').replaceAll('**', '').slice(0, 160), url: entry.source.url },
    })),
  };
}
