import type { Language } from '../model/language.ts';
import type { Person } from '../model/person.ts';
import type { Clock, RatingStore } from '../ports.ts';

/** Keeps whether an answer helped; a second vote of the same person replaces the first. */
export async function rateAnswer(
  deps: { ratings: RatingStore; clock: Clock },
  person: Person,
  vote: { entryId: string; helpful: boolean; language: Language; question: string },
): Promise<void> {
  for (;;) {
    const rating = (await deps.ratings.get(person.tenantId, vote.entryId)) ?? { version: 0, tenantId: person.tenantId, entryId: vote.entryId, votes: {} };
    const { helpful, language, question } = vote;
    const votes = { ...rating.votes, [person.id]: { helpful, language, question, at: deps.clock.now().toISOString() } };
    if ((await deps.ratings.save({ ...rating, votes })) === 'saved') return;
  }
}
