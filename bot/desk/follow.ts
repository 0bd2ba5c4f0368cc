import type { FollowerName } from '../../data/desk/followers.ts';
import { follows, FOLLOWERS } from '../../data/desk/followers.ts';
import { waiting } from '../../data/desk/queue.ts';
import { nextChannel } from '../../data/desk/routing.ts';
import { standingOf } from '../../data/desk/standing.ts';
import type { Ticket } from '../../data/model/ticket.ts';
import type { TicketKey } from '../../data/operations/changeTicket.ts';
import { moveTicket } from '../../data/operations/moveTicket.ts';
import { forgetThread, isTold, isToTryAgain, isTrying, isUndelivered, isUnsure } from '../../data/operations/tellFollower.ts';
import type { House } from '../house.ts';
import type { Outcome } from '../teams/connector.ts';
import { briefingActivity, statusActivity } from './cards.ts';
import { Slots } from './slots.ts';
import type { Told } from './outgoing.ts';
import { told } from './told.ts';

/** Waits before another try, in order; the last one again and again. */
const WAITS_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
const AT_ONCE = 16;
/** What could not be sent to a person so many times comes back to the helper. */
const MOST_TRIES = 20;

/**
 * Tells each follower of a ticket what happened in it, in order, from what is on disk: the outbox is the log and how far each
 * has been told. One at a time for each follower of each ticket.
 */
export class Following {
  private readonly house: House;
  private readonly drawn = new Map<string, string>();
  private readonly slots = new Slots(AT_ONCE);
  private readonly timers = new Set<NodeJS.Timeout>();
  private isStopped = false;

  constructor(house: House) {
    this.house = house;
  }

  /** Tells what is new in a ticket, after the turn. `changed`: how it stands changed, and so did the queue. */
  go(ticket: TicketKey, changed = true): void {
    for (const follower of FOLLOWERS) this.run(ticket, follower);
    if (changed) this.house.background.run(`desk cards ${ticket.tenantId}/${ticket.id}`, () => this.redraw(ticket));
  }

  /** Goes on with everything that is not settled: at a start, and from time to time. */
  async all(): Promise<void> {
    for (const ticket of await this.house.tickets.unsettled()) this.go(ticket);
  }

  /** Tries nothing again any more: the next process does. */
  stop(): void {
    this.isStopped = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private run(ticket: TicketKey, follower: FollowerName): void {
    this.house.background.run(`desk ${follower} ${ticket.tenantId}/${ticket.id}`, () => this.tell(ticket, follower));
  }

  private async tell(key: TicketKey, name: FollowerName): Promise<void> {
    const { house } = this;
    let ticket = await house.tickets.get(key.tenantId, key.id);
    while (ticket && follows(ticket, name) && ticket[name].next < ticket.log.length) {
      const now: Ticket = ticket;
      const { trying, next, unsure } = now[name];
      // A process before this one was about to send it.
      if (trying) {
        ticket = isMessage(now, next) && !unsure.includes(next) ? await isUnsure(house, key, name, next) : await isToTryAgain(house, key, name);
        continue;
      }
      const found = await nextToTell(house, now, name);
      if (!found) {
        ticket = await isTold(house, key, name, now.log.length);
        continue;
      }
      // So many at once, in all tickets: what a kill leaves in doubt is no more than that.
      ticket = await this.slots.run(() => this.tellOne(now, name, found));
    }
  }

  /** Sends one event and keeps what became of it; undefined: it is tried again later. */
  private async tellOne(now: Ticket, name: FollowerName, { n, what }: Found): Promise<Ticket | undefined> {
    const { house } = this;
    const isOnce = what.kind === 'post' && what.isThread !== true && isMessage(now, n) && !now[name].unsure.includes(n);
    if (isOnce) await isTrying(house, now, name, n);
    const outcome = await send(house, what);
    if (outcome.kind === 'done') return this.done(now, name, n, what, outcome.value);
    if (outcome.kind === 'unknown' && isOnce) return isUnsure(house, now, name, n);
    if (outcome.kind === 'refused' && (await this.refused(now, name, { n, what }, outcome.status)) === 'gaveUp') return house.tickets.get(now.tenantId, now.id);
    if (name === 'person' && now.person.tries >= MOST_TRIES) {
      await isUndelivered(house, now, n);
      this.run(now, 'desk');
      return house.tickets.get(now.tenantId, now.id);
    }
    await this.later(now, name, n, outcome.kind === 'again' ? outcome.afterMs : undefined);
    return undefined;
  }

  private done(key: TicketKey, name: FollowerName, n: number, what: Told, id: string | undefined): Promise<Ticket | undefined> {
    if (what.kind === 'post') return what.isThread === true ? isTold(this.house, key, name, n, { thread: id ?? '' }) : isTold(this.house, key, name, n + 1, { sent: { in: what.at.conversationId, id: id ?? '' } });
    return isTold(this.house, key, name, n + 1);
  }

  /** What the channel will not take. */
  private async refused(ticket: Ticket, name: FollowerName, { n, what }: Found, status: number): Promise<'gaveUp' | 'later'> {
    const { house } = this;
    house.log.warn({ status, follower: name, ticket: ticket.id }, 'the channel refused a message of a ticket');
    if (name === 'person') {
      await isUndelivered(house, ticket, n);
      this.run(ticket, 'desk');
      return 'gaveUp';
    }
    if (name === 'desk' && status === 404 && ticket.thread !== undefined) {
      await isToTryAgain(house, ticket, name);
      await forgetThread(house, ticket);
      return 'gaveUp';
    }
    if (what.kind === 'post' && what.isThread === true) {
      const desk = await house.helpDesks.get(ticket.tenantId);
      const to = desk && nextChannel(desk, ticket)?.id;
      if (to !== undefined && (await moveTicket(house, desk, ticket, { to })).ok) return 'gaveUp';
    }
    return 'later';
  }

  private async later(ticket: Ticket, name: FollowerName, n: number, afterMs: number | undefined): Promise<void> {
    await isToTryAgain(this.house, ticket, name);
    const { tries } = ticket[name];
    const wait = Math.max(afterMs ?? 0, WAITS_MS[tries] ?? WAITS_MS.at(-1) ?? 0);
    if (tries === 3) this.house.log.warn({ follower: name, ticket: ticket.id, event: n }, 'a message of a ticket is late');
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.run(ticket, name);
    }, wait);
    this.timers.add(timer.unref());
  }

  /** The cards that show how the ticket stands, on both sides, and of the others who wait, whose places moved. */
  private async redraw(key: TicketKey): Promise<void> {
    const { house } = this;
    const ticket = await house.tickets.get(key.tenantId, key.id);
    if (!ticket) return;
    await this.put(`desk ${ticket.id}`, await briefingActivity(house, ticket));
    const others = waiting(await house.tickets.ofTenant(key.tenantId)).filter(({ channel, id }) => channel === ticket.channel && id !== ticket.id);
    for (const one of [ticket, ...others]) await this.put(`person ${one.id}`, await statusActivity(house, one));
    if (standingOf(ticket).state === 'closed') for (const side of ['desk', 'person']) this.drawn.delete(`${side} ${ticket.id}`);
  }

  private async put(key: string, what: Extract<Told, { kind: 'update' }> | undefined): Promise<void> {
    if (!what) return;
    const now = JSON.stringify(what);
    if (this.drawn.get(key) === now) return;
    this.drawn.set(key, now);
    const outcome = await send(this.house, what);
    // Drawn again by the next change, or the next look.
    if (outcome.kind !== 'done') this.drawn.delete(key);
  }
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

/** What a person or a helper wrote: never sent a second time unasked. Everything else may be said twice. */
function isMessage({ log }: Ticket, n: number): boolean {
  const kind = log[n]?.kind;
  return kind === 'said' || kind === 'replied' || kind === 'answered';
}

async function send(house: House, what: Told): Promise<Outcome<string | undefined>> {
  switch (what.kind) {
    case 'post':
      return house.connector.post(what.at, what.activity);
    case 'update':
      return house.connector.update(what.at, what.id, what.activity);
    case 'remove': {
      const outcome = await house.connector.remove(what.at, what.id);
      // What is gone is gone.
      return outcome.kind === 'refused' ? { kind: 'done', value: undefined } : outcome;
    }
    case 'webhook':
      return house.webhook ? house.webhook(what.event) : { kind: 'done', value: undefined };
  }
}
