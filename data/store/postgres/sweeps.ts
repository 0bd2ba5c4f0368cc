const EVERY_MS = 10 * 60_000;

/** Says now and then that it is time to clear up after a tenant. */
export class Sweeps {
  private readonly next = new Map<string, number>();

  isTime(tenantId: string): boolean {
    const now = Date.now();
    if ((this.next.get(tenantId) ?? 0) > now) return false;
    this.next.set(tenantId, now + EVERY_MS);
    return true;
  }
}
