import type { Outcome } from './http.ts';

const WAITS_MS = [500, 1_000, 2_000, 4_000];

/**
 * Tries again what was not done, as Teams asks for it (429, 412, 502, 504, and other 5xx): after waits that double, spread by
 * half so that not all come back at once, and never before Retry-After. Gives up when the next try would begin later than `withinMs`
 * after the first. A lost answer is not tried again.
 */
export async function tryAgain<T>(attempt: () => Promise<Outcome<T>>, withinMs: number): Promise<Outcome<T>> {
  const end = performance.now() + withinMs;
  for (let tries = 0; ; tries += 1) {
    const outcome = await attempt();
    const isWorthIt = outcome.kind === 'again' || (outcome.kind === 'unknown' && outcome.status === 504);
    if (!isWorthIt) return outcome;
    const { afterMs: askedMs = 0 } = outcome as { afterMs?: number };
    // Retry-After may be 0: then, too, the other side is given time.
    const afterMs = Math.max(askedMs, (WAITS_MS[tries] ?? 4_000) * (0.75 + Math.random() / 2));
    if (performance.now() + afterMs > end) return outcome;
    await new Promise((resolve) => setTimeout(resolve, afterMs));
  }
}
