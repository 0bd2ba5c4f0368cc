import type { Cloud } from '../../data/model/contract.ts';
import type { DeskChannel, HelpDesk } from '../../data/model/helpDesk.ts';
import type { Language } from '../../data/model/language.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { TEXTS } from '../../data/text/index.ts';
import { CLOUD_HOSTS } from '../clouds.ts';

/** What a channel is for, in words. */
export function purposeOf(lang: Language, only: DeskChannel['only']): string {
  const { desk } = TEXTS[lang];
  if (only === undefined) return desk.everything;
  return only === 'ja' || only === 'en' ? desk.languages[only] : desk.subjects[only];
}

/** A channel as people choose it: its name and what it is for. */
export function nameOfChannel(lang: Language, { name, only }: DeskChannel): string {
  const purpose = purposeOf(lang, only);
  return name === '' ? purpose : `${name} (${purpose})`;
}

/** Where a ticket is now, as a helper reads it. */
export function placeName(desk: Pick<HelpDesk, 'channels'> | undefined, { channel }: Pick<Ticket, 'channel'>, lang: Language): string {
  const found = desk?.channels.find(({ id }) => id === channel);
  return found ? nameOfChannel(lang, found) : TEXTS[lang].desk.anotherChannel;
}

/** Opens a ticket's thread in the Teams of that cloud; empty where it has none. */
export function linkTo({ channel, thread }: Pick<Ticket, 'channel' | 'thread'>, cloud: Cloud): string {
  return channel === undefined || thread === undefined ? '' : `${CLOUD_HOSTS[cloud].teams}/l/message/${encodeURIComponent(channel)}/${encodeURIComponent(thread)}`;
}
