import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';

/** Processes of the bot that are started again when they end. */
export interface Processes {
  /** Kills one, if there is one to kill. `which`: 0 to 1. */
  kill(which: number): boolean;
  /** Starts none again any more; resolves when all that were being started are up. */
  settle(): Promise<void>;
  /** Whether all are there. */
  areAlive(): boolean;
  /** Begins whatever is not there. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one process for each of these environments. */
export async function startProcesses(environments: Record<string, string>[]): Promise<Processes> {
  let isOver = false;
  const bots: (ChildProcess | undefined)[] = environments.map(() => undefined);
  const booting = environments.map(() => Promise.resolve());
  const isAlive = (bot: ChildProcess | undefined): bot is ChildProcess => bot !== undefined && bot.exitCode === null && bot.signalCode === null;
  const boot = async (n: number): Promise<void> => {
    const bot = await startBot(environments[n] ?? {});
    bots[n] = bot;
    bot.once('exit', () => {
      if (!isOver) booting[n] = boot(n);
    });
  };
  for (const [n] of environments.entries()) booting[n] = boot(n);
  await Promise.all(booting);
  return {
    kill: (which) => {
      const alive = bots.filter(isAlive);
      return alive[Math.floor(which * alive.length)]?.kill('SIGKILL') === true;
    },
    settle: async () => {
      isOver = true;
      await Promise.all(booting);
    },
    areAlive: () => bots.every(isAlive),
    revive: async () => {
      for (const [n, bot] of bots.entries()) if (!isAlive(bot)) await boot(n);
    },
    stop: async () => {
      isOver = true;
      await Promise.all(bots.filter(isAlive).map((bot) => new Promise((resolve) => {
        bot.once('exit', resolve);
        bot.kill('SIGTERM');
      })));
    },
  };
}

async function startBot(environment: Record<string, string>): Promise<ChildProcess> {
  for (;;) {
    const bot = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'dist/bot/main.js'], { env: { PATH: process.env['PATH'] ?? '', ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
    const isUp = await new Promise<boolean>((resolve) => {
      bot.stdout?.on('data', (chunk: Buffer) => void (chunk.toString().includes('listening') && resolve(true)));
      bot.once('exit', () => resolve(false));
    });
    if (isUp) return bot;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
