// The side of the child process of `child.ts`: answers what its parent asks.

/** What a parent asks, and what comes back. */
export interface Asked {
  id: number;
  what: string;
  about: unknown;
}
export interface Answered {
  id: number;
  value?: unknown;
  fault?: string;
}

/** What a process has used so far: milliseconds of CPU, user and system, of all its threads; bytes of resident memory now. */
export interface Usage {
  cpuMs: number;
  rss: number;
}

type Answer = (about: never) => unknown;

/** Tells the parent that this process is ready, and answers it from now on; every process can be asked for its `usage`, and profiled. */
export function serve(ready: unknown, answers: Record<string, Answer> = {}): void {
  const all: Record<string, Answer> = { usage, startProfile: async () => (await profiler()).startProfile(), stopProfile: async () => (await profiler()).stopProfile(), ...answers };
  process.on('message', ({ id, what, about }: Asked) => {
    const asked = async (): Promise<unknown> => all[what]?.(about as never);
    asked().then(
      (value) => process.send?.({ id, value } satisfies Answered),
      (error: unknown) => process.send?.({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answered),
    );
  });
  // A parent that is gone asks nothing more.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0, value: ready } satisfies Answered);
}

/** As `serve`, of a bot that listens; says where, too, so that it can be tried by hand. */
export function serveAt(url: string): void {
  if (process.send === undefined) process.stdout.write(`${url}\n`);
  serve(url);
}

/** Loaded when it is needed: a connected inspector is not nothing. */
const profiler = () => import('./profiler.ts');

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() };
}
