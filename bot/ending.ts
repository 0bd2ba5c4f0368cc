import type { Log } from './log.ts';

/** Whoever stops the bot waits 10 s, then kills it. */
const STOP_MS = 9_500;

/** Resolves when the process is asked to end, which it does from then on in any case, in `STOP_MS`. Without it the first process of a container hears no signal at all. */
export function askedToEnd(log: Log): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        log.info({ signal }, 'stopping: no new turns, those in work end');
        setTimeout(() => {
          log.error('stopping took too long; what is left is taken up by the next start');
          process.exit(1);
        }, STOP_MS);
        resolve();
      });
    }
  });
}

/** What nobody caught ends the process, a rejection too: what it leaves is taken up by the next one. */
export function endOnFault(log: Log): void {
  const end = (err: unknown): never => {
    log.fatal({ err }, 'the process ends: nobody expected this');
    process.exit(1);
  };
  process.once('uncaughtException', end);
  // Node makes an exception of it, unless it was started with another `--unhandled-rejections`.
  process.once('unhandledRejection', end);
}
