import { NO_TENANT } from '../data/model/ids.ts';
import type { Store } from '../data/store/store.ts';
import { inChannel } from './desk/places.ts';
import type { Log } from './log.ts';
import type { Connector } from './teams/connector.ts';
import { withinTime } from './withinTime.ts';

type Check = 'ok' | 'failed' | 'off';

/** `off`: there is nothing to check. */
export interface Checks {
  /** The store takes what is saved. */
  store: Check;
  /** A token for the Bot Connector is to be had. */
  token: Check;
  /** The channels of the help desks answer. */
  helpDesk: Check;
}

/** However often somebody asks, it is looked no oftener. */
const FRESH_MS = 10_000;
const PATIENCE_MS = 4_000;

/** Whether the bot can do what it is there for; what it cannot do is in the log, with the reason. */
export class Readiness {
  private readonly parts: { store: Store; connector: Connector; authorization: () => Promise<string | undefined>; tenants: readonly string[]; log: Log };
  private looked: { at: number; checks: Promise<Checks> } | undefined;

  /** `tenants`: whose help desks count. */
  constructor(parts: Readiness['parts']) {
    this.parts = parts;
  }

  look(): Promise<Checks> {
    const now = performance.now();
    if (!this.looked || now - this.looked.at >= FRESH_MS) this.looked = { at: now, checks: this.check() };
    return this.looked.checks;
  }

  private async check(): Promise<Checks> {
    const { store, authorization } = this.parts;
    const [isWritable, hasToken, helpDesk] = await Promise.all([this.holds('store', () => store.probe(NO_TENANT)), this.holds('token', authorization), this.helpDesk()]);
    return { store: isWritable, token: hasToken, helpDesk };
  }

  private async helpDesk(): Promise<Check> {
    const { store, connector, tenants } = this.parts;
    let channels;
    try {
      channels = (await withinTime(Promise.all(tenants.map((tenantId) => store.helpDesks.get(tenantId))), PATIENCE_MS)).flatMap((desk) => desk?.channels ?? []);
    } catch (err) {
      return this.failed('helpDesk', err);
    }
    if (channels.length === 0) return 'off';
    const reached = await Promise.all(channels.map((channel) => withinTime(connector.isThere(inChannel(channel)), PATIENCE_MS).catch(() => false)));
    return reached.every(Boolean) ? 'ok' : this.failed('helpDesk', `${reached.filter((one) => !one).length} of ${reached.length} channels do not answer`);
  }

  private async holds(check: keyof Checks, work: () => Promise<unknown>): Promise<Check> {
    try {
      await withinTime(work(), PATIENCE_MS);
      return 'ok';
    } catch (err) {
      return this.failed(check, err);
    }
  }

  private failed(check: keyof Checks, err: unknown): Check {
    this.parts.log.warn({ check, err }, 'not ready');
    return 'failed';
  }
}
