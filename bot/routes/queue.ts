import type { CardAction } from '../../cards/actions.ts';
import { queueCard } from '../../cards/queue.ts';
import { summaryCard } from '../../cards/summary.ts';
import { dayOf } from '../../data/desk/summary.ts';
import { oldestFirst } from '../../data/desk/queue.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { DeskChannel } from '../../data/model/helpDesk.ts';
import type { Person } from '../../data/model/person.ts';
import type { Refusal } from '../../data/model/refusal.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import { startOfDay } from '../../data/text/moment.ts';
import { isMember } from '../desk/member.ts';
import { withoutContracts } from '../desk/contractIds.ts';
import { linkTo } from '../desk/names.ts';
import type { House } from '../house.ts';
import { refusalText } from '../replies.ts';
import type { Pressed, Reply } from '../reply.ts';
import { text } from '../reply.ts';
import type { CardReply } from '../teams/notifier.ts';
import type { Turn } from '../turn.ts';

type Show = Pick<Extract<CardAction, { verb: 'queue' }>, 'show' | 'page' | 'query'>;

/** `queue`: what waits, mine, everyone's. In a channel it shows that channel's alone, in the own chat all of one's teams. */
export async function queue(house: House, turn: Turn, person: Person, query: string): Promise<Reply[]> {
  const drawn = await draw(house, turn, person, { show: 'waiting', page: 0, query });
  return ['kind' in drawn ? text(refusalText(turn.lang, drawn)) : { kind: 'card', ...drawn }];
}

export async function showQueue(house: House, turn: Turn, person: Person, show: Show, note?: string): Promise<Pressed> {
  const drawn = await draw(house, turn, person, show, note);
  return 'kind' in drawn ? { say: refusalText(turn.lang, drawn) } : { inPlace: drawn, isSettled: true };
}

async function draw(house: House, turn: Turn, person: Person, { show, page, query }: Show, note = ''): Promise<CardReply | Refusal> {
  const channels = await channelsOf(house, turn, person);
  if ('kind' in channels) return channels;
  const all = (await ticketsIn(house, person, channels)).filter((ticket) => isShown(ticket, person, show, query));
  const words = query.normalize('NFKC').toLowerCase().trim();
  const found = oldestFirst(all).filter((ticket) => words === '' || `${ticket.name} ${ticket.id} ${ticket.question}`.normalize('NFKC').toLowerCase().includes(words));
  const rows = found.map((ticket) => {
    const { state, helper, waitsSince } = standingOf(ticket);
    return { ticket: ticket.id, name: ticket.name, question: withoutContracts(ticket.question, ticket), state, helper: helper?.name ?? '', waitsSince, thread: linkTo(ticket, house.policy.cloud) };
  });
  return { title: turn.words.desk.queueTitle, card: queueCard(turn.lang, { show, rows, page, query, note, isOneChannel: !turn.isPersonal }) };
}

/** What is closed is found by search alone. */
function isShown(ticket: Ticket, person: Person, show: Show['show'], query: string): boolean {
  const { state, helper } = standingOf(ticket);
  if (show === 'waiting') return state === 'waiting';
  if (show === 'mine') return state === 'claimed' && helper?.id === person.id;
  return state !== 'closed' || query.trim() !== '';
}

/** `summary`: the day so far. */
export async function summary(house: House, turn: Turn, person: Person): Promise<CardReply | Refusal> {
  const channels = await channelsOf(house, turn, person);
  if ('kind' in channels) return channels;
  const tickets = await ticketsIn(house, person, channels);
  const day = dayOf(tickets, await house.ratings.ofTenant(person.tenantId), startOfDay(house.clock.now(), turn.timeZone));
  const topics = day.entries.map(({ entry, count }) => ({ title: house.knowledge.entries[turn.lang].get(entry)?.title ?? entry, count }));
  return { title: turn.words.desk.summaryTitle, card: summaryCard(turn.lang, { day, topics }) };
}

async function ticketsIn(house: House, person: Person, channels: DeskChannel[]): Promise<Ticket[]> {
  const ids = new Set(channels.map(({ id }) => id));
  return (await house.tickets.ofTenant(person.tenantId)).filter(({ channel }) => channel !== undefined && ids.has(channel));
}

/** The channels whose tickets somebody may see here: asked of the roster, now. */
async function channelsOf(house: House, turn: Turn, person: Person): Promise<DeskChannel[] | Refusal> {
  const desk = await house.helpDesks.get(person.tenantId);
  const here = turn.conversationId.split(';messageid=')[0];
  const asked = (desk?.channels ?? []).filter(({ id }) => turn.isPersonal || id === here);
  if (asked.length === 0) return { kind: 'noHelpDesk' };
  const may = await Promise.all(asked.map(async (channel) => ({ channel, member: await isMember(house, turn, person, channel) })));
  const mine = may.filter(({ member }) => member.ok).map(({ channel }) => channel);
  if (mine.length > 0) return mine;
  return may.find(({ member }) => !member.ok && member.refusal.kind === 'membershipUnknown') ? { kind: 'membershipUnknown' } : { kind: 'notHelper' };
}
