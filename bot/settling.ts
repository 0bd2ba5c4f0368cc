import type { Copy } from '../data/operations/settleNotices.ts';
import { recordCopy, settleNotices } from '../data/operations/settleNotices.ts';
import type { Notifier } from '../data/ports.ts';
import type { House } from './house.ts';
import { Missed } from './missed.ts';
import { sendNews } from './news.ts';
import { provision } from './provisioner/provision.ts';

/** A card that did not arrive is tried again so long after, besides at the person's next word and at the next start. */
const RETRY_MS = [10_000, 60_000, 600_000];

/** Whose cards that could not be delivered before are tried again. */
type Retries = (personId: string) => boolean;
export const nobody: Retries = () => false;
export const everybody: Retries = () => true;

/** The keys of the work on a contract: its cards, and what is entered at Microsoft. */
const NOTICES = 'notices ';
const PROVISIONING = 'provisioning ';

/** Brings the cards about contracts up to date, after turns, one process at a time for each contract. */
export class Settling {
  private readonly house: House;
  private readonly notifier: Notifier;
  private readonly missed = new Missed();
  /** What a fault broke off, the database's perhaps: of each contract once, and once for each card that is not known yet. */
  private readonly brokenOff = new Map<string, () => void>();

  constructor(house: House, notifier: Notifier) {
    this.house = house;
    this.notifier = notifier;
  }

  /** `copy`: a card that is not known yet. */
  settle(tenantId: string, contractId: string, retries: Retries = nobody, copy?: Copy): void {
    this.run(tenantId, contractId, { retries, isChanged: retries === nobody, tries: 0, ...(copy ? { copy } : {}) });
  }

  /** Tries again what did not reach this person. */
  reach(personId: string): void {
    for (const { tenantId, contractId } of this.missed.take(personId)) this.settle(tenantId, contractId, (id) => id === personId);
  }

  /** Does again what a fault broke off. */
  again(): void {
    const runs = [...this.brokenOff.values()];
    this.brokenOff.clear();
    for (const run of runs) run();
  }

  /** Goes on with work that another process left. */
  resume({ tenantId, key }: { tenantId: string; key: string }): void {
    if (key.startsWith(NOTICES)) this.settle(tenantId, key.slice(NOTICES.length));
    if (key.startsWith(PROVISIONING)) this.provisionLater(tenantId, key.slice(PROVISIONING.length));
  }

  private run(tenantId: string, contractId: string, how: { retries: Retries; isChanged: boolean; tries: number; copy?: Copy }): void {
    const { house } = this;
    house.background.run(`${NOTICES}${tenantId}/${contractId}`, async () => {
      try {
        const record = how.copy && (await house.contracts.get(tenantId, contractId));
        if (record && how.copy) await recordCopy(house, record.contract, how.copy);
        await house.work.run(tenantId, `${NOTICES}${contractId}`, () => this.bring(tenantId, contractId, how));
      } catch (error) {
        this.brokenOff.set(JSON.stringify([tenantId, contractId, how.copy]), () => this.run(tenantId, contractId, how));
        throw error;
      }
    });
  }

  private async bring(tenantId: string, contractId: string, { retries, isChanged, tries }: { retries: Retries; isChanged: boolean; tries: number }): Promise<void> {
    const { house } = this;
    const unreached = await settleNotices({ ...house, notifier: this.notifier }, tenantId, contractId, retries);
    this.missed.add(unreached, { tenantId, contractId });
    house.metrics.unreached(unreached.length);
    if (isChanged) await this.settleChildren(tenantId, contractId);
    await sendNews(house, tenantId, contractId);
    this.provisionLater(tenantId, contractId);
    const wait = RETRY_MS[tries];
    if (unreached.length === 0 || wait === undefined) return;
    setTimeout(() => this.run(tenantId, contractId, { retries: (id) => unreached.includes(id), isChanged: false, tries: tries + 1 }), wait).unref();
  }

  /** Who administers the parent administers its children, and theirs no more: no circle of parents goes round. */
  private async settleChildren(tenantId: string, parentId: string): Promise<void> {
    for (const { contract } of await this.house.contracts.ofTenant(tenantId)) {
      if (contract.parentId === parentId && contract.id !== parentId) this.run(tenantId, contract.id, { retries: nobody, isChanged: false, tries: 0 });
    }
  }

  /** Under a key of its own: Microsoft's service may take minutes, and no card waits for it. */
  private provisionLater(tenantId: string, contractId: string): void {
    const { house } = this;
    if (!house.provisioner) return;
    house.background.run(`${PROVISIONING}${tenantId}/${contractId}`, () =>
      house.work.run(tenantId, `${PROVISIONING}${contractId}`, async () => {
        const record = await house.contracts.get(tenantId, contractId);
        if (record && (await provision(house, record))) this.settle(tenantId, contractId);
      }));
  }
}
