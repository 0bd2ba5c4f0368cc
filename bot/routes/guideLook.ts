import type { Found } from '../../data/doctor/look.ts';
import { lookAtSignInId, lookAtTextRecord } from '../../data/doctor/look.ts';
import { rolesOf } from '../../data/operations/lists.ts';
import type { GuideState } from '../../dialogs/guide.flow.ts';
import { stepOf } from '../../dialogs/guide.flow.ts';
import type { Guide } from '../../dialogs/guide.ts';
import type { House } from '../house.ts';
import type { Turn } from '../turn.ts';
import { withinTime } from '../withinTime.ts';

/** A pressed button has to be answered in 5 s; a look that takes longer came to nothing. */
const LOOK_MS = 4_200;

/** What a guide finds when it looks for itself, with the ID known from before where that is what differs. Undefined: nothing. */
export async function lookAt(house: House, turn: Turn, guide: Guide, state: GuideState): Promise<(Found & { earlierId?: string }) | undefined> {
  const earlierId = state.values.earlierId ?? (await registeredId(house, turn));
  const found = await inTime(look(house, guide, state, earlierId));
  return found?.finding === 'other' && earlierId !== undefined ? { ...found, earlierId } : found;
}

/** A look that takes too long came to nothing; it never fails. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await withinTime(work, LOOK_MS);
  } catch {
    return undefined;
  }
}

async function look(house: House, guide: Guide, state: GuideState, earlierId: string | undefined): Promise<Found | undefined> {
  const step = stepOf(guide, state);
  if (step.kind !== 'check') return undefined;
  const { signInId = '', domain = '' } = state.values;
  if (step.look === 'txtRecord') return lookAtTextRecord(house.lookup, domain);
  return lookAtSignInId(house.lookup, signInId, earlierId);
}

/** The ID that holds VL roles as far as the bot knows: whoever signs in with another one sees nothing. */
async function registeredId(house: House, { person }: Turn): Promise<string | undefined> {
  return person && (await rolesOf(house.contracts, person)).length > 0 ? person.mail : undefined;
}
