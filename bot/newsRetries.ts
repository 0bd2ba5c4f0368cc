/** What could not be sent is tried again after so long each time, and then given up and listed. */
const RETRY_MS = [60_000, 10 * 60_000, 60 * 60_000];

/** When to try again what could not be sent; kept in memory, because a start tries everything again. */
export class NewsRetries {
  private readonly tries = new Map<string, { count: number; at: number }>();

  isTime(key: string, now: Date): boolean {
    return (this.tries.get(key)?.at ?? 0) <= now.getTime();
  }

  /** True: it was tried often enough. */
  failed(key: string, now: Date): boolean {
    const count = (this.tries.get(key)?.count ?? 0) + 1;
    const wait = RETRY_MS[count - 1];
    this.tries.set(key, { count, at: now.getTime() + (wait ?? 0) });
    return wait === undefined;
  }

  done(key: string): void {
    this.tries.delete(key);
  }
}
