import { randomUUID } from 'node:crypto';
import type { Work } from '../../ports.ts';
import { Queues } from '../queues.ts';
import { endsSoon } from './connection.ts';
import type { Database, OnFault } from './database.ts';
import { keyText } from './keyText.ts';
import { Sweeps } from './sweeps.ts';
import type { Tenants } from './tenants.ts';

// One statement notes the wish and takes the work if it is free: no two can do so at once, because both write the row.
const CLAIM = `insert into work as w (tenant_id, key, seq, due_at, leased_until, holder) values ($1, $2, 1, now(), now() + interval '30 seconds', $3)
  on conflict (tenant_id, key) do update set seq = w.seq + 1,
    holder = case when w.holder = $3 or w.due_at <= now() and (w.leased_until is null or w.leased_until <= now()) then $3 else w.holder end,
    leased_until = case when w.holder = $3 or w.due_at <= now() and (w.leased_until is null or w.leased_until <= now()) then now() + interval '30 seconds' else w.leased_until end
  returning seq, holder = $3 as is_mine`;
const RENEW = "update work set leased_until = now() + interval '30 seconds' where tenant_id = $1 and key = $2 and holder = $3 returning seq";
const FINISH = 'delete from work where tenant_id = $1 and key = $2 and holder = $3 and seq = $4';
const HOLD_OFF = "update work set leased_until = null, due_at = now() + $4 * interval '1 millisecond' where tenant_id = $1 and key = $2 and holder = $3";
const GIVE_BACK = 'update work set due_at = now() where tenant_id = $1 and holder = $2 and leased_until is null and due_at > now()';
// As if its lease were over: any process finds it among what is left.
const BREAK_OFF = 'update work set leased_until = now(), due_at = now() where tenant_id = $1 and key = $2 and holder = $3';
const FORGET = "delete from work where tenant_id = $1 and due_at < now() - interval '1 day' and (leased_until is null or leased_until < now())";

// Each by one process, however many look at once; what is locked is being taken by another one.
const TAKE_LEFT = `update work set holder = $2, leased_until = now() + interval '30 seconds' where tenant_id = $1 and key in (
    select key from work where tenant_id = $1 and due_at <= now() and leased_until <= now() order by due_at limit 50 for update skip locked)
  returning key`;

const BEAT_MS = 10_000;

/** A piece of work that this process has. */
type Key = [tenantId: string, key: string, holder: string];

/**
 * Work outside of turns, one process at a time: whoever does it has a lease of 30 seconds, renewed while it lasts. All by the
 * database's clock. Whoever put work off may begin it at any time; the others when it is due, or when that one has closed.
 */
export class PostgresWork implements Work {
  private readonly db: Database;
  private readonly tenants: Tenants;
  private readonly onFault: OnFault;
  private readonly holder = randomUUID();
  private readonly queues = new Queues();
  private readonly sweeps = new Sweeps();
  /** The tenants of what this process put off. */
  private readonly putOff = new Set<string>();

  constructor(db: Database, tenants: Tenants, onFault: OnFault) {
    this.db = db;
    this.tenants = tenants;
    this.onFault = onFault;
  }

  run(tenantId: string, key: string, work: () => Promise<number | void>): Promise<void> {
    const mine: Key = [tenantId, keyText(key), this.holder];
    return this.queues.run(JSON.stringify([tenantId, key]), async () => {
      let seq = await this.claim(mine);
      while (seq !== undefined) seq = await this.once(mine, seq, work);
      if (this.sweeps.isTime(tenantId)) await this.db.change(FORGET, [tenantId]).catch(this.onFault);
    });
  }

  left(): Promise<{ tenantId: string; key: string }[]> {
    return this.tenants.flatMap(async (tenantId) => (await this.db.rows<{ key: string }>(TAKE_LEFT, [tenantId, this.holder])).map(({ key }) => ({ tenantId, key })));
  }

  /** Lets others begin what this process put off: the next one that starts need not wait for it. */
  close(): Promise<void> {
    // What cannot be given back is due in its time.
    return endsSoon(this.giveBack().catch(this.onFault));
  }

  private async giveBack(): Promise<void> {
    for (const tenantId of this.putOff) await this.db.change(GIVE_BACK, [tenantId, this.holder]);
  }

  /** The number of the wish, if this process has the work now; otherwise whoever has it will see that it is wished again. */
  private async claim(mine: Key): Promise<number | undefined> {
    const [claimed] = await this.db.rows<{ seq: number; is_mine: boolean }>(CLAIM, mine);
    return claimed?.is_mine === true ? claimed.seq : undefined;
  }

  /** Does it, and gives it back; a number: it was wished again meanwhile, and is still this process's. */
  private async once(mine: Key, seq: number, work: () => Promise<number | void>): Promise<number | undefined> {
    const beat = setInterval(() => void this.renew(mine).catch(this.onFault), BEAT_MS).unref();
    try {
      const delay = await work();
      if (delay !== undefined) {
        this.putOff.add(mine[0]);
        await this.db.change(HOLD_OFF, [...mine, delay]);
      } else if ((await this.db.change(FINISH, [...mine, seq])) === 0) return await this.renew(mine);
      return undefined;
    } catch (error) {
      await this.db.change(BREAK_OFF, mine).catch(this.onFault);
      throw error;
    } finally {
      clearInterval(beat);
    }
  }

  /** The number of the newest wish; undefined: the lease was over, and somebody else took the work. */
  private async renew(mine: Key): Promise<number | undefined> {
    return (await this.db.rows<{ seq: number }>(RENEW, mine))[0]?.seq;
  }
}
