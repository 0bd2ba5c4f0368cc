import type { FollowerName } from '../../data/desk/followers.ts';
import { follows, FOLLOWERS } from '../../data/desk/followers.ts';
import { nextChannel } from '../../data/desk/routing.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import type { TicketKey } from '../../data/operations/changeTicket.ts';
import { moveTicket } from '../../data/operations/moveTicket.ts';
import { forgetThread, isTold, isToTryAgain, isTrying, isUndelivered, isUnsure } from '../../data/operations/tellFollower.ts';
import type { House } from '../house.ts';
import { KeptCards } from './keptCards.ts';
import { channelOf } from './places.ts';
import { send } from './send.ts';
import { Slots } from '../../data/store/slots.ts';
import type { Told } from './outgoing.ts';
import { told } from './told.ts';

/** Waits before another try, in order; the last one again and again. */
const WAITS_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
/** What could not be sent to a person for so long comes back to the helper. */
const GIVEN_UP_MS = 30 * 60_000;
const TRIES_AT_LEAST = 5;
const BEGIN_AGAIN_MS = 10 * 60_000;
const AT_ONCE = 16;

/**
 * Tells each follower of a ticket what happened in it, in order, from what is on disk: the outbox is the log and how far each
 * has been told. One at a time for each follower of each ticket.
 */
export class Following {
  private readonly house: House;
  private readonly cards: KeptCards;
  /** So many at once, in all tickets: what a kill leaves in doubt is no more than that. A system elsewhere that hangs holds up no chat. */
  private readonly slots = { chats: new Slots(AT_ONCE), elsewhere: new Slots(AT_ONCE) };
  /** What is tried again later; until then it waits, whatever comes behind it. */
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private isStopped = false;
  /** Tickets for which a thread was begun again, and when. */
  private readonly begunAgain = new Map<string, number>();

  constructor(house: House) {
    this.house = house;
    this.cards = new KeptCards(house);
  }

  /** Tells what is new in a ticket, after the turn. `changed`: how it stands changed, and so did the queue. */
  go(ticket: TicketKey, changed = true): void {
    for (const follower of FOLLOWERS) this.run(ticket, follower);
    if (changed) this.house.background.run(`desk cards ${ticket.tenantId}/${ticket.id}`, () => this.house.work.run(ticket.tenantId, `desk cards ${ticket.id}`, () => this.cards.redraw(ticket)));
  }

  /** Goes on with everything that is not settled: at a start, and from time to time. */
  async all(): Promise<void> {
    for (const ticket of await this.house.tickets.unsettled()) this.go(ticket);
  }

  /** Tries nothing again any more: the next process does. */
  stop(): void {
    this.isStopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private run(ticket: TicketKey, follower: FollowerName): void {
    const key = `desk ${follower} ${ticket.tenantId}/${ticket.id}`;
    if (!this.timers.has(key)) this.house.background.run(key, () => this.house.work.run(ticket.tenantId, workKey(follower, ticket.id), () => this.tell(ticket, follower)));
  }

  /** Goes on with work that another process left. */
  resume({ tenantId, key }: { tenantId: string; key: string }): void {
    const [, kind, id] = /^desk (\w+) (.+)$/.exec(key) ?? [];
    if (id !== undefined) this.go({ tenantId, id }, kind === 'cards');
  }

  /** Returns after how long to go on, where something is to be tried again. */
  private async tell(key: TicketKey, name: FollowerName): Promise<number | void> {
    const slots = name === 'elsewhere' ? this.slots.elsewhere : this.slots.chats;
    for (;;) {
      const more = await slots.run(() => this.tellOne(key, name));
      if (more !== true) return more === false ? undefined : more;
    }
  }

  /** Tells the next event, if there is one; false: nothing more for now; a number: it is tried again after so many milliseconds. */
  private async tellOne(key: TicketKey, name: FollowerName): Promise<boolean | number> {
    const { house } = this;
    const now = await house.tickets.get(key.tenantId, key.id);
    if (!now || !follows(now, name) || now[name].next >= now.log.length) return false;
    const { trying, next, unsure } = now[name];
    // A process before this one was about to send it.
    if (trying) {
      await (isMessage(now, next) && !unsure.includes(next) ? isUnsure(house, key, name, next) : isToTryAgain(house, key, name));
      return true;
    }
    // A channel that is no help desk any more: the ticket goes elsewhere before anything is told.
    if (name === 'desk' && standingOf(now).state !== 'closed' && !(await channelOf(house, now))) return false;
    const found = await nextToTell(house, now, name);
    if (!found) {
      await isTold(house, key, name, now.log.length);
      return false;
    }
    const { n, what } = found;
    const isOnce = what.kind === 'post' && what.isThread !== true && isMessage(now, n) && !unsure.includes(n);
    if (isOnce) await isTrying(house, key, name, n);
    const outcome = await send(house, what);
    switch (outcome.kind) {
      case 'done':
        return this.done(now, name, found, outcome.value);
      case 'unknown':
        if (!isOnce) return this.later(now, name, found);
        await isUnsure(house, key, name, n);
        return true;
      case 'refused':
        return this.refused(now, name, found, outcome.status);
      case 'again':
        return this.later(now, name, found, outcome.afterMs);
    }
  }

  private async done(now: Ticket, name: FollowerName, found: Found, id: string | undefined): Promise<boolean | number> {
    const { n, what } = found;
    const isThread = what.kind === 'post' && what.isThread === true;
    // Without its id nothing can be said in it.
    if (isThread && (id ?? '') === '') return this.later(now, name, found);
    if (isThread) await isTold(this.house, now, name, n, { begun: { channel: what.at.conversationId, thread: id ?? '' } });
    else await isTold(this.house, now, name, n + 1, what.kind === 'post' && id !== undefined && id !== '' ? { sent: { in: what.at.conversationId, id } } : {});
    return true;
  }

  /** What the channel will not take: the other side hears of it, and what comes behind it goes on. */
  private async refused(now: Ticket, name: FollowerName, found: Found, status: number): Promise<boolean | number> {
    const { house } = this;
    const { n, what } = found;
    house.log.warn({ status, follower: name, ticket: now.id }, 'the channel refused a message of a ticket');
    if (name === 'elsewhere') return this.later(now, name, found);
    // A message that is not there any more is not edited.
    if (what.kind === 'update') return (await isTold(house, now, name, n + 1)) !== undefined;
    if (name === 'desk' && what.kind === 'post') {
      const desk = await house.helpDesks.get(now.tenantId);
      const to = what.isThread === true || status === 403 ? desk && nextChannel(desk, now)?.id : undefined;
      if (to !== undefined) {
        await isToTryAgain(house, now, name);
        if ((await moveTicket(house, desk, now, { to })).ok) return true;
      }
      // The thread is gone: what is told next begins another one, and not one after the other.
      const time = house.clock.now().getTime();
      if (status === 404 && now.thread !== undefined && time - (this.begunAgain.get(now.id) ?? 0) > BEGIN_AGAIN_MS) {
        for (const [id, at] of this.begunAgain) if (time - at > BEGIN_AGAIN_MS) this.begunAgain.delete(id);
        this.begunAgain.set(now.id, time);
        await isToTryAgain(house, now, name);
        await forgetThread(house, now);
        return true;
      }
      if (what.isThread === true || status === 403 || status === 404) return this.later(now, name, found, 0, true);
    }
    return this.giveUp(now, name, n, false);
  }

  private async giveUp(now: Ticket, name: 'person' | 'desk', n: number, late: boolean): Promise<boolean> {
    await isUndelivered(this.house, now, name, n, late);
    for (const other of FOLLOWERS) if (other !== name) this.run(now, other);
    return true;
  }

  /** `isRefused`: not the channel's trouble of the moment, so that there is an end to it on the help desk's side too. */
  private async later(now: Ticket, name: FollowerName, { n }: Found, afterMs = 0, isRefused = false): Promise<boolean | number> {
    const { tries } = now[name];
    const event = now.log[n];
    const isOver = event !== undefined && tries >= TRIES_AT_LEAST && this.house.clock.now().getTime() - Date.parse(event.at) > GIVEN_UP_MS;
    if (isOver && (name === 'person' || (name === 'desk' && isRefused && event.kind === 'said'))) return this.giveUp(now, name, n, true);
    await isToTryAgain(this.house, now, name);
    if (tries === 3) this.house.log.warn({ follower: name, ticket: now.id, event: n }, 'a message of a ticket is late');
    if (this.isStopped) return false;
    const key = `desk ${name} ${now.tenantId}/${now.id}`;
    const wait = Math.max(afterMs, WAITS_MS[tries] ?? WAITS_MS.at(-1) ?? 0);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.run(now, name);
    }, wait);
    this.timers.set(key, timer.unref());
    return wait;
  }
}

/** The key of the work of telling a follower. */
function workKey(follower: FollowerName, ticketId: string): string {
  return `desk ${follower} ${ticketId}`;
}

/** An event that has to be told, and how. */
interface Found {
  n: number;
  what: Told;
}

/** The first event from where the follower is that it has to be told, and how. */
async function nextToTell(house: House, ticket: Ticket, name: FollowerName): Promise<Found | undefined> {
  for (let n = ticket[name].next; n < ticket.log.length; n += 1) {
    const what = await told(house, ticket, n, name);
    if (what) return { n, what };
  }
  return undefined;
}

/** What a person or a helper wrote, or put back: never sent a second time unasked. Everything else may be said twice. */
function isMessage({ log }: Ticket, n: number): boolean {
  const event = log[n];
  return event?.kind === 'said' || event?.kind === 'replied' || event?.kind === 'answered' || event?.kind === 'edited';
}
