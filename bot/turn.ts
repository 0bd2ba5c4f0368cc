import type { ConversationAccount, TurnContext } from 'botbuilder';
import { TurnContext as TurnContexts } from 'botbuilder';
import { NO_TENANT } from '../data/model/ids.ts';
import type { Language } from '../data/model/language.ts';
import type { Person } from '../data/model/person.ts';
import { rememberPerson } from '../data/operations/recognise.ts';
import type { Text } from '../data/text/index.ts';
import { TEXTS } from '../data/text/index.ts';
import { languageOf } from '../data/text/typed.ts';
import type { House } from './house.ts';
import { countryOf, timeZoneOf } from './teams/client.ts';
import { tenantOf, whoSpeaks } from './teams/directory.ts';

/** One thing somebody said or pressed: who, in which language, where. */
export interface Turn {
  context: TurnContext;
  /** Undefined when who speaks could not be established; then nothing is done in anybody's name. */
  person: Person | undefined;
  lang: Language;
  words: Text;
  isPersonal: boolean;
  /** `NO_TENANT` where the channel names none. */
  tenantId: string;
  conversationId: string;
  /** IANA name of the person's time zone, and ISO 3166 code of the country; see `teams/client.ts`. */
  timeZone: string;
  country: string | undefined;
  /** The conversation reference, to come back to after the turn. */
  conversation: Record<string, unknown>;
}

export async function makeTurn(house: House, context: TurnContext, typed: string): Promise<Turn> {
  const { activity } = context;
  const isPersonal = isPersonalChat(activity.conversation);
  const conversation = JSON.parse(JSON.stringify(TurnContexts.getConversationReference(activity))) as Record<string, unknown>;
  const known = await whoSpeaks(house, context);
  const lang = languageFor(known, typed, activity.locale);
  const timeZone = timeZoneOf(activity, lang);
  const person = known && (await keepUpToDate(house, known, { language: lang, timeZone }, isPersonal ? conversation : undefined));
  return { context, person, lang, words: TEXTS[lang], isPersonal, tenantId: tenantOf(context) ?? NO_TENANT, conversationId: activity.conversation.id, conversation, timeZone, country: countryOf(activity, lang) };
}

/** Some clients leave the type out; a channel or group is then told by its id, and never taken for a personal chat. */
function isPersonalChat({ conversationType, isGroup, id }: ConversationAccount): boolean {
  return conversationType ? conversationType === 'personal' : !isGroup && !id.startsWith('19:');
}

/** Whether the bot serves the tenant this comes from. */
export function isServed(house: House, context: Pick<TurnContext, 'activity'>): boolean {
  const tenant = tenantOf(context);
  return house.allowedTenants.length === 0 || (tenant !== undefined && house.allowedTenants.includes(tenant));
}

/** A chosen language stays; otherwise it follows the message, then what was spoken last, then the client. */
export function languageFor(person: Person | undefined, typed: string, locale: string | undefined): Language {
  if (person?.languageChosen && person.language) return person.language;
  return languageOf(typed) ?? person?.language ?? (locale?.toLowerCase().startsWith('ja') ? 'ja' : 'en');
}

/** The language, the time zone and the place of the own chat, kept for the cards that are sent without being asked for. */
async function keepUpToDate(house: House, person: Person, spoken: { language: Language; timeZone: string }, reference: Record<string, unknown> | undefined): Promise<Person> {
  const moved = reference !== undefined && placeOf(reference) !== placeOf(person.reference);
  const isNew = moved || person.language !== spoken.language || person.timeZone !== spoken.timeZone;
  const kept = isNew ? await rememberPerson(house.people, person, { ...spoken, ...(moved ? { reference } : {}) }) : person;
  if (reference) house.reach(person.id);
  return kept;
}

function placeOf(reference: Record<string, unknown> | undefined): string {
  const { conversation, serviceUrl } = (reference ?? {}) as { conversation?: { id?: string }; serviceUrl?: string };
  return `${serviceUrl ?? ''} ${conversation?.id ?? ''}`;
}
