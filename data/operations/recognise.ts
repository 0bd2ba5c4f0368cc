import type { Language } from '../model/language.ts';
import type { Person } from '../model/person.ts';
import type { Clock, PeopleStore } from '../ports.ts';

/** Who is speaking, as the channel vouches for it: ids from the authenticated activity, mail and name from the Teams roster. */
export interface Speaker {
  tenantId: string;
  objectId: string;
  mail: string;
  name?: string;
}

/**
 * The person behind a speaker. The first time, the Entra object id is bound to the sign-in mail known from an import;
 * a mail that is already bound to another object id is never handed over: that speaker becomes unknown (undefined).
 */
export async function recognise(people: PeopleStore, clock: Clock, speaker: Speaker): Promise<Person | undefined> {
  for (;;) {
    const known = (await people.byObjectId(speaker.tenantId, speaker.objectId)) ?? (await people.ensure(speaker.tenantId, speaker.mail));
    if (known.objectId !== undefined && known.objectId !== speaker.objectId) return undefined;
    const mailIsFree = known.mail === speaker.mail || (await people.byMail(speaker.tenantId, speaker.mail)) === undefined;
    const next: Person = {
      ...known,
      objectId: speaker.objectId,
      ...(mailIsFree ? { mail: speaker.mail } : {}),
      ...(speaker.name === undefined ? {} : { name: speaker.name }),
      seenAt: clock.now().toISOString(),
    };
    if ((await people.save(next)) === 'saved') return { ...next, version: next.version + 1 };
  }
}

/** Keeps what changed about a person: language, time zone, where the own chat is. Other fields stay as they are on disk. */
export async function rememberPerson(
  people: PeopleStore,
  { tenantId, id }: Pick<Person, 'tenantId' | 'id'>,
  changes: { language?: Language; languageChosen?: boolean; timeZone?: string; reference?: Record<string, unknown> },
): Promise<Person> {
  for (;;) {
    const known = await people.get(tenantId, id);
    if (!known) throw new Error('a recognised person is gone from the store');
    // Who was erased in the middle of a turn is not remembered again; with the next one it is somebody new.
    if (known.erasedAt !== undefined) return known;
    const next: Person = { ...known, ...changes };
    if ((await people.save(next)) === 'saved') return { ...next, version: next.version + 1 };
  }
}
