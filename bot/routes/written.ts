import type { Activity } from 'botbuilder';
import { namedIn } from '../../data/knowledge/named.ts';
import { MASKED, withoutPeople } from '../../data/text/mask.ts';
import type { House } from '../house.ts';
import type { Reply } from '../reply.ts';
import { messageOf } from '../teams/notifier.ts';
import { AnswerStream } from '../teams/stream.ts';
import type { Turn } from '../turn.ts';
import type { Written } from '../writer/writer.ts';
import { answerReplies, askerOfTurn, entryOf } from './answer.ts';

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
  const named = namedIn(typed);
  const stream = turn.isPersonal ? new AnswerStream(turn.context) : undefined;
  stream?.inform(turn.words.writing);
  const asked = { question: withoutPeople(typed), lang: turn.lang, entries, asker: await askerOfTurn(house, turn, named) };
  const written = await writer(turn.context, asked, (text) => stream?.show(text));
  if (!written) {
    const cards = await answerReplies(house, turn, ids, { named });
    const [first, ...others] = cards;
    // A stream that was begun has to end: the answer takes the place of whatever was shown of it.
    return first?.kind === 'card' && (await stream?.end({ ...messageOf(first), text: first.title })) ? others : cards;
  }
  const card = await answerReplies(house, turn, ids, { isBrief: true, named });
  const message = { text: written.text, entities: [aiLabel(written)] };
  return (await stream?.end({ type: 'message', ...message })) ? card : [{ kind: 'text', ...message }, ...card];
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
