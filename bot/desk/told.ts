import type { Activity } from 'botbuilder';
import { talkOverCard } from '../../cards/talk.ts';
import { unsureCard } from '../../cards/unsure.ts';
import { answerCard } from '../../cards/answer.ts';
import type { FollowerName } from '../../data/desk/followers.ts';
import type { Content, Helper, Ticket, TicketEvent } from '../../data/model/ticket.ts';
import { contentOf } from '../../data/operations/relayMessage.ts';
import { TEXTS } from '../../data/text/index.ts';
import type { House } from '../house.ts';
import { runningGuideOf } from '../routes/guideKept.ts';
import { messageOf } from '../teams/notifier.ts';
import { briefingReply } from './cards.ts';
import { carried } from './carried.ts';
import { placeName } from './names.ts';
import type { Told } from './outgoing.ts';
import { channelOf, inChannel, inThread, languageOfDesk, ownChat } from './places.ts';
import { webhookEvent } from './webhook.ts';

/** How a follower is told the event `n`; undefined: it is nothing to this follower. */
export async function told(house: House, ticket: Ticket, n: number, follower: FollowerName): Promise<Told | undefined> {
  switch (follower) {
    case 'person':
      return toPerson(house, ticket, n);
    case 'desk':
      return toDesk(house, ticket, n);
    case 'elsewhere':
      return { kind: 'webhook', event: webhookEvent(ticket, n) };
  }
}

async function toPerson(house: House, ticket: Ticket, n: number): Promise<Told | undefined> {
  const event = ticket.log[n];
  if (!event) return undefined;
  const at = ownChat(ticket);
  const say = (text: string): Told => ({ kind: 'post', at, activity: { type: 'message', text, textFormat: 'plain' } });
  const { talk } = TEXTS[ticket.language];
  switch (event.kind) {
    case 'replied':
    case 'answered':
      if (isGone(ticket, n)) return undefined;
      return { kind: 'post', at, activity: ticket.person.unsure.includes(n) ? unsure(ticket, n, 'person', event) : await messageTo(house, ticket, n, 'person') };
    case 'edited':
    case 'deleted':
      return changed(house, ticket, n, event, 'person', 'replied');
    case 'claimed':
      return say(talk.claimed((event.to ?? event.by).name));
    case 'released':
      return say(talk.released);
    case 'moved':
      return say(event.by ? talk.movedBy(event.by.name) : talk.moved);
    case 'closed': {
      const guide = await runningGuideOf(house, { tenantId: ticket.tenantId, conversationId: ticket.place.conversationId });
      const helper = typeof event.by === 'string' ? undefined : event.by.name;
      const reason = event.reason === undefined ? {} : { reason: event.reason };
      const view = { ticket: ticket.id, by: typeof event.by === 'string' ? event.by : ('helper' as const), helper, ...reason, wasClaimed: ticket.log.some(({ kind }) => kind === 'claimed'), ...(guide ? { guide } : {}) };
      return { kind: 'post', at, activity: messageOf({ title: talk.over, card: talkOverCard(ticket.language, view) }) };
    }
    case 'reopened':
      return say(talk.reopened);
    case 'undelivered':
      return ticket.log[event.of]?.kind === 'said' ? say(talk.undelivered) : undefined;
    case 'opened':
    case 'said':
    case 'noted':
    case 'reminded':
    case 'rated':
      return undefined;
  }
}

async function toDesk(house: House, ticket: Ticket, n: number): Promise<Told | undefined> {
  const event = ticket.log[n];
  const channel = await channelOf(house, ticket);
  if (!event || !channel) return undefined;
  if (ticket.thread === undefined) return { kind: 'post', at: inChannel(channel), activity: messageOf(await briefingReply(house, ticket)), isThread: true };
  const lang = channel.language;
  const at = inThread(channel, ticket.thread);
  const { desk } = TEXTS[lang];
  const say = (text: string): Told => ({ kind: 'post', at, activity: { type: 'message', text, textFormat: 'plain' } });
  switch (event.kind) {
    case 'said':
      if (isGone(ticket, n)) return undefined;
      return { kind: 'post', at, activity: ticket.desk.unsure.includes(n) ? unsure(ticket, n, 'desk', event, lang) : await messageTo(house, ticket, n, 'desk') };
    case 'edited':
    case 'deleted':
      return changed(house, ticket, n, event, 'desk', 'said');
    case 'replied':
      if (event.by.id !== undefined || isGone(ticket, n)) return undefined;
      return { kind: 'post', at, activity: ticket.desk.unsure.includes(n) ? unsure(ticket, n, 'desk', event, lang) : await messageTo(house, ticket, n, 'desk') };
    case 'answered':
      return say(desk.answered(event.by.name, titleOf(house, lang, event.entry)));
    case 'claimed':
      return event.to ? { kind: 'post', at, activity: await mentioning(house, ticket.tenantId, event.to, (name) => desk.assigned(event.by.name, name)) } : say(desk.claimed(event.by.name));
    case 'released':
      return say(event.by ? desk.releasedBy(event.by.name) : desk.released);
    case 'reminded':
      return say(desk.reminded);
    case 'closed':
      return say(typeof event.by === 'string' ? desk.closedBy[event.by](ticket.name) : desk.closed(event.by.name, event.reason));
    case 'reopened':
      return say(desk.reopened(ticket.name));
    case 'rated':
      return say(desk.rated(ticket.name, event.solved, event.sentence));
    case 'undelivered':
      if (ticket.log[event.of]?.kind === 'said') return say(desk.notShown(ticket.name));
      return say((event.late === true ? desk.undeliveredLate : desk.undelivered)(ticket.name, contentOf(ticket, event.of)?.text ?? titleOfAnswered(house, lang, ticket, event.of)));
    case 'moved':
      return movedAway(house, ticket, event);
    case 'opened':
    case 'noted':
      return undefined;
  }
}

/** Deleted before it was told. */
function isGone(ticket: Ticket, n: number): boolean {
  return ticket.log[n]?.kind !== 'answered' && contentOf(ticket, n) === undefined;
}

/** In the thread that it leaves, if there is one. */
async function movedAway(house: House, ticket: Ticket, event: Extract<TicketEvent, { kind: 'moved' }>): Promise<Told | undefined> {
  const { channel: id, thread } = event.from ?? {};
  const desk = await house.helpDesks.get(ticket.tenantId);
  const left = desk?.channels.find((one) => one.id === id);
  if (!left || thread === undefined) return undefined;
  const to = placeName(desk, { channel: event.to }, left.language);
  return { kind: 'post', at: inThread(left, thread), activity: { type: 'message', textFormat: 'plain', text: TEXTS[left.language].desk.moved(event.by?.name, to) } };
}

/** The message that was edited or deleted, where it stands on the other side. */
async function changed(house: House, ticket: Ticket, n: number, event: Extract<TicketEvent, { kind: 'edited' | 'deleted' }>, follower: 'person' | 'desk', written: 'said' | 'replied'): Promise<Told | undefined> {
  if (ticket.log[event.of]?.kind !== written) return undefined;
  const before = ticket.log.slice(0, n).flatMap((other, m) => ((other.kind === 'edited' || other.kind === 'deleted') && other.of === event.of ? [{ m, isDeleted: other.kind === 'deleted' }] : []));
  // Where it stands: where it was told first, or told again after it had been deleted.
  const standing = [event.of, ...before.map(({ m }) => m)].map((m) => ticket[follower].sent[m]).findLast((one) => one !== undefined);
  // What may have arrived cannot be changed; that it is offered ends with it.
  if (ticket[follower].unsure.includes(event.of) && event.kind === 'edited') return undefined;
  const channel = await channelOf(house, ticket);
  const here = follower === 'person' ? ownChat(ticket) : channel && ticket.thread !== undefined ? inThread(channel, ticket.thread) : undefined;
  if (!here) return undefined;
  const at = { ...here, ...(standing ? { conversationId: standing.in } : {}) };
  // A talk that went on in another thread goes on there with its edits too; what is deleted is deleted where it stands.
  const isLeft = standing !== undefined && standing.in !== here.conversationId;
  if (event.kind === 'edited' && (before.at(-1)?.isDeleted === true || isLeft)) {
    if (!contentOf(ticket, event.of)) return undefined;
    const lang = follower === 'person' ? ticket.language : await languageOfDesk(house, ticket);
    return { kind: 'post', at: here, activity: ticket[follower].unsure.includes(n) ? unsure(ticket, event.of, follower, event, lang) : await messageTo(house, ticket, event.of, follower) };
  }
  if (!standing) return undefined;
  if (event.kind === 'deleted') return { kind: 'remove', at, id: standing.id };
  // What was edited again, or deleted since, is said once, as it is now.
  const isLast = !ticket.log.some((other, m) => m > n && (other.kind === 'edited' || other.kind === 'deleted') && other.of === event.of);
  return isLast ? { kind: 'update', at, id: standing.id, activity: await messageTo(house, ticket, event.of, follower) } : undefined;
}

/** What was written, as the other side sees it now. */
export async function messageTo(house: House, ticket: Ticket, n: number, follower: 'person' | 'desk'): Promise<Partial<Activity>> {
  const event = ticket.log[n];
  if (event?.kind === 'answered') {
    const entry = house.knowledge.entries[ticket.language].get(event.entry);
    if (!entry) return { type: 'message', text: event.entry };
    const intro = TEXTS[ticket.language].talk.sentBy(event.by.name);
    return messageOf({ title: entry.title, card: answerCard(ticket.language, { entry, intro, asker: { agreement: ticket.briefing.agreement, cloud: ticket.briefing.cloud }, rated: 'unasked' }) });
  }
  const lang = follower === 'person' ? ticket.language : await languageOfDesk(house, ticket);
  const content: Content = contentOf(ticket, n) ?? { text: TEXTS[lang].talk.deleted, files: [], lost: [] };
  return carried(lang, event?.kind === 'replied' ? event.by.name : ticket.name, content);
}

/** Offered instead of being sent a second time. */
function unsure(ticket: Ticket, n: number, side: 'person' | 'desk', { at }: TicketEvent, lang = ticket.language): Partial<Activity> {
  const event = ticket.log[n];
  const name = event?.kind === 'replied' || event?.kind === 'answered' ? event.by.name : ticket.name;
  return messageOf({ title: TEXTS[lang].talk.unsureTitle(name), card: unsureCard(lang, { ticket: ticket.id, n, side, name, at }) });
}

/** A sentence that names a helper, whom Teams tells of it. */
async function mentioning(house: House, tenantId: string, helper: Helper, sentence: (name: string) => string): Promise<Partial<Activity>> {
  const objectId = helper.objectId ?? (helper.id === undefined ? undefined : (await house.people.get(tenantId, helper.id))?.objectId);
  if (objectId === undefined) return { type: 'message', textFormat: 'plain', text: sentence(helper.name) };
  const text = `<at>${helper.name.replaceAll(/[<>&]/g, '')}</at>`;
  return { type: 'message', text: sentence(text), entities: [{ type: 'mention', text, mentioned: { id: objectId, name: helper.name } }] };
}

function titleOf(house: House, lang: Ticket['language'], entry: string): string {
  return house.knowledge.entries[lang].get(entry)?.title ?? entry;
}

function titleOfAnswered(house: House, lang: Ticket['language'], { log }: Ticket, of: number): string {
  const event = log[of];
  return event?.kind === 'answered' ? titleOf(house, lang, event.entry) : '';
}
