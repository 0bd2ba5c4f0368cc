import { briefingCard, leftCard } from '../../cards/briefing.ts';
import { talkCard } from '../../cards/talk.ts';
import { placeOf, usualWait } from '../../data/desk/queue.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Language } from '../../data/model/language.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import type { Hours } from '../../data/model/deskPolicy.ts';
import { hoursThere, opening } from '../../data/support/lines.ts';
import { clockTime } from '../../data/text/moment.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { House } from '../house.ts';
import type { CardReply } from '../teams/notifier.ts';
import { messageOf } from '../teams/notifier.ts';
import { briefingView } from './briefing.ts';
import { linkTo, placeName } from './names.ts';
import { channelOf, inThread, ownChat } from './places.ts';
import type { Told } from './outgoing.ts';

/** The ticket's briefing, as the help desk sees it now. */
export async function briefingReply(house: House, ticket: Ticket, lang?: Language): Promise<CardReply> {
  const language = lang ?? (await channelOf(house, ticket))?.language ?? 'en';
  return { title: TEXTS[language].desk.title(ticket.name), card: briefingCard(language, briefingView(house, ticket, language)) };
}

/** Draws the briefing over the one that begins the thread. */
export async function briefingActivity(house: House, ticket: Ticket): Promise<Extract<Told, { kind: 'update' }> | undefined> {
  const channel = await channelOf(house, ticket);
  if (!channel || ticket.thread === undefined) return undefined;
  return { kind: 'update', at: inThread(channel, ticket.thread), id: ticket.thread, activity: messageOf(await briefingReply(house, ticket)) };
}

/** What is left of the briefings in threads that the ticket has left: where it goes on. */
export async function leftActivities(house: House, ticket: Ticket): Promise<Extract<Told, { kind: 'update' }>[]> {
  const desk = await house.helpDesks.get(ticket.tenantId);
  return ticket.threads
    .filter(({ channel, thread }) => channel !== ticket.channel || thread !== ticket.thread)
    .flatMap(({ channel: id, thread }) => {
      const channel = desk?.channels.find((one) => one.id === id);
      if (!channel) return [];
      const { title } = TEXTS[channel.language].desk;
      const card = leftCard(channel.language, { name: ticket.name, channel: placeName(desk, ticket, channel.language), link: linkTo(ticket, house.policy.cloud) });
      return [{ kind: 'update' as const, at: inThread(channel, thread), id: thread, activity: messageOf({ title: title(ticket.name), card }) }];
    });
}

/** How the talk stands, as the person sees it now. */
export async function statusReply(house: House, ticket: Ticket, lang: Language = ticket.language): Promise<CardReply> {
  const { state, helper } = standingOf(ticket);
  const tickets = await house.tickets.ofTenant(ticket.tenantId);
  const view = {
    ticket: ticket.id,
    question: ticket.question,
    state,
    helper: helper?.name ?? '',
    wasClaimed: ticket.log.some(({ kind }) => kind === 'claimed'),
    place: state === 'waiting' ? placeOf(ticket, tickets) : 0,
    minutes: usualWait(ticket.channel, tickets),
    ...hoursFor(house, ticket.timeZone, lang),
  };
  return { title: TEXTS[lang].talk.title, card: talkCard(lang, view) };
}

/** When the help desk is there again, if it is not; as a clock of the person shows it. */
export function hoursFor(house: Pick<House, 'deskPolicy' | 'clock'>, timeZone: string, lang: Language): { opensAt?: string; hours?: string } {
  const { hours } = house.deskPolicy;
  const now = house.clock.now();
  const there = hours && opening(hours, now);
  if (!hours || !there) return {};
  return { hours: hoursInWords(hours, timeZone, now, lang), ...(there.isOpen ? {} : { opensAt: clockTime(new Date(now.getTime() + there.opensInMinutes * 60_000), timeZone, lang) }) };
}

/** `Mon–Fri 09:00–17:30`, on the clock of the person's place. */
function hoursInWords(hours: Hours, place: string, now: Date, lang: Language): string {
  const { open, close } = hoursThere({ ...hours, place }, now);
  // The 1st of November 2026 is a Sunday.
  const name = (day: number): string => new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 10, 1 + day)));
  const days = hours.days.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  const isRow = days.every((day, i) => i === 0 || day === ((days[i - 1] ?? 0) + 1) % 7);
  const named = isRow && days.length > 2 ? `${name(days[0] ?? 0)}–${name(days.at(-1) ?? 0)}` : days.map(name).join(lang === 'ja' ? '・' : ', ');
  return `${named} ${open}–${close}`;
}

export async function statusActivity(house: House, ticket: Ticket): Promise<Extract<Told, { kind: 'update' }> | undefined> {
  if (ticket.place.card === undefined) return undefined;
  return { kind: 'update', at: ownChat(ticket), id: ticket.place.card, activity: messageOf(await statusReply(house, ticket)) };
}
