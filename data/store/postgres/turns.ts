import { createHash } from 'node:crypto';
import type { TurnKey, Turns } from '../../ports.ts';
import { Queues } from '../queues.ts';
import type { Database, OnFault } from './database.ts';
import { keyText } from './keyText.ts';
import { LockSession } from './lockSession.ts';
import { LockWaiters } from './lockWaiters.ts';
import { Sweeps } from './sweeps.ts';

const IS_DONE = `select 1 from turns where tenant_id = $1 and conversation_key = $2 and channel_key = $3 and activity_key = $4
  and done_at > now() - interval '10 minutes'`;
const NOTE_DONE = `insert into turns (tenant_id, conversation_key, channel_key, activity_key) values ($1, $2, $3, $4)
  on conflict (tenant_id, conversation_key, channel_key, activity_key) do update set done_at = clock_timestamp()`;
const FORGET = "delete from turns where tenant_id = $1 and done_at < now() - interval '10 minutes'";

/**
 * Places of one conversation at once. Turns beyond that wait for theirs in this process, so that nobody who writes very fast
 * takes every connection; what another process hears of that conversation meanwhile may come before them.
 */
const PLACES = 4;

/** A turn that has come and has not begun yet. */
interface Waiting {
  key: TurnKey;
  turn: () => Promise<void>;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * The order of turns across processes: each takes its place in the queue of its conversation's advisory lock when it comes.
 * The lock is given back with the connection when a process dies; a connection that is lost meanwhile interrupts nothing here.
 */
export class PostgresTurns implements Turns {
  private readonly db: Database;
  private readonly onFault: OnFault;
  private readonly session: LockSession;
  private readonly waiters: LockWaiters;
  /** In this process one after the other, even when a lock was lost. */
  private readonly queues = new Queues();
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly places = new Map<string, number>();
  private readonly ending = new Set<Promise<void>>();
  private readonly sweeps = new Sweeps();

  constructor(url: string, db: Database, onFault: OnFault) {
    this.db = db;
    this.onFault = onFault;
    this.session = new LockSession(url, onFault);
    this.waiters = new LockWaiters(url, onFault);
  }

  /** Returns when the turn has ended; that it was done is noted, and the lock given back, after that. */
  run(key: TurnKey, turn: () => Promise<void>): Promise<void> {
    return new Promise((done, failed) => {
      const id = lockId(key);
      this.waiting.set(id, [...(this.waiting.get(id) ?? []), { key, turn, done, failed }]);
      void this.takePlace(id);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.ending);
    await Promise.all([this.session.close(), this.waiters.close()]);
  }

  /** A place in the queue is nobody's own: whichever comes first is for the turn that came first. */
  private async takePlace(id: string): Promise<void> {
    const places = this.places.get(id) ?? 0;
    if (places >= PLACES) return;
    this.places.set(id, places + 1);
    const next = (): Promise<void> => this.queues.run(id, () => this.runNext(id));
    try {
      if (!(await this.session.tryRun(id, next))) await this.waiters.run(id, next);
    } catch (error) {
      // One place fewer than there are turns.
      this.take(id, -1)?.failed(error);
    }
    const left = (this.places.get(id) ?? 1) - 1;
    if (left > 0) this.places.set(id, left);
    else this.places.delete(id);
    if ((this.waiting.get(id)?.length ?? 0) > left) await this.takePlace(id);
  }

  private async runNext(id: string): Promise<void> {
    const now = this.take(id, 0);
    if (!now) return;
    const { key, turn, done, failed } = now;
    try {
      const isDone = await this.isDone(key);
      if (!isDone) await turn();
      done();
      if (!isDone) await this.noteDone(key);
    } catch (error) {
      failed(error);
    }
  }

  private take(id: string, at: 0 | -1): Waiting | undefined {
    const waiting = this.waiting.get(id) ?? [];
    const taken = waiting.at(at);
    const left = waiting.filter((one) => one !== taken);
    if (left.length > 0) this.waiting.set(id, left);
    else this.waiting.delete(id);
    return taken;
  }

  private async isDone(key: TurnKey): Promise<boolean> {
    return key.activityId !== undefined && (await this.db.rows(IS_DONE, valuesOf(key, key.activityId))).length > 0;
  }

  /** The turn is done, whatever becomes of the note. */
  private async noteDone(key: TurnKey): Promise<void> {
    if (key.activityId === undefined) return;
    const noting = this.note(key, key.activityId).catch((error: unknown) => this.onFault(error as Error));
    this.ending.add(noting);
    await noting;
    this.ending.delete(noting);
  }

  private async note(key: TurnKey, activityId: string): Promise<void> {
    await this.db.change(NOTE_DONE, valuesOf(key, activityId));
    if (this.sweeps.isTime(key.tenantId)) await this.db.change(FORGET, [key.tenantId]);
  }
}

function valuesOf({ tenantId, conversationId, channelId }: TurnKey, activityId: string): string[] {
  return [tenantId, ...[conversationId, channelId, activityId].map(keyText)];
}

/** 64 bits of a hash: that two conversations share a lock is unlikely, and only makes them wait for each other. */
function lockId({ tenantId, channelId, conversationId }: TurnKey): string {
  return createHash('sha256').update(JSON.stringify([tenantId, channelId, conversationId])).digest().readBigInt64BE().toString();
}
