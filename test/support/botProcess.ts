import { spawn } from 'node:child_process';

/** The bot as a process of its own. */
export interface BotProcess {
  /** Where it listens, once it says so. */
  url: Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Lines of its log so far, and whatever else it wrote. */
  said(): string;
  /** How it ended, and milliseconds after `kill`. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; after: number }>;
}

/** `options`: of Node. */
export function botProcess(environment: Record<string, string>, options: string[] = []): BotProcess {
  const bot = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...options, 'dist/bot/main.js'], { env: { PATH: process.env['PATH'] ?? '', PORT: '0', DOCTOR: 'off', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let killed = NaN;
  const url = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /"url":"([^"]+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    bot.stdout.on('data', hear);
    bot.stderr.on('data', hear);
    bot.once('close', () => reject(new Error(`it never listened: ${said}`)));
  });
  // Not everybody waits for it.
  url.catch(() => undefined);
  return {
    url,
    kill: (signal) => {
      killed = performance.now();
      bot.kill(signal);
    },
    said: () => said,
    ended: new Promise((resolve) => bot.once('close', (code, signal) => resolve({ code, signal, after: performance.now() - killed }))),
  };
}
