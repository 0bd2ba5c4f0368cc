import type { Found } from '../../data/doctor/look.ts';
import { lookAtDirectory, lookAtSignInId, lookAtTextRecord } from '../../data/doctor/look.ts';
import { rolesOf } from '../../data/operations/lists.ts';
import type { GuideState } from '../../dialogs/guide.flow.ts';
import { lookingState, stepOf } from '../../dialogs/guide.flow.ts';
import type { Guide } from '../../dialogs/guide.ts';
import type { House } from '../house.ts';
import type { Turn } from '../turn.ts';

/** A pressed button has to be answered in 5 s; a look may take 6. */
const SOON_MS = 4_000;

export type Finding = Found & { earlierId?: string };

/** What a guide finds when it looks for itself, with the ID known from before where that is what differs. Undefined: nothing. */
export async function lookAt(house: House, turn: Turn, guide: Guide, state: GuideState): Promise<Finding | undefined> {
  const earlierId = state.values.earlierId ?? (await registeredId(house, turn));
  const found = await look(house, guide, lookingState(guide, state), earlierId);
  return found?.finding === 'other' && earlierId !== undefined ? { ...found, earlierId } : found;
}

/** What a look came to, if it is quick enough for the answer to a pressed button. */
export async function soon(looking: Promise<Finding | undefined>): Promise<Finding | 'late' | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), SOON_MS);
  });
  try {
    return await Promise.race([looking, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function look(house: House, guide: Guide, state: GuideState, earlierId: string | undefined): Promise<Found | undefined> {
  const step = stepOf(guide, state);
  if (step.kind !== 'check') return undefined;
  const { signInId = '', domain = '' } = state.values;
  switch (step.look) {
    case 'txtRecord':
      return lookAtTextRecord(house.lookup, domain);
    case 'directory':
      return lookAtDirectory(house.lookup, domain);
    case 'signInId':
      return lookAtSignInId(house.lookup, signInId, step.compare ? earlierId : undefined);
  }
}

/** The ID that holds VL roles as far as the bot knows: whoever signs in with another one sees nothing. */
async function registeredId(house: House, { person }: Turn): Promise<string | undefined> {
  return person && (await rolesOf(house.contracts, person)).length > 0 ? person.mail : undefined;
}
